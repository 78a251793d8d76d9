import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "$api/error";
import type { Posted } from "../api";
import { Kept } from "./kept";
import { Outbox } from "./outbox";
import { readOutgoing, ready, type Outgoing } from "./outgoing";

const made = (id: string, target = "h"): Outgoing => ({
  id,
  target,
  text: id,
  files: [],
  at: Number(id.slice(1)),
  stage: "queued",
  tries: 0,
});

/** A server that answers when it is told to. */
class Server {
  readonly calls: {
    id: string;
    target: string;
    answer: () => void;
    refuse: (fault: unknown) => void;
  }[] = [];

  send = ({ id, target }: Outgoing): Promise<Posted> =>
    new Promise((answer, refuse) =>
      this.calls.push({ id, target, answer: () => answer({ message: { id } } as Posted), refuse }),
    );

  get last() {
    return this.calls.at(-1);
  }
}

let server: Server;
let kept: Kept;
let outbox: Outbox;
const posted: string[] = [];
const failed: string[] = [];

function begin() {
  outbox = new Outbox(kept, {
    send: server.send,
    posted: ({ message }) => void posted.push(message.id),
    failed: ({ id, code }) => void failed.push(`${id} ${code}`),
  });
}

const settle = async () => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};
const stages = () => outbox.all.map(({ id, stage }) => `${id} ${stage}`);

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  kept = new Kept("site");
  posted.length = failed.length = 0;
  begin();
});
afterEach(() => vi.useRealTimers());

describe("the outbox", () => {
  it("sends in order, one at a time in a conversation, and lets go of what has arrived", async () => {
    outbox.send(made("m1"));
    outbox.send(made("m2"));
    outbox.send(made("m3", "other"));
    expect(server.calls.map(({ id }) => id)).toEqual(["m1", "m3"]);
    server.calls[0]?.answer();
    await settle();
    expect(posted).toEqual(["m1"]);
    expect(stages()).toEqual(["m2 sending", "m3 sending"]);
  });

  it("keeps what is unsent over a reload, and sends it with the same id", async () => {
    outbox.send(made("m1"));
    outbox.send(made("m2"));
    begin();
    outbox.takeUp();
    expect(outbox.all.map(({ id }) => id)).toEqual(["m1", "m2"]);
    expect(server.calls.map(({ id }) => id)).toEqual(["m1", "m1"]);
    server.last?.answer();
    await settle();
    server.last?.answer();
    await settle();
    begin();
    outbox.takeUp();
    expect(outbox.all).toEqual([]);
  });

  it("tries again by itself while that can help", async () => {
    outbox.send(made("m1"));
    server.last?.refuse(new ApiError("offline"));
    await settle();
    expect(stages()).toEqual(["m1 queued"]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.calls).toHaveLength(2);
    server.last?.refuse(new ApiError("rate_limited", 429, { retryAfter: 60 }));
    await settle();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(server.calls).toHaveLength(2);
    outbox.hurry();
    expect(server.calls).toHaveLength(3);
  });

  it("stops at a refusal, holds back what comes after, and goes on when asked", async () => {
    outbox.send(made("m1"));
    outbox.send(made("m2"));
    server.last?.refuse(new ApiError("too_long", 422));
    await settle();
    expect(stages()).toEqual(["m1 failed", "m2 queued"]);
    expect(failed).toEqual(["m1 too_long"]);
    outbox.retry("m1");
    expect(stages()).toEqual(["m1 sending", "m2 queued"]);
    server.last?.refuse(new ApiError("too_long", 422));
    await settle();
    outbox.remove("m1");
    expect(stages()).toEqual(["m2 sending"]);
  });

  it("follows a conversation to its handle", async () => {
    outbox.send(made("m1", "new:m1"));
    outbox.send(made("m2", "new:m1"));
    outbox.retarget("new:m1", "h9");
    server.last?.answer();
    await settle();
    expect(server.last?.target).toBe("h9");
  });

  it("does not tell twice of what came back over the socket first", async () => {
    outbox.send(made("m1"));
    outbox.remove("m1");
    server.last?.answer();
    await settle();
    expect(posted).toEqual([]);
  });
});

it("only the first of a conversation may go", () => {
  const all = [made("m1"), made("m2"), { ...made("m3", "x"), stage: "failed" as const }, made("m4", "x")];
  expect(ready(all).map(({ id }) => id)).toEqual(["m1"]);
});

it.each([undefined, "", "null", "7", "{}", '{"id":1,"target":"h"}', "{"])("reads nothing from %s", (text) =>
  expect(readOutgoing(text)).toBeUndefined(),
);
