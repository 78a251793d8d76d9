import { expect, it } from "vitest";
import type { Api, Message } from "../api";
import { Thread } from "./thread";

const page = 50;

/** A server's thread, whose answers come in whichever order a test wants. */
class Server {
  last: number;
  readonly waiting: (() => void)[] = [];

  constructor(last: number) {
    this.last = last;
  }

  readonly messages = (_: string, before = this.last + 1) => {
    const from = Math.max(1, before - page);
    const seqs = Array.from({ length: before - from }, (_, i) => from + i);
    const messages = seqs.map((seq) => ({ seq, kind: "customer" }) as Message);
    const answer = { conversation: {}, messages, before: from > 1 };
    return new Promise((done) => this.waiting.push(() => done(answer)));
  };

  /** Lets one of the calls that wait be answered. */
  async answer(at = 0): Promise<void> {
    this.waiting.splice(at, 1)[0]?.();
    await new Promise((done) => setImmediate(done));
  }
}

function threadOf(server: Server): Thread {
  return new Thread("h" as Thread["handle"], server as unknown as Api, () => undefined);
}

const seqs = (thread: Thread) => thread.messages.map(({ seq }) => seq);
const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

it("grows towards its start", async () => {
  const server = new Server(120);
  const thread = threadOf(server);
  void thread.load();
  await server.answer();
  void thread.older();
  await server.answer();
  expect([seqs(thread), thread.hasBefore]).toEqual([run(21, 120), true]);
});

it("that began anew does not take what was asked for before", async () => {
  const server = new Server(120);
  const thread = threadOf(server);
  void thread.load();
  await server.answer();
  void thread.older();
  server.last = 300;
  void thread.load();
  await server.answer(1);
  await server.answer();
  expect([seqs(thread), thread.hasBefore, thread.isLoadingBefore]).toEqual([run(251, 300), true, false]);
  void thread.older();
  await server.answer();
  expect(seqs(thread)).toEqual(run(201, 300));
});
