import type { Api } from "$api/api";
import { toApiError, type ApiError } from "$api/error";
import type { SearchPage } from "$api/types";
import type { Conversations } from "./conversations.svelte";
import type { Shelf } from "./keep";

const pause = 120;
const leastLetters = 2;
const mostRecent = 8;

const numberForm = /^\s*#?(\d{1,15})\s*$/;

/** The conversation number that a query is, if it is one. */
export function numberIn(query: string): number | undefined {
  const digits = numberForm.exec(query)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Search as one types: the last query wins, and old results stay until new ones come. */
export class Search {
  #query = $state("");
  #page = $state.raw<SearchPage | undefined>();
  /** The query that the results answer. */
  #answered = $state("");
  #isBusy = $state(false);
  #error = $state.raw<ApiError | undefined>();
  #recent = $state.raw<readonly string[]>([]);
  #timer = 0;
  #running: AbortController | undefined;
  readonly #api: Api;
  readonly #conversations: Conversations;
  readonly #shelf: Shelf;

  constructor(api: Api, conversations: Conversations, shelf: Shelf) {
    this.#api = api;
    this.#conversations = conversations;
    this.#shelf = shelf;
  }

  get query() {
    return this.#query;
  }

  get page() {
    return this.#page;
  }

  get answered() {
    return this.#answered;
  }

  get isBusy() {
    return this.#isBusy;
  }

  get error() {
    return this.#error;
  }

  get recent() {
    return this.#recent;
  }

  readonly number = $derived(numberIn(this.#query));

  /** Takes what is in the box now and searches after a short pause. */
  type(query: string): void {
    this.#query = query;
    clearTimeout(this.#timer);
    this.#running?.abort();
    const isEnough = query.trim().length >= leastLetters || numberIn(query) !== undefined;
    if (!isEnough) return this.#show("", undefined);
    this.#isBusy = true;
    this.#timer = Number(setTimeout(() => void this.run(), pause));
  }

  /** Searches now. */
  async run(): Promise<void> {
    clearTimeout(this.#timer);
    const query = this.#query.trim();
    const running = new AbortController();
    this.#running = running;
    this.#isBusy = true;
    try {
      const page = await this.#api.search(query, running.signal);
      if (running.signal.aborted) return;
      this.#conversations.putAll(page.hits.map((hit) => hit.conversation));
      this.#show(query, page);
    } catch (thrown) {
      if (running.signal.aborted) return;
      this.#error = toApiError(thrown);
      this.#isBusy = false;
    }
  }

  clear(): void {
    this.type("");
  }

  /** A conversation is gone for good. */
  remove(number: number): void {
    const page = this.#page;
    const hits = page?.hits.filter((hit) => hit.conversation.number !== number) ?? [];
    if (page && hits.length < page.hits.length) this.#page = { ...page, hits };
  }

  /** Reads what an agent searched for lately in this browser. */
  remember(owner: string): void {
    const kept = this.#shelf.get(`searches.${owner}`);
    this.#recent = kept?.split("\n").filter(Boolean) ?? [];
  }

  /** Notes that a query led somewhere. */
  note(owner: string, query = this.#query.trim()): void {
    if (query === "") return;
    this.#recent = [query, ...this.#recent.filter((other) => other !== query)].slice(0, mostRecent);
    this.#shelf.set(`searches.${owner}`, this.#recent.join("\n"));
  }

  forgetRecent(owner: string): void {
    this.#recent = [];
    this.#shelf.remove(`searches.${owner}`);
  }

  #show(query: string, page: SearchPage | undefined): void {
    this.#answered = query;
    this.#page = page;
    this.#error = undefined;
    this.#isBusy = false;
  }
}
