import type { Api } from "$api/api";
import type { Message } from "$api/types";
import type { Conversations } from "./conversations.svelte";
import { Thread } from "./thread.svelte";

const most = 30;

/** The threads that were opened or fetched ahead, the one used last at the end. */
export class Threads {
  readonly #threads = new Map<number, Thread>();
  readonly #api: Api;
  readonly #conversations: Conversations;

  constructor(api: Api, conversations: Conversations) {
    this.#api = api;
    this.#conversations = conversations;
  }

  /** The thread of a conversation; the same one as long as it is kept. */
  get(number: number): Thread {
    const thread = this.#threads.get(number) ?? new Thread(number, this.#api, this.#conversations);
    this.#threads.delete(number);
    this.#threads.set(number, thread);
    const oldest = this.#threads.keys().next().value;
    if (this.#threads.size > most && oldest !== undefined) this.#threads.delete(oldest);
    return thread;
  }

  /** Takes a message that happened now, if its thread is kept. */
  async receive(message: Message): Promise<void> {
    await this.#threads.get(message.number)?.receive(message);
  }

  /** Says that changes may have been missed; the one in use loads again at once. */
  async expire(): Promise<void> {
    for (const thread of this.#threads.values()) thread.expire();
    await [...this.#threads.values()].at(-1)?.open();
  }

  clear(): void {
    this.#threads.clear();
  }
}
