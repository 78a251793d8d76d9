import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Api } from "$api/api";
import { Session, type SessionStatus } from "./session.svelte";

const me = { agent: { id: "a", rev: 1, name: "Ada" }, team: { rev: 1 }, preferences: {}, recent_emoji: [] };

/** Whether the server knows the one who asks. */
let isKnown: boolean;
let became: SessionStatus[];
let api: Api;
let session: Session;

/** Answers as the server does: who is not known is refused, and so is a wrong password. */
async function answer(address: string, call: RequestInit): Promise<Response> {
  const isSigningIn = address === "/api/v1/session" && call.method === "POST";
  if (isSigningIn) isKnown = JSON.parse(String(call.body)).password === "right";
  if (isKnown) return Response.json(me);
  const problem = { status: 401, code: "unauthorized" };
  return new Response(JSON.stringify(problem), {
    status: 401,
    headers: { "Content-Type": "application/problem+json" },
  });
}

beforeEach(() => {
  vi.stubGlobal("fetch", answer);
  [isKnown, became, api] = [true, [], new Api()];
  session = new Session(
    api,
    (status) => became.push(status),
    () => Promise.resolve(),
  );
});
afterEach(() => vi.unstubAllGlobals());

const refused = (asked: Promise<unknown>) => expect(asked).rejects.toMatchObject({ code: "unauthorized" });

describe("a session", () => {
  it("is out where nobody was signed in", async () => {
    isKnown = false;
    await session.load();
    expect([session.status, session.me]).toEqual(["out", undefined]);
  });

  it("that ran out has ended, however many calls are refused for it", async () => {
    await session.load();
    isKnown = false;
    await Promise.all([refused(api.me()), refused(api.me())]);
    await refused(api.me());
    expect([session.status, session.agent?.id]).toEqual(["ended", "a"]);
    expect(became).toEqual(["in", "ended"]);
  });

  it("that the server ended goes on where a password is wrong at first", async () => {
    await session.load();
    session.end();
    await refused(session.signIn("ada@example.com", "wrong", true));
    expect(session.status).toBe("ended");
    await session.signIn("ada@example.com", "right", true);
    expect(became).toEqual(["in", "ended", "in"]);
  });

  it("is no other because somebody could not sign in", async () => {
    await refused(session.signIn("ada@example.com", "wrong", true));
    expect(became).toEqual([]);
  });
});
