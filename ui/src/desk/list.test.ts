import { beforeEach, describe, expect, it } from "vitest";
import type { Api, ListQuery } from "$api/api";
import { ApiError } from "$api/error";
import type { Conversation, ConversationPage } from "$api/types";
import { aConversation, minute } from "../../test/shapes";
import { Conversations } from "./conversations.svelte";
import { Lists } from "./lists";
import { belongs, compare, placeFor, spotOf, type Query } from "./order";

const inbox: Query = { view: "inbox", sort: "newest" };

/** A server's lists: pages of two, by activity, newest first; it answers when it is told to. */
class Server {
  rows: Conversation[] = [];
  isDown = false;
  asked: ListQuery[] = [];
  readonly #waiting: (() => void)[] = [];
  isSlow = false;

  readonly conversations = async (query: ListQuery): Promise<ConversationPage> => {
    this.asked.push(query);
    const page = this.#page(query);
    if (this.isSlow) await new Promise<void>((answer) => this.#waiting.push(answer));
    if (this.isDown) throw new ApiError("unavailable", 503);
    return page;
  };

  answer() {
    this.#waiting.shift()?.();
  }

  answerLast() {
    this.#waiting.pop()?.();
  }

  #page(query: ListQuery): ConversationPage {
    const rows = this.rows
      .filter((row) => row.views.includes(query.view))
      .sort((a, b) => compare(spotOf(a, "newest"), spotOf(b, "newest"), "newest"));
    if (query.fromEnd) rows.reverse();
    const from = query.cursor ? rows.findIndex((row) => String(row.number) === query.cursor) + 1 : 0;
    // What a filter leaves out takes its place on the page all the same.
    const conversations = rows.slice(from, from + 2);
    const isEnd = from + 2 >= rows.length;
    return {
      conversations: conversations.filter((row) => belongs(row, query as Query)),
      sequence: 0,
      next: isEnd ? "" : String(conversations.at(-1)?.number),
    };
  }
}

let server: Server;
let book: Conversations;
let lists: Lists;

const row = (number: number, given: Partial<Conversation> = {}) =>
  aConversation({ number, active_at: minute(number), ...given });

beforeEach(() => {
  server = new Server();
  server.rows = [1, 2, 3, 4, 5].map((number) => row(number));
  book = new Conversations();
  lists = new Lists(server as unknown as Api, book);
});

describe("a list", () => {
  it("loads page by page, in order and without doubles", async () => {
    const list = lists.get(inbox);
    await list.open();
    expect([list.numbers, list.hasMore]).toEqual([[5, 4], true]);
    await list.more();
    await list.more();
    expect([list.numbers, list.hasMore]).toEqual([[5, 4, 3, 2, 1], false]);
    await list.more();
    expect(server.asked).toHaveLength(3);
  });

  it("goes on over pages that hold nothing under its filters", async () => {
    server.rows = [1, 2, 3, 4, 5, 6].map((number) => row(number, { channel: number === 1 ? "api" : "web" }));
    const list = lists.get({ ...inbox, channel: "api" });
    await list.open();
    expect([list.numbers, list.hasMore, server.asked.length]).toEqual([[1], false, 3]);
  });

  it("looks no further once nobody waits for it, and anew when somebody does", async () => {
    server.rows = [1, 2, 3, 4, 5, 6].map((number) => row(number, { channel: number === 1 ? "api" : "web" }));
    server.isSlow = true;
    const list = lists.get({ ...inbox, channel: "api" });
    const watcher = { loaded: () => undefined, changed: () => undefined, removed: () => undefined };
    const leave = list.watch(watcher);
    const opening = list.open();
    leave();
    server.answer();
    await opening;
    expect([list.status, server.asked.length]).toEqual(["new", 1]);
    server.isSlow = false;
    list.watch(watcher);
    await list.open();
    expect([list.status, list.numbers]).toEqual(["ready", [1]]);
  });

  describe("of which the end is wanted", () => {
    beforeEach(() => {
      server.rows = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => row(number));
    });

    it("is read from there, and upwards", async () => {
      const list = lists.get(inbox);
      await list.open();
      await list.toEnd();
      expect([list.numbers, list.hasMore, list.hasBefore]).toEqual([[2, 1], false, true]);
      expect(server.asked).toHaveLength(2); // however long the list is
      await list.more();
      await list.before();
      expect([list.numbers, list.hasBefore]).toEqual([[4, 3, 2, 1], true]);
      await list.toEnd();
      expect(list.numbers).toEqual([4, 3, 2, 1]);
      await list.toStart();
      expect([list.numbers, list.hasMore, list.isFromEnd]).toEqual([[9, 8], true, false]);
    });

    it("follows what happens there, and not before it", async () => {
      const list = lists.get(inbox);
      await list.open();
      await list.toEnd();
      book.put(row(2, { rev: 2, active_at: minute(30) }));
      expect(list.numbers).toEqual([1]);
      book.put(row(20));
      expect(list.numbers).toEqual([1]);
      book.put(row(21, { active_at: minute(0) }));
      expect(list.numbers).toEqual([1, 21]);
    });

    it("is one when the end meets what was loaded", async () => {
      const list = lists.get(inbox);
      await list.open();
      for (let i = 0; i < 3; i++) await list.more();
      server.rows = server.rows.filter(({ number }) => number !== 1);
      await list.toEnd();
      expect([list.numbers, list.hasMore, list.hasBefore]).toEqual([[9, 8, 7, 6, 5, 4, 3, 2], false, false]);
    });

    it("is loaded again as far as it was, and from the beginning for who comes back", async () => {
      const list = lists.get(inbox);
      const leave = list.watch({
        loaded: () => undefined,
        changed: () => undefined,
        removed: () => undefined,
      });
      await list.open();
      await list.toEnd();
      await list.before();
      server.rows.push(row(0, { active_at: minute(0) }));
      await list.refresh();
      expect(list.numbers).toEqual([3, 2, 1, 0]);
      leave();
      await list.open();
      expect([list.numbers, list.hasMore]).toEqual([[9, 8], true]);
    });

    it("stays where it is for who changes their mind on the way", async () => {
      const list = lists.get(inbox);
      await list.open();
      server.isSlow = true;
      const [there, back] = [list.toEnd(), list.toStart()];
      server.isSlow = false;
      server.answer();
      server.answer();
      await Promise.all([there, back]);
      expect([list.numbers, list.isFromEnd, list.hasMore]).toEqual([[9, 8], false, true]);
    });

    it("stays as it is when the end can't be had", async () => {
      const list = lists.get(inbox);
      await list.open();
      server.isDown = true;
      await list.toEnd();
      expect([list.numbers, list.error?.code, list.hasMore]).toEqual([[9, 8], "unavailable", true]);
    });
  });

  it("is the same one for the same question", () => {
    expect(lists.get({ ...inbox })).toBe(lists.get(inbox));
    expect(lists.get({ ...inbox, unread: true })).not.toBe(lists.get(inbox));
  });

  it("takes in what comes, moves what changes, lets go of what leaves", async () => {
    const list = lists.get(inbox);
    await list.open();
    book.put(row(9));
    expect(list.numbers).toEqual([9, 5, 4]);
    book.put(row(4, { rev: 2, active_at: minute(20) }));
    expect(list.numbers).toEqual([4, 9, 5]);
    book.put(row(9, { rev: 2, views: ["archive"] }));
    expect(list.numbers).toEqual([4, 5]);
  });

  it("leaves out what lies beyond the pages that it has", async () => {
    const list = lists.get(inbox);
    await list.open();
    book.put(row(2, { rev: 2, unread: 1 }));
    expect(list.numbers).toEqual([5, 4]);
    await list.more();
    expect(list.numbers).toEqual([5, 4, 3, 2]);
  });

  it("does not let a late page undo what happened meanwhile", async () => {
    server.isSlow = true;
    const list = lists.get(inbox);
    const opening = list.open();
    book.put(row(5, { rev: 2, views: ["archive"] }));
    book.put(row(8));
    server.answer();
    await opening;
    expect(list.numbers).toEqual([8, 4]);
  });

  it("forgets on a refresh what the server does not list any more", async () => {
    const list = lists.get(inbox);
    await list.open();
    server.rows = [row(3), row(4)];
    await list.refresh();
    expect(list.numbers).toEqual([4, 3]);
  });

  it("passes over an answer that a later question has overtaken", async () => {
    server.isSlow = true;
    const list = lists.get(inbox);
    const first = list.refresh();
    server.rows = [row(7)];
    const second = list.refresh();
    server.answerLast();
    await second;
    server.answer();
    await first;
    expect(list.numbers).toEqual([7]);
  });

  it("keeps its rows when a refresh fails, and says so until one succeeds", async () => {
    const list = lists.get(inbox);
    await list.open();
    server.isDown = true;
    await list.refresh();
    expect([list.numbers, list.status, list.error?.code]).toEqual([[5, 4], "ready", "unavailable"]);
    server.isDown = false;
    await list.refresh();
    expect(list.error).toBeUndefined();
  });

  it("that never loaded has failed, and opens anew", async () => {
    server.isDown = true;
    const list = lists.get(inbox);
    await list.open();
    expect(list.status).toBe("failed");
    server.isDown = false;
    await list.open();
    expect(list.numbers).toEqual([5, 4]);
  });

  it("equals a fresh one after any changes", async () => {
    const list = lists.get(inbox);
    await list.open();
    await list.more();
    await list.more();
    const changes = [
      row(3, { rev: 2, views: ["archive"] }),
      row(6),
      row(1, { rev: 2, active_at: minute(30) }),
      row(3, { rev: 3 }),
      row(6, { rev: 2, active_at: minute(2) }),
    ];
    book.putAll(changes);
    server.rows = [1, 2, 3, 4, 5, 6].map((number) => book.known(number) as Conversation);
    const fresh = new Lists(server as unknown as Api, new Conversations()).get(inbox);
    await fresh.open();
    while (fresh.hasMore) await fresh.more();
    expect(list.numbers).toEqual(fresh.numbers);
  });

  it("shows nothing of its own before the first page is there", async () => {
    server.rows = [row(9), row(8), row(7), row(1)];
    server.isSlow = true;
    const list = lists.get(inbox);
    const opened = list.open();
    // A conversation that is opened by its address is known before the list is.
    book.put(row(1));
    expect(list.numbers).toEqual([]);
    server.answer();
    await opened;
    expect(list.numbers).toEqual([9, 8]);
  });
});

describe("belonging", () => {
  const mine = aConversation({
    agent_id: "me",
    team_id: "returns",
    lead: "agent",
    tags: ["iade"],
    unread: 2,
    active_at: minute(5),
    customer: { id: "c", rev: 1, name: "Ada", email: "", blocked: false, language: "tr" },
  });
  it.each<[Partial<Query>, boolean]>([
    [{}, true],
    [{ view: "archive" }, false],
    [{ agent: "me" }, true],
    [{ agent: "other" }, false],
    [{ team: "returns" }, true],
    [{ team: "cargo" }, false],
    [{ tag: "iade" }, true],
    [{ tag: "kargo" }, false],
    [{ unread: true }, true],
    [{ sort: "waiting" }, false],
    [{ hideResolved: true }, true],
    [{ channel: "web" }, true],
    [{ channel: "widget" }, false],
    [{ language: "tr" }, true],
    [{ language: "en" }, false],
    [{ since: Date.parse(minute(5)) }, true],
    [{ since: Date.parse(minute(6)) }, false],
    [{ until: Date.parse(minute(6)) }, true],
    [{ until: Date.parse(minute(5)) }, false],
  ])("%j: %s", (query, want) => expect(belongs(mine, { ...inbox, ...query })).toBe(want));

  it("without the resolved ones keeps those of the archive", () => {
    const resolved = aConversation({ state: "resolved" });
    expect(belongs(resolved, { ...inbox, hideResolved: true })).toBe(false);
    expect(belongs({ ...resolved, archived: true }, { ...inbox, hideResolved: true })).toBe(true);
  });

  it("of those who wait is for open ones", () => {
    const waiting = { waiting_since: minute(1) };
    const query: Query = { view: "inbox", sort: "waiting" };
    expect(belongs(aConversation(waiting), query)).toBe(true);
    expect(belongs(aConversation({ ...waiting, state: "resolved" }), query)).toBe(false);
  });
});

describe("the place of a spot", () => {
  const spots = [10, 8, 8, 3].map((at, i) => ({ at, number: 9 - i }));
  it("keeps the order, the number deciding where moments are equal", () => {
    expect(placeFor(spots, { at: 11, number: 1 }, "newest")).toBe(0);
    expect(placeFor(spots, { at: 8, number: 99 }, "newest")).toBe(1);
    expect(placeFor(spots, { at: 8, number: 1 }, "newest")).toBe(3);
    expect(placeFor(spots, { at: 0, number: 1 }, "newest")).toBe(4);
    expect(placeFor([...spots].reverse(), { at: 9, number: 1 }, "oldest")).toBe(3);
  });
});
