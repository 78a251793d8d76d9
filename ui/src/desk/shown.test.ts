import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Api } from "$api/api";
import type { Conversation } from "$api/types";
import { aConversation, minute } from "../../test/shapes";
import { Conversations } from "./conversations.svelte";
import { Lists } from "./lists";
import { compare, spotOf } from "./order";
import { Shown, type Left } from "./shown.svelte";

let rows: Conversation[];
let book: Conversations;
let shown: Shown;
let stop: () => void;
let left: Left[];

const row = (number: number, given: Partial<Conversation> = {}) =>
  aConversation({ number, active_at: minute(number), ...given });

/** What was known of a conversation, changed and newer. */
function change(number: number, given: Partial<Conversation>): void {
  const known = book.known(number) ?? row(number);
  book.put({ ...known, rev: known.rev + 1, ...given });
}

const resolved = { state: "resolved", views: ["inbox", "resolved"] } as const satisfies Partial<Conversation>;
const pageOf = (from: number) => rows.slice(from, from + 3);

beforeEach(async () => {
  vi.useFakeTimers();
  rows = [1, 2, 3, 4, 5]
    .map((number) => row(number))
    .sort((a, b) => compare(spotOf(a, "newest"), spotOf(b, "newest"), "newest"));
  const api = {
    conversations: async ({ cursor }: { cursor?: string }) => {
      const from = Number(cursor || 0);
      return {
        conversations: pageOf(from),
        next: from + 3 < rows.length ? String(from + 3) : "",
        sequence: 0,
      };
    },
  };
  book = new Conversations();
  const list = new Lists(api as unknown as Api, book).get({ view: "unresolved", sort: "newest" });
  left = [];
  shown = new Shown(list, (gone) => left.push(gone));
  stop = shown.run();
  await list.open();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe("while nobody is at the list", () => {
  it("rows come and move as the order says", () => {
    vi.advanceTimersByTime(1000);
    change(6, { active_at: minute(6) });
    expect(shown.rows).toEqual([6, 5, 4, 3]);
    vi.advanceTimersByTime(1000);
    change(3, { active_at: minute(7) });
    expect(shown.rows).toEqual([3, 6, 5, 4]);
    expect(shown.updates).toBe(0);
  });

  it("in a rush they move together", () => {
    vi.advanceTimersByTime(1000);
    change(6, { active_at: minute(6) });
    change(7, { active_at: minute(7) });
    change(8, { active_at: minute(8) });
    expect(shown.rows).toEqual([6, 5, 4, 3]);
    expect(shown.updates).toBe(0);
    vi.advanceTimersByTime(1000);
    expect(shown.rows).toEqual([8, 7, 6, 5, 4, 3]);
  });
});

describe("while somebody is at the list", () => {
  beforeEach(() => shown.allow(false, false));

  it("rows stay where they are and what waits is counted, each once", () => {
    change(6, { active_at: minute(6) });
    change(3, { active_at: minute(7) });
    change(3, { active_at: minute(8) });
    expect(shown.rows).toEqual([5, 4, 3]);
    expect(shown.updates).toBe(2);
    shown.settle();
    expect(shown.rows).toEqual([3, 6, 5, 4]);
    expect(shown.updates).toBe(0);
  });

  it("what waits moves once it may", () => {
    vi.advanceTimersByTime(1000);
    change(6, { active_at: minute(6) });
    shown.allow(true, true);
    expect(shown.rows).toEqual([6, 5, 4, 3]);
  });

  it("a change that moves nothing is none", () => {
    change(4, { unread: 3 });
    expect(shown.updates).toBe(0);
  });

  it("a message in the row that is first anyway is none either", () => {
    change(5, { active_at: minute(9) });
    expect(shown.updates).toBe(0);
    change(4, { active_at: minute(10) });
    expect(shown.updates).toBe(1);
    expect(shown.rows).toEqual([5, 4, 3]);
    change(5, { active_at: minute(11) });
    expect(shown.updates).toBe(0);
  });

  it("one that came and went was nothing", () => {
    change(6, { active_at: minute(6) });
    change(6, { ...resolved, active_at: minute(6) });
    expect(shown.updates).toBe(0);
    expect(shown.rows).toEqual([5, 4, 3]);
  });

  it("more pages come below, and move nothing above", async () => {
    change(3, { active_at: minute(9) });
    await shown.list.more();
    expect(shown.rows).toEqual([5, 4, 3, 2, 1]);
    expect(shown.updates).toBe(1);
  });

  it("loading anew counts what is other, and moves nothing", async () => {
    rows = [row(3, { rev: 2, active_at: minute(9) }), row(5), row(4)];
    await shown.list.refresh();
    expect(shown.rows).toEqual([5, 4, 3]);
    expect(shown.updates).toBe(1);
  });

  it("an empty list takes what comes", () => {
    for (const number of [3, 4, 5]) change(number, resolved);
    vi.advanceTimersByTime(5000);
    shown.allow(false, true);
    expect(shown.rows).toEqual([]);
    change(6, { active_at: minute(6) });
    expect(shown.rows).toEqual([6]);
  });
});

describe("a row that somebody else takes away", () => {
  it("stays for four seconds with what it was and is, then goes", () => {
    change(4, resolved);
    expect(shown.rows).toEqual([5, 4, 3]);
    expect(shown.leaving(4)).toMatchObject({ before: { state: "open" }, now: { state: "resolved" } });
    vi.advanceTimersByTime(3999);
    expect(shown.rows).toEqual([5, 4, 3]);
    vi.advanceTimersByTime(1);
    expect(shown.rows).toEqual([5, 3]);
    expect(shown.leaving(4)).toBeUndefined();
    expect(left).toEqual([]);
  });

  it("stays by its neighbours while others move", () => {
    vi.advanceTimersByTime(1000);
    change(4, resolved);
    change(6, { active_at: minute(6) });
    expect(shown.rows).toEqual([6, 5, 4, 3]);
  });

  it("goes at once when nobody is at it any more", () => {
    change(4, resolved);
    shown.release(4);
    expect(shown.rows).toEqual([5, 3]);
  });

  it("waits while a pointer moves over the list", () => {
    shown.allow(false, false);
    change(4, resolved);
    vi.advanceTimersByTime(9000);
    expect(shown.rows).toEqual([5, 4, 3]);
    shown.allow(false, true);
    expect(shown.rows).toEqual([5, 3]);
  });

  it("has gone when the list is shown again", () => {
    change(4, resolved);
    stop();
    vi.advanceTimersByTime(9000);
    stop = shown.run();
    expect(shown.rows).toEqual([5, 3]);
    expect(shown.leaving(4)).toBeUndefined();
  });

  it("that comes back stays", () => {
    change(4, resolved);
    change(4, { state: "open", views: ["inbox", "unassigned", "unresolved"] });
    vi.advanceTimersByTime(9000);
    expect(shown.rows).toEqual([5, 4, 3]);
    expect(shown.leaving(4)).toBeUndefined();
  });
});

describe("what is done at this page", () => {
  it("takes the row away at once and says what stood by it", () => {
    shown.allow(false, false);
    const rest = book.act([4]);
    change(4, resolved);
    rest();
    expect(shown.rows).toEqual([5, 3]);
    expect(left).toMatchObject([{ now: { number: 4 }, next: 3, previous: 5 }]);
  });

  it("brings it back at once", () => {
    shown.allow(false, false);
    const rest = book.act([4]);
    change(4, resolved);
    change(4, { state: "open", views: ["inbox", "unassigned", "unresolved"] });
    rest();
    expect(shown.rows).toEqual([5, 4, 3]);
  });
});

describe("a conversation that was removed", () => {
  it("leaves at once, whoever is at the list, and no page brings it back", async () => {
    shown.allow(false, false);
    book.remove(4);
    shown.list.remove(4);
    expect(shown.rows).toEqual([5, 3]);
    expect(shown.updates).toBe(0);
    await shown.list.refresh();
    expect(shown.rows).toEqual([5, 3]);
  });
});
