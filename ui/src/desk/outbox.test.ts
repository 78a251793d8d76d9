import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "$api/error";
import type { Draft, Posted } from "$api/types";
import { aConversation, aMessage } from "../../test/shapes";
import { MemoryShelf } from "../../test/shelf";
import { newId } from "./id";
import { Outbox } from "./outbox.svelte";
import { resting, type Outgoing } from "./outgoing";

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

  it("keeps what it holds when its agent signs in again, also where nothing can be stored", async () => {
    const nowhere = { get: () => null, set: () => undefined, remove: () => undefined, names: () => [] };
    shelf = nowhere as unknown as MemoryShelf;
    const outbox = anOutbox();
    outbox.takeUp("me");
    server.faults = [new ApiError("unauthorized", 401)];
    outbox.send(write("one"));
    await settle(1_000);
    outbox.takeUp("me");
    expect(outbox.of(1).map((each) => each.text)).toEqual(["one"]);
    await settle(10_000);
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

describe("a reply that rests", () => {
  let outbox: Outbox;
  const rest = (text: string, number = 1) => resting(write(text, number), 3);
  beforeEach(() => {
    outbox = anOutbox();
    outbox.takeUp("me");
  });

  it("is in the thread at once and goes when its time is over, not before", async () => {
    outbox.send(rest("one"));
    expect(outbox.of(1)).toMatchObject([{ text: "one", stage: "resting", delay: 3 }]);
    await settle(2_999);
    expect(server.stored).toEqual([]);
    await settle(1);
    expect([server.stored, outbox.of(1), shelf.kept.size]).toEqual([["one"], [], 0]);
  });

  it("can be taken back, the newest first, and then never goes", async () => {
    for (const text of ["one", "two"]) outbox.send(rest(text));
    const [first, second] = [
      outbox.discard(outbox.resting?.id ?? ""),
      outbox.discard(outbox.resting?.id ?? ""),
    ];
    expect([first?.text, second?.text, outbox.resting]).toEqual(["two", "one", undefined]);
    await settle(60_000);
    expect([server.stored, shelf.kept.size]).toEqual([[], 0]);
  });

  it("holds what was written after it, also what doesn't rest, and nothing elsewhere", async () => {
    outbox.send(rest("one"));
    outbox.send(write("two"));
    outbox.send(write("elsewhere", 2));
    await settle(1_000);
    expect(server.stored).toEqual(["elsewhere"]);
    await settle(2_000);
    expect(server.stored).toEqual(["elsewhere", "one", "two"]);
  });

  it("is not hurried by a connection that is back", async () => {
    outbox.send(rest("one"));
    outbox.hurry();
    await settle(2_999);
    expect(server.stored).toEqual([]);
  });

  it("waits for the connection when its time is over", async () => {
    isConnected = false;
    server.faults = [new ApiError("offline")];
    outbox.send(rest("one"));
    await settle(3_000);
    expect(outbox.of(1)).toMatchObject([{ stage: "queued" }]);
    isConnected = true;
    outbox.hurry();
    await settle();
    expect(server.stored).toEqual(["one"]);
  });

  it("is handed back when another agent replied while it rested", async () => {
    server.faults = [new ApiError("collision", 409)];
    outbox.send(rest("one"));
    await settle(3_000);
    expect([collided.map((each) => each.text), outbox.of(1)]).toEqual([["one"], []]);
  });

  it("goes at once when it is let go, with all that follows, before the promise is kept", async () => {
    for (const text of ["one", "two"]) outbox.send(rest(text));
    outbox.send(rest("elsewhere", 2));
    await outbox.letGo(({ number }) => number === 1);
    expect(server.stored).toEqual(["one", "two"]);
    await settle(60_000);
    expect(server.stored).toEqual(["one", "two", "elsewhere"]);
  });

  it("goes after a reload, and only once though the page that left sent it too", async () => {
    outbox.send(rest("one"));
    server.losesAnswers = 1;
    void outbox.letGo();
    const after = anOutbox();
    after.takeUp("me");
    await settle(60_000);
    expect([server.stored, after.of(1)]).toEqual([["one"], []]);
  });

  it("is not lost with a page that could send nothing any more", async () => {
    outbox.send(rest("one"));
    outbox.release();
    await settle(60_000);
    expect(server.stored).toEqual([]);
    anOutbox().takeUp("me");
    await settle();
    expect(server.stored).toEqual(["one"]);
  });

  it("is never a note", () => {
    const note = { ...write("one"), note: true };
    expect(resting(note, 3)).toBe(note);
    expect(resting(write("one"), 0).stage).toBe("queued");
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
