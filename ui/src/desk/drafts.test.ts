import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "$api/error";
import type { BegunDraft } from "$api/types";
import { MemoryShelf } from "../../test/shelf";
import { Drafts } from "./drafts.svelte";

/** A server that keeps one agent's drafts. */
class Server {
  readonly kept = new Map<string, BegunDraft>();
  readonly calls: string[] = [];
  faults: ApiError[] = [];
  delay = 0;

  readonly saveDraft = async (number: number, text: string, note: boolean): Promise<BegunDraft> => {
    this.calls.push(text);
    const fault = this.faults.shift();
    await new Promise((done) => setTimeout(done, this.delay));
    if (fault) throw fault;
    const draft = { number, text, note, at: new Date().toISOString() };
    if (text === "") this.kept.delete(`${number} ${note}`);
    else this.kept.set(`${number} ${note}`, draft);
    return draft;
  };

  all(): BegunDraft[] {
    return [...this.kept.values()];
  }
}

let server: Server;
let shelf: MemoryShelf;

function device(on = shelf): Drafts {
  const drafts = new Drafts(server, on);
  drafts.takeUp("me");
  return drafts;
}

const settle = (milliseconds = 2_000) => vi.advanceTimersByTimeAsync(milliseconds);
const write = (drafts: Drafts, text: string) => drafts.write(1, "reply", text, Date.now());

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 2, 9) });
  [server, shelf] = [new Server(), new MemoryShelf()];
});
afterEach(() => vi.useRealTimers());

describe("drafts", () => {
  it("are kept here at once and by the server a moment later", async () => {
    const drafts = device();
    write(drafts, "M");
    write(drafts, "Merhaba");
    expect(device().text(1, "reply")).toBe("Merhaba");
    expect(drafts.get(1, "reply")?.isSaved).toBe(false);
    await settle();
    expect(server.calls).toEqual(["Merhaba"]);
    expect(drafts.get(1, "reply")?.isSaved).toBe(true);
  });

  it("that were saved while the server was being asked are newer than its answer", async () => {
    const drafts = device();
    const nothing = { before: drafts.bases(), theirs: server.all() };
    write(drafts, "one");
    await settle();
    const first = { before: drafts.bases(), theirs: server.all() };
    drafts.meet(nothing.theirs, nothing.before);
    expect(drafts.text(1, "reply")).toBe("one");
    write(drafts, "two");
    await settle();
    drafts.meet(first.theirs, first.before);
    expect(drafts.text(1, "reply")).toBe("two");
    expect(device().text(1, "reply")).toBe("two");
  });

  it("are told apart by conversation and mode", async () => {
    const drafts = device();
    write(drafts, "reply");
    drafts.write(1, "note", "note", Date.now());
    drafts.write(2, "reply", "other", Date.now());
    await settle();
    expect(server.kept.size).toBe(3);
    expect([drafts.text(1, "note"), drafts.text(2, "reply")]).toEqual(["note", "other"]);
  });

  it("go one call after the other, the newest last", async () => {
    const drafts = device();
    server.delay = 5_000;
    write(drafts, "one");
    await settle(1_000);
    write(drafts, "two");
    await settle(1_000);
    expect(server.calls).toEqual(["one"]);
    await settle(20_000);
    expect(server.calls).toEqual(["one", "two"]);
    expect(server.all()[0]?.text).toBe("two");
  });

  it("that were sent are taken away, but one that never left here is not talked about", async () => {
    const drafts = device();
    write(drafts, "short");
    write(drafts, "");
    await settle();
    expect([server.calls, shelf.kept.size]).toEqual([[], 0]);
    write(drafts, "longer");
    await settle();
    write(drafts, "");
    await settle();
    expect([server.kept.size, shelf.kept.size, drafts.get(1, "reply")]).toEqual([0, 0, undefined]);
  });

  it("outlast a lost connection and a reload", async () => {
    server.faults = [new ApiError("offline")];
    const before = device();
    write(before, "Merhaba");
    await settle();
    expect(server.kept.size).toBe(0);
    const after = device();
    after.hurry();
    await settle();
    expect(server.all()[0]?.text).toBe("Merhaba");
  });

  it("that the server refuses are not pressed upon it", async () => {
    server.faults = [new ApiError("too_long", 422)];
    const drafts = device();
    write(drafts, "too much");
    await settle();
    drafts.hurry();
    await settle();
    expect(server.calls).toHaveLength(1);
    write(drafts, "less");
    await settle();
    expect(server.all()[0]?.text).toBe("less");
  });

  it("that were saved while an older list was on its way stay, whatever that list says", async () => {
    const drafts = device();
    const [nothing, before] = [server.all(), drafts.bases()];
    write(drafts, "Merhaba");
    await settle();
    drafts.meet(nothing, before);
    expect([drafts.text(1, "reply"), shelf.kept.size]).toEqual(["Merhaba", 1]);
    const [first, then] = [server.all(), drafts.bases()];
    write(drafts, "Merhaba Ayşe");
    await settle();
    drafts.meet(first, then);
    expect(drafts.text(1, "reply")).toBe("Merhaba Ayşe");
    write(drafts, "");
    await settle();
    drafts.meet(first, then);
    expect(drafts.text(1, "reply")).toBe("");
  });

  it("rest while nobody is signed in, and go on when somebody is", async () => {
    const drafts = device();
    drafts.rest();
    write(drafts, "Merhaba");
    drafts.hurry();
    await settle();
    expect([server.calls, device().text(1, "reply")]).toEqual([[], "Merhaba"]);
    drafts.takeUp("me");
    drafts.hurry();
    await settle();
    expect(server.all()[0]?.text).toBe("Merhaba");
  });

  it("of another agent are not shown", () => {
    const drafts = device();
    write(drafts, "mine");
    drafts.takeUp("someone else");
    expect(drafts.text(1, "reply")).toBe("");
    drafts.takeUp("me");
    expect(drafts.text(1, "reply")).toBe("mine");
  });
});

describe("two devices", () => {
  let other: Drafts;
  beforeEach(() => (other = device(new MemoryShelf())));

  it("show what was written on the other", async () => {
    const drafts = device();
    write(drafts, "from here");
    await settle();
    other.meet(server.all());
    expect(other.text(1, "reply")).toBe("from here");
    write(other, "from here, and there");
    await settle();
    drafts.meet(server.all());
    expect([drafts.text(1, "reply"), drafts.offer(1, "reply")]).toEqual(["from here, and there", undefined]);
  });

  it("lose what was sent from the other", async () => {
    const drafts = device();
    write(drafts, "from here");
    await settle();
    other.meet(server.all());
    write(drafts, "");
    await settle();
    other.meet(server.all());
    expect(other.text(1, "reply")).toBe("");
  });

  it("never overwrite what was typed: a newer text is offered", async () => {
    const drafts = device();
    server.faults = [new ApiError("offline")];
    write(drafts, "typed here, offline");
    await settle();
    write(other, "typed there, later");
    await settle();
    drafts.meet(server.all());
    expect([drafts.text(1, "reply"), drafts.offer(1, "reply")?.text]).toEqual([
      "typed here, offline",
      "typed there, later",
    ]);
    drafts.hurry();
    await settle();
    expect(server.all()[0]?.text, "nothing is saved while it is undecided").toBe("typed there, later");
    drafts.accept(1, "reply");
    expect([drafts.text(1, "reply"), drafts.offer(1, "reply")]).toEqual(["typed there, later", undefined]);
  });

  it("may stay with their own text, which then counts everywhere", async () => {
    const drafts = device();
    server.faults = [new ApiError("offline")];
    write(drafts, "typed here, offline");
    await settle();
    write(other, "typed there, later");
    await settle();
    drafts.meet(server.all());
    drafts.decline(1, "reply");
    await settle();
    expect(server.all()[0]?.text).toBe("typed here, offline");
    other.meet(server.all());
    expect(other.text(1, "reply")).toBe("typed here, offline");
  });

  it("keep the newer text where the other's is older", async () => {
    const drafts = device();
    write(other, "there, first");
    await settle();
    write(drafts, "here, then");
    drafts.meet(server.all());
    await settle();
    expect([drafts.offer(1, "reply"), server.all()[0]?.text]).toEqual([undefined, "here, then"]);
  });

  it("know a text of their own whose answer was lost", async () => {
    const drafts = device();
    write(drafts, "Merhaba");
    await settle();
    // The server has it, and the answer never came.
    const answered = server.saveDraft;
    const lost = vi.fn(async (...given: Parameters<typeof answered>) => {
      await answered(...given);
      throw new ApiError("offline");
    });
    const losing = new Drafts({ saveDraft: lost }, shelf);
    losing.takeUp("me");
    write(losing, "Merhaba!");
    await settle();
    losing.write(1, "reply", "Merhaba! Na", Date.now() - 60_000);
    losing.meet(server.all());
    expect(losing.offer(1, "reply")).toBeUndefined();
    expect(losing.text(1, "reply")).toBe("Merhaba! Na");
  });
});
