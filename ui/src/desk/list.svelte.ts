import type { Api } from "$api/api";
import { toApiError, type ApiError } from "$api/error";
import type { Conversation, ConversationPage } from "$api/types";
import type { Change, Conversations } from "./conversations.svelte";
import { belongs, compare, placeFor, spotOf, type Query, type Spot } from "./order";

const pageSize = 50;
const mostRefreshed = 500;

/** Who is told what becomes of a list's order. */
export interface ListWatcher {
  /** Pages were read: more of them, or all of them anew. */
  loaded(): void;
  /** A row came, went or moved. */
  changed(conversation: Conversation, change: Change, isIn: boolean): void;
  /** A row's conversation is gone for good. */
  removed(number: number): void;
}

/**
 * One list: the conversations of a view under its filters, in its order, as far as they
 * were loaded: from the beginning on, or from the end upwards for who has gone there. It
 * follows every change by itself: rows come, go and move as the newest copies say, and
 * pages may come late without undoing that.
 */
export class List {
  readonly query: Query;
  #order = $state.raw<readonly Spot[]>([]);
  #numbers = $state.raw<readonly number[]>([]);
  #status = $state<"new" | "loading" | "ready" | "failed">("new");
  #error = $state.raw<ApiError | undefined>();
  #isLoadingMore = $state(false);
  #next = $state("");
  #isFromEnd = $state(false);
  /** The last spot that a page reached; what lies beyond it is not loaded yet. */
  #edge: Spot | undefined;
  /** What changed while a refresh was on its way: newer than its pages. */
  readonly #touched = new Set<number>();
  #request = 0;
  /** Whether the other end is on its way. */
  #isTurning = false;
  #watcher: ListWatcher | undefined;
  /** Whether the one who watched it has gone: nobody waits for what is looked for. */
  #isLeft = false;
  readonly #api: Api;
  readonly #conversations: Conversations;

  constructor(query: Query, api: Api, conversations: Conversations) {
    this.query = query;
    this.#api = api;
    this.#conversations = conversations;
  }

  /** The numbers of the rows, in order. */
  get numbers() {
    return this.#numbers;
  }

  /** The rows with what they stand by, in order. */
  get spots(): readonly Spot[] {
    return this.#order;
  }

  get status() {
    return this.#status;
  }

  get error() {
    return this.#error;
  }

  /** Whether there are rows after those that are loaded. */
  get hasMore() {
    return this.#next !== "" && !this.#isFromEnd;
  }

  /** Whether there are rows before them. */
  get hasBefore() {
    return this.#next !== "" && this.#isFromEnd;
  }

  /** Whether it was loaded from its end. */
  get isFromEnd() {
    return this.#isFromEnd;
  }

  get isLoadingMore() {
    return this.#isLoadingMore;
  }

  /** Tells a watcher, in place of the one before, until the returned function is called. */
  watch(watcher: ListWatcher): () => void {
    this.#watcher = watcher;
    this.#isLeft = false;
    return () => {
      if (this.#watcher !== watcher) return;
      this.#watcher = undefined;
      this.#isLeft = true;
      // Who comes back begins at the beginning.
      if (this.#isFromEnd) this.#forget();
    };
  }

  /** Loads the first page, unless that was done. */
  async open(): Promise<void> {
    if (this.#status === "new" || this.#status === "failed") await this.refresh();
  }

  /** Loads again as much as there was; rows stay on the screen meanwhile. */
  async refresh(): Promise<void> {
    const request = ++this.#request;
    this.#isTurning = false;
    this.#touched.clear();
    const wanted = Math.min(Math.max(this.#order.length, 1), mostRefreshed);
    if (this.#status !== "ready") this.#status = "loading";
    try {
      const page = await this.#gather("", wanted, request);
      if (request !== this.#request) return;
      const isGivenUp = page.conversations.length === 0 && page.next !== "";
      if (isGivenUp) this.#status = "new";
      else this.#replace(page.conversations, page.next);
    } catch (thrown) {
      if (request === this.#request) this.#fail(thrown);
    }
  }

  /** Loads the page after the last row, if there is one and none is on its way. */
  async more(): Promise<void> {
    if (this.hasMore) await this.#extend();
  }

  /** Loads the page before the first row, if there is one and none is on its way. */
  async before(): Promise<void> {
    if (this.hasBefore) await this.#extend();
  }

  /** Goes to the last row, however far: it is read from there, and what lies between is not. */
  async toEnd(): Promise<void> {
    if (this.hasMore || this.#isTurning) await this.#turn(true);
  }

  /** Goes back to the first row. */
  async toStart(): Promise<void> {
    if (this.hasBefore || this.#isTurning) await this.#turn(false);
  }

  async #turn(isFromEnd: boolean): Promise<void> {
    if (isFromEnd === this.#isFromEnd) return this.#turnBack();
    const request = ++this.#request;
    this.#touched.clear();
    this.#isTurning = true;
    try {
      const page = await this.#gather("", 1, request, isFromEnd);
      if (request !== this.#request) return;
      // A row that merely moved meanwhile joins nothing.
      const isMet = page.conversations.some(
        ({ number }) => this.#numbers.includes(number) && !this.#touched.has(number),
      );
      if (isMet) return this.#append({ ...page, next: "" });
      this.#isFromEnd = isFromEnd;
      this.#replace(page.conversations, page.next);
    } catch (thrown) {
      if (request === this.#request) this.#fail(thrown);
    } finally {
      if (request === this.#request) this.#isTurning = false;
    }
  }

  /** One has changed one's mind while the other end was on its way, in place of a refresh perhaps. */
  async #turnBack(): Promise<void> {
    this.#isTurning = false;
    await this.refresh();
  }

  async #extend(): Promise<void> {
    if (this.#isLoadingMore || this.#status !== "ready") return;
    const request = this.#request;
    this.#isLoadingMore = true;
    try {
      const page = await this.#gather(this.#next, 1, request);
      if (request === this.#request) this.#append(page);
    } catch (thrown) {
      this.#error = toApiError(thrown);
    } finally {
      this.#isLoadingMore = false;
    }
  }

  /** Follows a newer copy of a conversation. */
  follow(conversation: Conversation, change: Change): void {
    if (this.#status === "new") return;
    this.#touched.add(conversation.number);
    // Before the first page is there nobody knows where it ends: the row of what is open would
    // stand alone, and go when the page comes.
    if (this.#status !== "ready") return;
    const at = this.#order.findIndex((spot) => spot.number === conversation.number);
    const spot = this.#spot(conversation);
    const here = this.#order[at];
    if (here && spot && compare(here, spot, this.query.sort) === 0) return;
    if (!here && !spot) return;
    const order = [...this.#order];
    if (here) order.splice(at, 1);
    if (spot) order.splice(placeFor(order, spot, this.query.sort), 0, spot);
    this.#arrange(order);
    this.#watcher?.changed(conversation, change, spot !== undefined);
  }

  /** A conversation is gone for good. */
  remove(number: number): void {
    if (!this.#numbers.includes(number)) return;
    this.#arrange(this.#order.filter((spot) => spot.number !== number));
    this.#watcher?.removed(number);
  }

  /**
   * Reads pages until there are so many rows, or none are left. Where few of many fit a
   * filter a page may hold none and still have a next; it goes on while that is wanted.
   */
  async #gather(
    cursor: string,
    wanted: number,
    request: number,
    fromEnd = this.#isFromEnd,
  ): Promise<ConversationPage> {
    const read = (cursor: string) =>
      this.#api.conversations({ ...this.query, fromEnd, cursor, limit: pageSize });
    const isWanted = () => request === this.#request && !this.#isLeft;
    let page = await read(cursor);
    const conversations = [...page.conversations];
    while (page.next !== "" && conversations.length < wanted && isWanted()) {
      page = await read(page.next);
      conversations.push(...page.conversations);
    }
    return { ...page, conversations };
  }

  /** Where a conversation stands here; undefined when it does not, or is not loaded yet. */
  #spot(conversation: Conversation): Spot | undefined {
    if (!belongs(conversation, this.query)) return undefined;
    const spot = spotOf(conversation, this.query.sort);
    if (!this.#edge) return spot;
    const beyond = compare(spot, this.#edge, this.query.sort);
    return (this.#isFromEnd ? beyond < 0 : beyond > 0) ? undefined : spot;
  }

  #replace(rows: Conversation[], next: string): void {
    const touched = [...this.#touched];
    this.#reach(rows, next);
    this.#sort([...rows.map((row) => row.number), ...touched]);
    this.#status = "ready";
    this.#error = undefined;
    this.#watcher?.loaded();
  }

  #append(page: ConversationPage): void {
    this.#reach(page.conversations, page.next);
    this.#sort([...this.#order.map((spot) => spot.number), ...page.conversations.map((row) => row.number)]);
    this.#error = undefined;
    this.#watcher?.loaded();
  }

  #reach(rows: Conversation[], next: string): void {
    const last = rows.at(-1);
    this.#edge = next !== "" && last ? spotOf(last, this.query.sort) : undefined;
    this.#next = next;
    this.#conversations.putAll(rows);
  }

  /** Orders by the newest copies, which may be newer than the page that was just read. */
  #sort(numbers: number[]): void {
    const spots = [...new Set(numbers)].flatMap((number) => {
      const known = this.#conversations.known(number);
      return (known && this.#spot(known)) ?? [];
    });
    this.#arrange(spots.sort((a, b) => compare(a, b, this.query.sort)));
  }

  #arrange(order: readonly Spot[]): void {
    this.#order = order;
    this.#numbers = order.map((spot) => spot.number);
  }

  #forget(): void {
    this.#request++;
    this.#isTurning = false;
    this.#arrange([]);
    this.#edge = undefined;
    this.#next = "";
    this.#isFromEnd = false;
    this.#status = "new";
  }

  #fail(thrown: unknown): void {
    this.#error = toApiError(thrown);
    if (this.#status !== "ready") this.#status = "failed";
  }
}
