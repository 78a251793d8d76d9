import { toApiError } from "$api/error";

/** A page of a list that goes on. */
export interface Page<T> {
  items: readonly T[];
  /** The cursor of the next page; empty at the end. */
  next: string;
}

/**
 * A list that is loaded by itself, page by page. What is there stays while it is looked
 * for anew, and when that fails.
 */
export class Part<T> {
  #items = $state.raw<readonly T[] | undefined>();
  #next = $state("");
  #fault = $state<string | undefined>();
  #isLoading = $state(false);
  /** Whether it was a further page that the last look asked for. */
  #wasMore = false;
  /** Rises with every first page, so that an older answer does not undo a newer one. */
  #turn = 0;
  readonly #read: (cursor: string) => Promise<Page<T>>;

  constructor(read: (cursor: string) => Promise<Page<T>>) {
    this.#read = read;
  }

  /** Undefined until loaded. */
  get items() {
    return this.#items;
  }

  get hasMore() {
    return this.#next !== "";
  }

  /** Why the last look failed: an ApiError's code. */
  get fault() {
    return this.#fault;
  }

  get isLoading() {
    return this.#isLoading;
  }

  /** Loads the first page. */
  async load(): Promise<void> {
    await this.#take("", () => []);
  }

  /** Loads the next page. */
  async more(): Promise<void> {
    if (this.hasMore && !this.#isLoading) await this.#take(this.#next, () => this.#items ?? []);
  }

  /** Tries again what failed. */
  retry(): Promise<void> {
    return this.#wasMore ? this.more() : this.load();
  }

  /** Puts one first, that was made here. */
  prepend(item: T): void {
    this.#items = [item, ...(this.#items ?? [])];
  }

  async #take(cursor: string, before: () => readonly T[]): Promise<void> {
    const turn = ++this.#turn;
    this.#wasMore = cursor !== "";
    this.#isLoading = true;
    try {
      const page = await this.#read(cursor);
      if (turn !== this.#turn) return;
      this.#items = [...before(), ...page.items];
      this.#next = page.next;
      this.#fault = undefined;
    } catch (thrown) {
      if (turn === this.#turn) this.#fault = toApiError(thrown).code;
    } finally {
      if (turn === this.#turn) this.#isLoading = false;
    }
  }
}
