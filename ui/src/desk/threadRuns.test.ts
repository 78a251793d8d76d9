import { beforeEach, describe, expect, it } from "vitest";
import type { Api } from "$api/api";
import { ApiError } from "$api/error";
import type { Message, MessagePage, Opened } from "$api/types";
import { aConversation, aMessage, minute } from "../../test/shapes";
import { Conversations } from "./conversations.svelte";
import { Thread } from "./thread.svelte";

const page = 50;

/** A server's thread, whose answers come in whichever order a test wants. */
class Server {
  readonly all: Message[];
  /** Each gives its answer, or fails. */
  readonly waiting: ((isDown: boolean) => void)[] = [];

  constructor(n: number) {
    this.all = Array.from({ length: n }, (_, i) => aMessage(i + 1));
  }

  get conversation() {
    return aConversation({ last_seq: this.all.length, rev: this.all.length });
  }

  readonly open = (): Promise<Opened> => {
    const { conversation } = this;
    const opened = { conversation, messages: this.all.slice(-page), before: this.all.length > page };
    return this.#answer({ ...opened, sequence: 1 });
  };

  readonly messages = (_: number, where: Where): Promise<MessagePage> => {
    if (where.at) where = { around: 1 + this.all.findIndex(({ at }) => at >= (where.at ?? "")) };
    const from = where.after ?? Math.max(0, (where.before ?? (where.around ?? 0) + page / 2) - 1 - page);
    const to = where.before ? where.before - 1 : from + page;
    const messages = this.all.slice(from, to);
    return this.#answer({ messages, sequence: 0, before: from > 0, after: to < this.all.length });
  };

  #answer<T>(answer: T): Promise<T> {
    return new Promise((done, fail) => {
      this.waiting.push((isDown) => (isDown ? fail(new ApiError("offline")) : done(answer)));
    });
  }
}

interface Where {
  before?: number;
  after?: number;
  around?: number;
  at?: string;
}

let server: Server;
let book: Conversations;
let thread: Thread;

beforeEach(() => begin(1_000));

function begin(n: number) {
  server = new Server(n);
  book = new Conversations();
  thread = new Thread(1, server as unknown as Api, book);
}

/** Lets what was begun go on as far as it can. */
const settle = () => new Promise((done) => setImmediate(done));

/** Lets one of the calls that wait be answered. */
async function answer(at = 0, isDown = false): Promise<void> {
  await settle();
  server.waiting.splice(at, 1)[0]?.(isDown);
  await settle();
}

const answerAll = async () => {
  await settle();
  while (server.waiting.length > 0) await answer();
};

/** Somebody writes: the thread and the list are told. */
function write(): void {
  const message = aMessage(server.all.length + 1);
  server.all.push(message);
  book.put(server.conversation);
  void thread.receive(message);
}

function expectRun(why: string): void {
  const seqs = thread.messages.map(({ seq }) => seq);
  expect(seqs, why).toEqual(seqs.map((_, i) => (seqs[0] ?? 0) + i));
}

describe("a thread's run", () => {
  it("does not take what was asked for before another run took its place", async () => {
    void thread.open();
    await answer();
    void thread.reach(425);
    await answer();
    void thread.before();
    void thread.after();
    void thread.reach(900);
    await answer(2);
    expect([thread.first, thread.last]).toEqual([875, 924]);
    expect([thread.isLoadingBefore, thread.hasBefore]).toEqual([false, true]);
    void thread.before();
    await answerAll();
    expectRun("after all answers");
    expect(thread.first).toBe(825);
  });

  it("goes where one last wanted to, whichever answer comes first", async () => {
    void thread.open();
    await answer();
    void thread.reach(100);
    void thread.reach(500);
    await answer(1);
    await answer();
    expect(thread.between(500, 500)).toHaveLength(1);
    void thread.reach(100);
    void thread.reach(510); // is there
    await answerAll();
    expect(thread.between(510, 510)).toHaveLength(1);
    void thread.reach(100);
    void thread.latest();
    await answer(1);
    await answer();
    expect([thread.last, thread.hasAfter]).toEqual([1_000, false]);
    void thread.latest();
    void thread.reachMoment(Date.parse(minute(300)));
    await answerAll();
    expect(thread.between(300, 300)).toHaveLength(1);
  });

  it("does not fail for what another run was refused", async () => {
    void thread.open();
    await answer();
    void thread.before();
    void thread.reach(500);
    await answer(1);
    await answer(0, true);
    expect(thread.hasBeforeFailed).toBe(false);
  });

  it("that is full does not take what no longer joins the end that it let go of", async () => {
    begin(2_000);
    void thread.open();
    await answer();
    void thread.reach(500);
    await answer();
    while (thread.messages.length < 500) {
      void thread.after();
      await answer();
    }
    void thread.before();
    void thread.after();
    await answer(1);
    await answer();
    expectRun("after its start was let go of");
    void thread.after();
    void thread.before();
    await answer(1);
    await answer();
    expectRun("after its end was let go of");
  });

  it("has no gaps, whatever happens in whichever order", async () => {
    for (let seed = 1; seed <= 25; seed++) {
      begin(700);
      let state = seed;
      const random = (n: number) => (state = (state * 48_271) % 2_147_483_647) % n;
      const doings: [string, () => unknown][] = [
        ["enter", () => thread.enter()],
        ["before", () => thread.before()],
        ["before", () => thread.before()],
        ["after", () => thread.after()],
        ["reach", () => thread.reach(1 + random(server.all.length))],
        ["moment", () => thread.reachMoment(Date.parse(minute(1 + random(server.all.length))))],
        ["latest", () => thread.latest()],
        ["expire", () => (thread.expire(), thread.open())],
        ["write", write],
        ["write", write],
        ["read elsewhere", () => (thread.isFollowed = random(2) === 0)],
      ];
      const done: string[] = [];
      void thread.open();
      for (let i = 0; i < 120; i++) {
        if (random(2) === 0 && server.waiting.length > 0) {
          const at = random(server.waiting.length);
          const isDown = random(8) === 0;
          done.push(`${isDown ? "fault" : "answer"} ${at}`);
          await answer(at, isDown);
        } else {
          const [name, act] = doings[random(doings.length)] ?? [];
          done.push(name ?? "");
          void act?.();
        }
        expectRun(`seed ${seed}: ${done.join(", ")}`);
      }
      await answerAll();
      expect([thread.isLoadingBefore, thread.status], `seed ${seed}`).toEqual([false, "ready"]);
      const wanted = 1 + random(server.all.length);
      void thread.reach(wanted);
      await answerAll();
      expect(thread.between(wanted, wanted)[0]?.seq, `seed ${seed}`).toBe(wanted);
      void thread.latest();
      await answerAll();
      expect([thread.last, thread.hasAfter], `seed ${seed}`).toEqual([server.all.length, false]);
    }
  }, 60_000);
});
