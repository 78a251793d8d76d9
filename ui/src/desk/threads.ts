import type { Api } from "$api/api";
import type { Message } from "$api/types";
import type { Conversations } from "./conversations.svelte";
import { lasting } from "./lasting.svelte";
import { Thread } from "./thread.svelte";

const most = 30;

/** As many messages as the server gives at a time. */
const pageSize = 100;

/** The threads that were opened or fetched ahead, the one used last at the end. */
export class Threads {
  readonly #threads = new Map<number, Thread>();
  /** The one on the screen. */
  #current: Thread | undefined;
  readonly #api: Api;
  readonly #conversations: Conversations;

  constructor(api: Api, conversations: Conversations) {
    this.#api = api;
    this.#conversations = conversations;
  }

  /** The thread of a conversation; the same one as long as it is kept. */
  get(number: number): Thread {
    const thread = this.#threads.get(number) ?? this.#make(number);
    this.#keep(thread);
    this.#current = thread;
    return thread;
  }

  /** The thread of a conversation, if it is kept. Not a way to show it. */
  known(number: number): Thread | undefined {
    return this.#threads.get(number);
  }

  /** Fetches a thread that will likely be opened next. */
  async foresee(number: number): Promise<void> {
    if (this.#threads.has(number)) return;
    const thread = this.#make(number);
    this.#keep(thread);
    await thread.open();
  }

  /** Takes a message that happened now, if its thread is kept. */
  async receive(message: Message): Promise<void> {
    await this.#threads.get(message.number)?.receive(message);
  }

  /** A conversation is gone for good; where it is on the screen, that is said. */
  remove(number: number): void {
    this.#threads.get(number)?.remove();
    if (number !== this.#current?.number) this.#threads.delete(number);
  }

  /** Every message of a conversation, in order, whether it is kept or not. Throws an ApiError. */
  async read(number: number): Promise<Message[]> {
    const messages: Message[] = [];
    for (let isMore = true; isMore;) {
      const after = messages.at(-1)?.seq ?? 0;
      const page = await this.#api.messages(number, { after, limit: pageSize });
      messages.push(...page.messages);
      isMore = page.after && page.messages.length > 0;
    }
    return messages;
  }

  /** Says that changes may have been missed; the one on the screen loads again at once. */
  async expire(): Promise<void> {
    for (const thread of this.#threads.values()) thread.expire();
    if (this.#current && this.#threads.has(this.#current.number)) await this.#current.open();
  }

  /** The data may be other ones now. */
  mistrust(): void {
    for (const thread of this.#threads.values()) thread.mistrust();
  }

  /** The connection is back: what could not be shown without it is looked for again. */
  hurry(): void {
    this.#current?.hurry();
  }

  clear(): void {
    this.#threads.clear();
    this.#current = undefined;
  }

  #make(number: number): Thread {
    return lasting(() => new Thread(number, this.#api, this.#conversations));
  }

  #keep(thread: Thread): void {
    this.#threads.delete(thread.number);
    this.#threads.set(thread.number, thread);
    for (const number of this.#threads.keys()) {
      if (this.#threads.size <= most) break;
      if (number !== this.#current?.number) this.#threads.delete(number);
    }
  }
}
