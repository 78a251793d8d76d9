import type { Api } from "$api/api";
import { toApiError, type ApiError } from "$api/error";
import type { SearchPage } from "$api/types";
import type { Conversations } from "./conversations.svelte";
import type { Shelf } from "./keep";

const pause = 120;
const leastLetters = 2;
const mostRecent = 8;

/** A page may hold nothing and still have a next one; so many are asked for at a time. */
const mostAsked = 8;

const numberForm = /^\s*#?(\d{1,15})\s*$/;

/** The conversation number that a query is, if it is one. */
export function numberIn(query: string): number | undefined {
  const digits = numberForm.exec(query)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Search as one types: the last query wins, and old results stay until new ones come. */
export class Search {
  #query = $state("");
  /** What is asked of the server: the query, without what is only being begun. */
  #asked = "";
  #page = $state.raw<SearchPage | undefined>();
  /** The query that the results answer. */
  #answered = $state("");
  #isBusy = $state(false);
  #isLoadingMore = $state(false);
  #error = $state.raw<ApiError | undefined>();
  /** How many of the results came first; the others were asked for later. */
  #firstCount = $state(0);
  #recent = $state.raw<readonly string[]>([]);
  #timer = 0;
  #running: AbortController | undefined;
  #more: Promise<void> = Promise.resolve();
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

  /** Whether the results answer what is asked now. */
  get isAnswered() {
    return this.#answered === this.#asked;
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

  get firstCount() {
    return this.#firstCount;
  }

  get isLoadingMore() {
    return this.#isLoadingMore;
  }

  get error() {
    return this.#error;
  }

  get recent() {
    return this.#recent;
  }

  readonly number = $derived(numberIn(this.#query));

  /** Takes what is in the box now and searches for it, or for a part of it, after a short pause. */
  type(query: string, asked = query): void {
    this.#query = query;
    this.#asked = asked.trim();
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#isLoadingMore = false;
    const isEnough = this.#asked.length >= leastLetters || numberIn(this.#asked) !== undefined;
    if (!isEnough) return this.#show("", undefined);
    this.#isBusy = true;
    this.#timer = Number(setTimeout(() => void this.run(), pause));
  }

  /** Searches now. */
  async run(): Promise<void> {
    clearTimeout(this.#timer);
    const query = this.#asked;
    const running = this.#begin();
    this.#isBusy = true;
    try {
      const page = await this.#pages(query, "", running.signal);
      if (!running.signal.aborted) this.#show(query, page);
    } catch (thrown) {
      if (!running.signal.aborted) this.#fail(thrown);
    }
  }

  /** Looks for more of what was found, behind what is there; who asks meanwhile waits for the same. */
  more(): Promise<void> {
    if (!this.#isLoadingMore) this.#more = this.#loadMore();
    return this.#more;
  }

  async #loadMore(): Promise<void> {
    const before = this.#page;
    if (!before || before.next === "" || this.#isBusy) return;
    const running = this.#begin();
    this.#isLoadingMore = true;
    try {
      const page = await this.#pages(this.#answered, before.next, running.signal);
      if (running.signal.aborted) return;
      this.#page = { ...before, ...page, hits: [...before.hits, ...page.hits] };
      this.#error = undefined;
      this.#isLoadingMore = false;
    } catch (thrown) {
      if (!running.signal.aborted) this.#fail(thrown);
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

  /** Forgets one of the recent queries. */
  forget(owner: string, query: string): void {
    this.#recent = this.#recent.filter((other) => other !== query);
    this.#shelf.set(`searches.${owner}`, this.#recent.join("\n"));
  }

  forgetRecent(owner: string): void {
    this.#recent = [];
    this.#shelf.remove(`searches.${owner}`);
  }

  /** What was asked before is not waited for any more. */
  #begin(): AbortController {
    this.#running?.abort();
    this.#isLoadingMore = false;
    return (this.#running = new AbortController());
  }

  /** Asks on until something was found, for as long as one may be kept waiting. */
  async #pages(query: string, cursor: string, signal: AbortSignal): Promise<SearchPage> {
    let page = await this.#api.search(query, cursor, signal);
    for (let asked = 1; asked < mostAsked && page.hits.length === 0 && page.next !== ""; asked++)
      page = await this.#api.search(query, page.next, signal);
    if (!signal.aborted) this.#conversations.putAll(page.hits.map((hit) => hit.conversation));
    return page;
  }

  #show(query: string, page: SearchPage | undefined): void {
    this.#answered = query;
    this.#page = page;
    this.#firstCount = page?.hits.length ?? 0;
    this.#error = undefined;
    this.#isBusy = false;
  }

  #fail(thrown: unknown): void {
    this.#error = toApiError(thrown);
    this.#isBusy = this.#isLoadingMore = false;
  }
}
