import { beforeEach, describe, expect, it } from "vitest";
import type { Api } from "$api/api";
import { ApiError } from "$api/error";
import type { Message, MessagePage, Opened } from "$api/types";
import { aConversation, aMessage, minute } from "../../test/shapes";
import { Conversations } from "./conversations.svelte";
import { Thread } from "./thread.svelte";

const page = 50;

/** A server's thread of n messages. */
class Server {
  all: Message[];
  unread = 0;
  isDown = false;
  calls = 0;

  constructor(n: number) {
    this.all = Array.from({ length: n }, (_, i) => aMessage(i + 1));
  }

  readonly open = async (): Promise<Opened> => {
    this.#check();
    const messages = this.all.slice(-page);
    const conversation = aConversation({
      last_seq: this.all.length,
      unread: this.unread,
      rev: this.all.length,
    });
    return { conversation, messages, before: this.all.length > page, sequence: 1 };
  };

  readonly messages = async (
    _: number,
    where: { before?: number; after?: number; around?: number; at?: string },
  ): Promise<MessagePage> => {
    this.#check();
    if (where.at) where = { around: 1 + this.all.findIndex(({ at }) => at >= (where.at ?? "")) };
    const from = where.after ?? Math.max(0, (where.before ?? (where.around ?? 0) + page / 2) - 1 - page);
    const to = where.before ? where.before - 1 : from + page;
    return { messages: this.all.slice(from, to), sequence: 0, before: from > 0, after: to < this.all.length };
  };

  #check() {
    this.calls++;
    if (this.isDown) throw new ApiError("offline");
  }
}

let server: Server;
let book: Conversations;

const threadOf = () => new Thread(1, server as unknown as Api, book);
const seqs = (thread: Thread) => thread.messages.map((message) => message.seq);
const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

beforeEach(() => {
  server = new Server(120);
  book = new Conversations();
});

describe("a thread", () => {
  it("opens at its end and grows towards its start", async () => {
    const thread = threadOf();
    await thread.open();
    expect([seqs(thread), thread.hasBefore]).toEqual([run(71, 120), true]);
    await thread.before();
    await thread.before();
    expect([seqs(thread), thread.hasBefore]).toEqual([run(1, 120), false]);
  });

  it("is loaded once, however often it is opened", async () => {
    const thread = threadOf();
    await Promise.all([thread.open(), thread.open()]);
    await thread.open();
    expect(server.calls).toBe(1);
  });

  it("takes what happens at its end, once", async () => {
    const thread = threadOf();
    await thread.open();
    await thread.receive(aMessage(121));
    await thread.receive(aMessage(121));
    await thread.receive(aMessage(100));
    expect(seqs(thread)).toEqual(run(71, 121));
  });

  it("fetches what is missing before a message", async () => {
    const thread = threadOf();
    await thread.open();
    server.all.push(aMessage(121), aMessage(122), aMessage(123));
    await thread.receive(aMessage(123));
    expect(seqs(thread)).toEqual(run(71, 123));
  });

  it("keeps what came while its first page was on its way", async () => {
    const thread = threadOf();
    const opening = thread.open();
    await thread.receive(aMessage(121));
    await opening;
    expect(seqs(thread)).toEqual(run(71, 121));
  });

  it("goes into the past for a message and comes back for the newest", async () => {
    const thread = threadOf();
    await thread.open();
    await thread.reach(30);
    expect(seqs(thread)).toContain(30);
    expect([thread.hasBefore, thread.hasAfter]).toEqual([true, true]);
    await thread.receive(aMessage(121));
    expect(seqs(thread)).not.toContain(121);
    server.all.push(aMessage(121));
    await thread.latest();
    expect([seqs(thread).at(-1), thread.hasAfter]).toEqual([121, false]);
  });

  it("in the past stays there when changes may have been missed", async () => {
    const thread = threadOf();
    await thread.open();
    thread.expire();
    const opening = thread.open();
    await thread.reach(30);
    await opening;
    thread.expire();
    await thread.open();
    expect([seqs(thread).includes(30), thread.hasAfter]).toEqual([true, true]);
    server.all.push(aMessage(121));
    await thread.latest();
    expect([thread.last, thread.hasAfter]).toEqual([121, false]);
  });

  it("after missing changes joins the new end to what it has", async () => {
    const thread = threadOf();
    await thread.open();
    await thread.before();
    server.all.push(...run(121, 130).map((seq) => aMessage(seq)));
    thread.expire();
    await thread.open();
    expect(seqs(thread)).toEqual(run(21, 130));
  });

  it("that fell far behind starts over at the end", async () => {
    const thread = threadOf();
    await thread.open();
    server.all.push(...run(121, 300).map((seq) => aMessage(seq)));
    thread.expire();
    await thread.open();
    expect([seqs(thread), thread.hasBefore]).toEqual([run(251, 300), true]);
  });

  it("holds a bounded number of messages", async () => {
    server = new Server(2000);
    const thread = threadOf();
    await thread.open();
    for (let i = 0; i < 20; i++) await thread.before();
    expect(thread.messages.length).toBeLessThanOrEqual(500);
    expect(thread.hasAfter).toBe(true);
    expect(seqs(thread)).toEqual(run(seqs(thread)[0] ?? 0, seqs(thread).at(-1) ?? 0));
  });

  it("says that it failed, and loads when opened again", async () => {
    server.isDown = true;
    const thread = threadOf();
    await thread.open();
    expect([thread.status, thread.error?.code]).toEqual(["failed", "offline"]);
    server.isDown = false;
    await thread.open();
    expect([thread.status, thread.error]).toEqual(["ready", undefined]);
  });

  it("draws the unread line before the customer's last unread ones where reading begins", async () => {
    server.all.push(aMessage(121, { kind: "note" }), aMessage(122));
    server.unread = 2;
    const thread = threadOf();
    await thread.open();
    expect(thread.unreadFrom).toBeUndefined();
    await thread.enter();
    expect(thread.unreadFrom).toBe(120);
  });

  it("entered before it is loaded draws the line when it is", async () => {
    server.unread = 1;
    const thread = threadOf();
    await thread.enter();
    expect(thread.unreadFrom).toBe(120);
  });

  it("counts what arrives, events left out, until it is entered again", async () => {
    const thread = threadOf();
    await thread.enter();
    await thread.receive(aMessage(121));
    await thread.receive(aMessage(122, { kind: "event" }));
    await thread.receive(aMessage(123));
    expect(thread.arrivals).toEqual([121, 123]);
    await thread.enter();
    expect(thread.arrivals).toEqual([]);
  });

  it("counts what arrives while it is in the past, and is entered at its end", async () => {
    const thread = threadOf();
    await thread.enter();
    await thread.reach(1);
    server.all.push(aMessage(121));
    await thread.receive(aMessage(121));
    expect([thread.arrivals, thread.last < 121]).toEqual([[121], true]);
    await thread.enter();
    expect([thread.last, thread.hasAfter]).toEqual([121, false]);
  });

  it("that is full lets go of its start, but not while somebody reads elsewhere in it", async () => {
    server = new Server(1000);
    const thread = threadOf();
    await thread.enter();
    for (let i = 0; i < 9; i++) await thread.before();
    expect(seqs(thread)).toEqual(run(501, 1000));
    await thread.receive(aMessage(1001));
    expect([thread.first, thread.last, thread.hasBefore]).toEqual([502, 1001, true]);
    thread.isFollowed = false;
    await thread.receive(aMessage(1002));
    expect([thread.first, thread.last, thread.hasAfter]).toEqual([502, 1001, true]);
  });

  it("does not ask again unbidden for older messages that it did not get", async () => {
    const thread = threadOf();
    await thread.open();
    server.isDown = true;
    await thread.before();
    expect([thread.hasBeforeFailed, thread.hasBefore]).toEqual([true, true]);
    server.isDown = false;
    await thread.before();
    expect([thread.hasBeforeFailed, thread.first]).toEqual([false, 21]);
  });

  it("goes to a moment", async () => {
    server = new Server(300);
    const thread = threadOf();
    await thread.open();
    expect(await thread.reachMoment(Date.parse(minute(40)))).toBe(40);
    expect(seqs(thread)).toContain(40);
    expect(await thread.reachMoment(Date.parse(minute(40)) + 1)).toBe(41);
  });

  it("gives a part of its run", async () => {
    const thread = threadOf();
    expect(thread.between(1, 9)).toEqual([]);
    await thread.open();
    const part = (from: number, to: number) => thread.between(from, to).map(({ seq }) => seq);
    expect(part(80, 82)).toEqual([80, 81, 82]);
    expect(part(1, 72)).toEqual([71, 72]);
    expect(part(119, Infinity)).toEqual([119, 120]);
    expect(part(1, 9)).toEqual([]);
  });

  it("gives a message the cards that come later, and takes none away", async () => {
    const thread = threadOf();
    await thread.enter();
    const cards = [{ url: "https://a.example", title: "A", description: "", site: "a.example" }];
    await thread.receive({ ...aMessage(118), cards });
    await thread.receive(aMessage(118));
    expect(thread.messages.find(({ seq }) => seq === 118)?.cards).toEqual(cards);
    await thread.receive({ ...aMessage(3), cards }); // not loaded
    expect(seqs(thread)).toEqual(run(71, 120));
    expect(thread.arrivals).toEqual([]);
  });

  it("of an older state of the data goes when the one that holds now comes", async () => {
    const thread = threadOf();
    await thread.open();
    server.all = server.all.slice(0, 80).map((message) => ({ ...message, text: `restored ${message.seq}` }));
    thread.mistrust();
    const coming = thread.open();
    const told = aMessage(81, { text: "restored 81" });
    await thread.receive(told);
    await coming;
    expect(seqs(thread)).toEqual(run(31, 81));
    expect(thread.messages.every(({ text }) => text.startsWith("restored"))).toBe(true);
    expect(thread.arrivals).toEqual([81]);
  });

  it("in the past comes back to the end when the data may be other ones", async () => {
    const thread = threadOf();
    await thread.open();
    await thread.reach(20);
    thread.mistrust();
    await thread.open();
    expect([thread.last, thread.hasAfter]).toEqual([120, false]);
  });

  it("says whether what it should go to could be had, and stays where it is otherwise", async () => {
    const thread = threadOf();
    await thread.open();
    server.isDown = true;
    expect(await thread.reach(20)).toBe(false);
    expect(await thread.reachMoment(Date.parse(minute(20)))).toBeUndefined();
    expect(seqs(thread)).toEqual(run(71, 120));
    server.isDown = false;
    expect(await thread.reach(20)).toBe(true);
    expect(await thread.reach(21)).toBe(true);
  });

  it("says when newer messages could not be had, and asks again when the connection is back", async () => {
    const thread = threadOf();
    await thread.open();
    await thread.reach(20);
    server.isDown = true;
    await thread.after();
    expect(thread.hasAfterFailed).toBe(true);
    server.isDown = false;
    const { last } = thread;
    thread.hurry();
    await expect.poll(() => thread.last).toBeGreaterThan(last);
    expect(thread.hasAfterFailed).toBe(false);
  });
});
