import type { Api } from "$api/api";
import type { Conversations } from "./conversations.svelte";
import { lasting } from "./lasting.svelte";
import { List } from "./list.svelte";
import { keyOf, type Query } from "./order";

const most = 24;

/** The lists that were opened, the one used last at the end. */
export class Lists {
  readonly #lists = new Map<string, List>();
  readonly #api: Api;
  readonly #conversations: Conversations;

  constructor(api: Api, conversations: Conversations) {
    this.#api = api;
    this.#conversations = conversations;
    conversations.watch((conversation, change) => {
      for (const list of this.#lists.values()) list.follow(conversation, change);
    });
  }

  /** The list of a query; the same one as long as it is kept. */
  get(query: Query): List {
    const key = keyOf(query);
    const list = this.#lists.get(key) ?? lasting(() => new List(query, this.#api, this.#conversations));
    this.#lists.delete(key);
    this.#lists.set(key, list);
    const oldest = this.#lists.keys().next().value;
    if (this.#lists.size > most && oldest !== undefined) this.#lists.delete(oldest);
    return list;
  }

  /** A conversation is gone for good. */
  remove(number: number): void {
    for (const list of this.#lists.values()) list.remove(number);
  }

  /** Loads the newest list again and forgets the others. */
  async reload(): Promise<void> {
    const newest = [...this.#lists].at(-1);
    this.#lists.clear();
    if (!newest) return;
    this.#lists.set(...newest);
    if (newest[1].status !== "new") await newest[1].refresh();
  }

  /** The connection is back: the newest list is looked for again if it could not be loaded. */
  hurry(): void {
    const newest = [...this.#lists.values()].at(-1);
    if (newest?.status === "failed") void newest.refresh();
  }

  clear(): void {
    this.#lists.clear();
  }
}
