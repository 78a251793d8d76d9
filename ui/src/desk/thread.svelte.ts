import type { Api } from "$api/api";
import { toApiError, type ApiError } from "$api/error";
import type { Message } from "$api/types";
import type { Conversations } from "./conversations.svelte";

const pageSize = 50;

/** How many messages are held at once; going on in one direction lets go of the other end. */
const most = 300;

/**
 * The messages of one conversation, as far as they are loaded: always a run without
 * gaps. New ones join at its end as they happen, unless the run was moved into the past.
 */
export class Thread {
  readonly number: number;
  #messages = $state.raw<readonly Message[]>([]);
  #status = $state<"new" | "loading" | "ready" | "failed">("new");
  #error = $state.raw<ApiError | undefined>();
  #hasBefore = $state(false);
  #hasAfter = $state(false);
  #isLoadingBefore = $state(false);
  #isLoadingAfter = $state(false);
  #unreadFrom = $state<number | undefined>();
  #load: Promise<void> | undefined;
  #isStale = false;
  /** What came while the first page was on its way, which may be older than that. */
  #early: Message[] = [];
  readonly #api: Api;
  readonly #conversations: Conversations;

  constructor(number: number, api: Api, conversations: Conversations) {
    this.number = number;
    this.#api = api;
    this.#conversations = conversations;
  }

  get messages() {
    return this.#messages;
  }

  get status() {
    return this.#status;
  }

  get error() {
    return this.#error;
  }

  get hasBefore() {
    return this.#hasBefore;
  }

  get hasAfter() {
    return this.#hasAfter;
  }

  get isLoadingBefore() {
    return this.#isLoadingBefore;
  }

  /** The first message that was unread when the thread was opened. */
  get unreadFrom() {
    return this.#unreadFrom;
  }

  get #first() {
    return this.#messages[0]?.seq ?? 0;
  }

  get #last() {
    return this.#messages.at(-1)?.seq ?? 0;
  }

  /** Loads the newest messages unless they are there. Failing is a status, not a throw. */
  open(): Promise<void> {
    if (this.#status === "ready" && !this.#isStale) return Promise.resolve();
    return (this.#load ??= this.#openAnew().finally(() => (this.#load = undefined)));
  }

  /** Says that changes may have been missed: the next opening loads again. */
  expire(): void {
    this.#isStale = true;
  }

  /** Places the unread line by what is unread now. */
  placeUnreadLine(): void {
    let unread = this.#conversations.known(this.number)?.unread ?? 0;
    this.#unreadFrom = undefined;
    for (const message of [...this.#messages].reverse()) {
      if (unread === 0) break;
      if (message.kind !== "customer") continue;
      this.#unreadFrom = message.seq;
      unread--;
    }
  }

  /** Takes a message that happened now; where some before it are missing, gets them first. */
  async receive(message: Message): Promise<void> {
    if (this.#status === "loading") this.#early.push(message);
    if (this.#status !== "ready" || this.#hasAfter || message.seq <= this.#last) return;
    if (message.seq === this.#last + 1) this.#append([message]);
    else await this.after();
  }

  /** Loads the page before the first message. */
  async before(): Promise<void> {
    if (!this.#hasBefore || this.#isLoadingBefore) return;
    this.#isLoadingBefore = true;
    try {
      const page = await this.#api.messages(this.number, { before: this.#first, limit: pageSize });
      const older = page.messages.filter((message) => message.seq < this.#first);
      const all = [...older, ...this.#messages];
      this.#messages = all.slice(0, most);
      this.#hasBefore = page.before;
      if (all.length > most) this.#hasAfter = true;
    } catch (thrown) {
      this.#error = toApiError(thrown);
    } finally {
      this.#isLoadingBefore = false;
    }
  }

  /** Loads the page after the last message. */
  async after(): Promise<void> {
    if (this.#isLoadingAfter) return;
    this.#isLoadingAfter = true;
    try {
      const page = await this.#api.messages(this.number, { after: this.#last, limit: pageSize });
      this.#hasAfter = page.after;
      this.#append(page.messages);
    } catch (thrown) {
      this.#error = toApiError(thrown);
    } finally {
      this.#isLoadingAfter = false;
    }
    if (this.#last < (this.#conversations.known(this.number)?.last_seq ?? 0)) this.#hasAfter = true;
  }

  /** Makes sure that a message is among the loaded ones. */
  async reach(seq: number): Promise<void> {
    if (seq >= this.#first && seq <= this.#last) return;
    try {
      const page = await this.#api.messages(this.number, { around: seq, limit: pageSize });
      this.#show(page.messages, page.before, page.after);
    } catch (thrown) {
      this.#error = toApiError(thrown);
    }
  }

  /** Goes back to the newest messages. */
  async latest(): Promise<void> {
    if (!this.#hasAfter) return;
    this.#isStale = true;
    await this.open();
  }

  async #openAnew(): Promise<void> {
    if (this.#status !== "ready") this.#status = "loading";
    try {
      const opened = await this.#api.open(this.number);
      this.#conversations.put(opened.conversation);
      this.#show(opened.messages, opened.before, false);
      this.#isStale = false;
      for (const message of this.#early.splice(0)) void this.receive(message);
    } catch (thrown) {
      this.#error = toApiError(thrown);
      if (this.#status !== "ready") this.#status = "failed";
    }
  }

  /**
   * Takes over a page. What was loaded stays where the page joins it, so that scrolling
   * is not thrown back; otherwise the page replaces it.
   */
  #show(messages: readonly Message[], before: boolean, after: boolean): void {
    const [first, last] = [messages[0]?.seq ?? 0, messages.at(-1)?.seq ?? 0];
    const kept = this.#messages.filter((message) => message.seq < first);
    const joins = kept.at(-1)?.seq === first - 1 && !after && !this.#hasAfter;
    const newer = this.#messages.filter((message) => message.seq > last && !after);
    const follows = newer[0]?.seq === last + 1;
    this.#messages = [...(joins ? kept : []), ...messages, ...(follows ? newer : [])];
    if (!joins) this.#hasBefore = before;
    this.#hasAfter = after;
    this.#status = "ready";
    this.#error = undefined;
  }

  #append(messages: readonly Message[]): void {
    const newer = messages.filter((message) => message.seq > this.#last);
    if (newer.length === 0) return;
    const all = [...this.#messages, ...newer];
    this.#messages = all.length > most * 2 ? all.slice(-most) : all;
    if (this.#messages.length < all.length) this.#hasBefore = true;
  }
}
