import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "$api/error";
import type { Draft, Posted } from "$api/types";
import { aConversation, aMessage } from "../../test/shapes";
import { MemoryShelf } from "../../test/shelf";
import { newId } from "./id";
import { Outbox } from "./outbox.svelte";
import type { Outgoing } from "./outgoing";

/** A server that keeps one message for each client id, and loses answers when told to. */
class Server {
  readonly stored: string[] = [];
  faults: ApiError[] = [];
  losesAnswers = 0;
  readonly #seen = new Set<string>();

  readonly post = async (number: number, draft: Draft): Promise<Posted> => {
    await Promise.resolve();
    const fault = this.faults.shift();
    if (fault) throw fault;
    if (!this.#seen.has(draft.client_id)) this.stored.push(draft.text);
    this.#seen.add(draft.client_id);
    if (this.losesAnswers-- > 0) throw new ApiError("offline");
    const message = aMessage(this.stored.length, { number, client_id: draft.client_id });
    return { conversation: aConversation({ number }), message };
  };
}

let server: Server;
let shelf: MemoryShelf;
let isConnected: boolean;
let collided: Outgoing[];
let confirmed: string[];
let posted: Posted[];

function anOutbox(): Outbox {
  return new Outbox(server, shelf, {
    isConnected: () => isConnected,
    posted: async (each) => void posted.push(each),
    confirmed: (each) => confirmed.push(each.text),
    collided: (each) => collided.push(each),
  });
}

const write = (text: string, number = 1): Outgoing => ({
  id: newId(),
  number,
  text,
  note: false,
  files: [],
  at: Date.now(),
  stage: "queued",
  tries: 0,
});

beforeEach(() => {
  vi.useFakeTimers();
  [server, shelf, isConnected] = [new Server(), new MemoryShelf(), true];
  [collided, confirmed, posted] = [[], [], []];
});
afterEach(() => vi.useRealTimers());

const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

describe("the outbox", () => {
  it("shows a message at once and lets go of it when the server has it", async () => {
    const outbox = anOutbox();
    outbox.takeUp("me");
    outbox.send(write("one"));
    expect(outbox.of(1)).toHaveLength(1);
    await settle();
    expect([outbox.of(1), server.stored, shelf.kept.size]).toEqual([[], ["one"], 0]);
    expect(posted).toHaveLength(1);
    expect(confirmed).toEqual(["one"]);
  });

  it("sends in the order of writing, each when the one before has arrived", async () => {
    const outbox = anOutbox();
    outbox.takeUp("me");
    server.faults = [new ApiError("unavailable", 503)];
    for (const text of ["one", "two", "three"]) outbox.send(write(text));
    outbox.send(write("elsewhere", 2));
    await settle(5_000);
    expect(server.stored.filter((text) => text !== "elsewhere")).toEqual(["one", "two", "three"]);
    expect(server.stored).toContain("elsewhere");
  });

  it("keeps one copy when answers are lost", async () => {
    const outbox = anOutbox();
    outbox.takeUp("me");
    server.losesAnswers = 3;
    outbox.send(write("one"));
    await settle(30_000);
    expect([server.stored, outbox.of(1)]).toEqual([["one"], []]);
  });

  it("lets go of a message that is seen to have arrived, whatever became of its answer", async () => {
    const outbox = anOutbox();
    outbox.takeUp("me");
    isConnected = false;
    server.losesAnswers = 1;
    const message = write("one");
    outbox.send(message);
    await settle();
    expect(outbox.of(1)).toHaveLength(1);
    outbox.arrived(message.id);
    expect([outbox.of(1), shelf.kept.size]).toEqual([[], 0]);
    isConnected = true;
    await settle(60_000);
    expect(confirmed, "told once").toEqual(["one"]);
  });

  it("takes up after a reload what was not sent, and sends it once", async () => {
    isConnected = false;
    server.faults = [new ApiError("offline"), new ApiError("offline")];
    const before = anOutbox();
    before.takeUp("me");
    before.send(write("one"));
    before.send(write("two"));
    await settle();
    isConnected = true;
    const after = anOutbox();
    after.takeUp("me");
    expect(after.of(1).map((each) => each.text)).toEqual(["one", "two"]);
    await settle(10_000);
    expect(server.stored).toEqual(["one", "two"]);
  });

  it("gives nobody what another agent wrote", async () => {
    isConnected = false;
    server.faults = [new ApiError("offline")];
    const mine = anOutbox();
    mine.takeUp("me");
    mine.send(write("mine"));
    await settle();
    const theirs = anOutbox();
    theirs.takeUp("them");
    expect(theirs.of(1)).toEqual([]);
  });

  it("waits without trying while nobody is signed in", async () => {
    const outbox = anOutbox();
    outbox.takeUp("me");
    server.faults = [new ApiError("unauthorized", 401)];
    outbox.send(write("one"));
    await settle(120_000);
    expect(server.stored).toEqual([]);
    outbox.takeUp("me");
    await settle(1_000);
    expect(server.stored).toEqual(["one"]);
  });

  it("holds what follows a failed message until that is tried again", async () => {
    const outbox = anOutbox();
    outbox.takeUp("me");
    server.faults = [new ApiError("too_long", 422)];
    const first = write("one");
    outbox.send(first);
    outbox.send(write("two"));
    await settle(10_000);
    expect(outbox.of(1).map((each) => each.stage)).toEqual(["failed", "queued"]);
    expect(outbox.hasFailed(1)).toBe(true);
    outbox.retry(first.id);
    await settle(10_000);
    expect(server.stored).toEqual(["one", "two"]);
  });

  it("goes on with the next when a failed one is deleted", async () => {
    const outbox = anOutbox();
    outbox.takeUp("me");
    server.faults = [new ApiError("too_long", 422)];
    const first = write("one");
    outbox.send(first);
    outbox.send(write("two"));
    await settle();
    expect(outbox.discard(first.id)?.text).toBe("one");
    await settle();
    expect(server.stored).toEqual(["two"]);
  });

  it("hands back a message that collided", async () => {
    const outbox = anOutbox();
    outbox.takeUp("me");
    server.faults = [new ApiError("collision", 409)];
    outbox.send(write("one"));
    await settle();
    expect([collided.map((each) => each.text), outbox.of(1), shelf.kept.size]).toEqual([["one"], [], 0]);
  });

  it("hurries when the connection is back", async () => {
    isConnected = false;
    const outbox = anOutbox();
    outbox.takeUp("me");
    server.faults = [new ApiError("rate_limited", 429, { retryAfter: 3600 })];
    outbox.send(write("one"));
    await settle(1000);
    expect(server.stored).toEqual([]);
    isConnected = true;
    outbox.hurry();
    await settle();
    expect(server.stored).toEqual(["one"]);
  });
});

describe("a new id", () => {
  it("is a UUID of version 7 that sorts by time", () => {
    const ids = [1, 255, 256, 1e12, 1.7e12].map((now) => newId(now));
    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(Array.from({ length: 1000 }, () => newId(5))).size).toBe(1000);
  });
});
