import type { Api } from "$api/api";
import { toApiError, type ApiError } from "$api/error";
import type { Range } from "$api/types";

/** Where in the open conversation a query was found, to walk from place to place. */
export class Hits {
  #number = 0;
  #query = $state("");
  #seqs = $state.raw<readonly number[]>([]);
  #ranges: ReadonlyMap<number, readonly Range[]> = new Map();
  #isAll = $state(true);
  #isBusy = $state(false);
  #error = $state.raw<ApiError | undefined>();
  #running: AbortController | undefined;
  readonly #api: Pick<Api, "hits">;

  constructor(api: Pick<Api, "hits">) {
    this.#api = api;
  }

  /** What is looked for; empty while nothing is. */
  get query() {
    return this.#query;
  }

  /** How many messages answer; at least so many where not all is known. */
  get count() {
    return this.#seqs.length;
  }

  /** Whether the whole conversation was looked through. */
  get isAll() {
    return this.#isAll;
  }

  get isBusy() {
    return this.#isBusy;
  }

  get error() {
    return this.#error;
  }

  /** The newest message that answers. */
  get newest(): number | undefined {
    return this.#seqs.at(-1);
  }

  /** Looks for something in a conversation; the last question wins. Failing is a state, not a throw. */
  async find(number: number, query: string): Promise<void> {
    if (number === this.#number && query === this.#query && !this.#error) return;
    this.#running?.abort();
    if (number !== this.#number) this.#show([], true);
    this.#number = number;
    this.#query = query;
    const running = new AbortController();
    this.#running = running;
    this.#isBusy = true;
    this.#error = undefined;
    try {
      const found = await this.#api.hits(number, query, running.signal);
      if (!running.signal.aborted) this.#show(found.hits, found.all);
    } catch (thrown) {
      if (!running.signal.aborted) this.#error = toApiError(thrown);
    } finally {
      if (!running.signal.aborted) this.#isBusy = false;
    }
  }

  /** Ends the search. */
  clear(): void {
    this.#running?.abort();
    this.#number = 0;
    this.#query = "";
    this.#isBusy = false;
    this.#error = undefined;
    this.#show([], true);
  }

  /** What to mark in a message. */
  ranges(seq: number): readonly Range[] {
    void this.#seqs; // what is marked changes with them
    return this.#ranges.get(seq) ?? [];
  }

  /** Which of the places a message is, from 1; 0 for none of them. */
  place(seq: number | undefined): number {
    return seq === undefined ? 0 : this.#seqs.indexOf(seq) + 1;
  }

  /** The next place after a message, or the one before it; from the last one on to the first. */
  step(from: number | undefined, by: 1 | -1): number | undefined {
    if (from === undefined) return by < 0 ? this.#seqs.at(-1) : this.#seqs[0];
    const next = by > 0 ? this.#seqs.find((seq) => seq > from) : this.#seqs.findLast((seq) => seq < from);
    return next ?? (by > 0 ? this.#seqs[0] : this.#seqs.at(-1));
  }

  #show(hits: readonly { seq: number; ranges: readonly Range[] }[], isAll: boolean): void {
    this.#ranges = new Map(hits.map((hit) => [hit.seq, hit.ranges]));
    this.#seqs = hits.map((hit) => hit.seq);
    this.#isAll = isAll;
  }
}
