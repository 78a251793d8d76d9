import { beforeEach, describe, expect, it } from "vitest";
import type { Api } from "$api/api";
import { ApiError } from "$api/error";
import type { Message, MessagePage, Opened } from "$api/types";
import { aConversation, aMessage } from "../../test/shapes";
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
    where: { before?: number; after?: number; around?: number },
  ): Promise<MessagePage> => {
    this.#check();
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
    expect(thread.messages.length).toBeLessThanOrEqual(300);
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

  it("places the unread line before the customer's last unread ones", async () => {
    server.all.push(aMessage(121, { kind: "note" }), aMessage(122));
    server.unread = 2;
    const thread = threadOf();
    await thread.open();
    thread.placeUnreadLine();
    expect(thread.unreadFrom).toBe(120);
  });
});
