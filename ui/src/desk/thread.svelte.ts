import type { Api } from "$api/api";
import { ApiError, toApiError } from "$api/error";
import type { Message } from "$api/types";
import type { Conversations } from "./conversations.svelte";

const pageSize = 50;

/** How many messages are held at once; going on in one direction lets go of the other end. */
const most = 500;

/**
 * The messages of one conversation, as far as they are loaded: always a run without
 * gaps. New ones join at its end as they happen, unless the run was moved into the past,
 * or is full while somebody reads elsewhere in it.
 */
export class Thread {
  readonly number: number;
  /** Whether its end is what is being read: then the run may let go of its start. */
  isFollowed = true;
  #messages = $state.raw<readonly Message[]>([]);
  #status = $state<"new" | "loading" | "ready" | "failed">("new");
  #error = $state.raw<ApiError | undefined>();
  #hasBefore = $state(false);
  #hasAfter = $state(false);
  #isLoadingBefore = $state(false);
  #isLoadingAfter = $state(false);
  #hasBeforeFailed = $state(false);
  #hasAfterFailed = $state(false);
  #unreadFrom = $state<number | undefined>();
  #arrivals = $state.raw<readonly number[]>([]);
  #load: Promise<void> | undefined;
  #isStale = false;
  /** Rises when an end of the run is no longer where it was: what was asked for from there is not wanted. */
  #run = 0;
  /** Rises with every wish to be somewhere; the last one wins. */
  #wish = 0;
  /** Whether what is loaded may be of another state of the data: nothing of it goes with what comes. */
  #isDoubted = false;
  /** Whether the unread line waits for the messages. */
  #isLineDue = false;
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

  /** Whether older messages were asked for in vain; they are not asked for again unbidden. */
  get hasBeforeFailed() {
    return this.#hasBeforeFailed;
  }

  /** Whether newer messages were asked for in vain; a new message, or a connection that returns, asks again. */
  get hasAfterFailed() {
    return this.#hasAfterFailed;
  }

  /** The first message that was unread when the thread was entered. */
  get unreadFrom() {
    return this.#unreadFrom;
  }

  /** The messages that came since the thread was entered, loaded or not, events left out. */
  get arrivals() {
    return this.#arrivals;
  }

  /** The seq of the first message of the run; 0 while there is none. */
  get first() {
    return this.#messages[0]?.seq ?? 0;
  }

  /** The seq of the last message of the run; 0 while there is none. */
  get last() {
    return this.#messages.at(-1)?.seq ?? 0;
  }

  /** The seq of the newest message that is known of, loaded or not. */
  get newest() {
    return Math.max(this.last, this.#conversations.get(this.number)?.last_seq ?? 0);
  }

  /** The messages of the run from one seq to another, both included. */
  between(from: number, to: number): readonly Message[] {
    const start = Math.max(0, from - this.first);
    return this.#messages.slice(start, Math.max(start, to - this.first + 1));
  }

  /** Opens the thread for reading: draws the unread line and counts arrivals from here. */
  enter(): Promise<void> {
    this.#wish++;
    if (this.#hasAfter) this.#forget();
    this.#arrivals = [];
    this.isFollowed = true;
    this.#isLineDue = this.#status !== "ready" || this.#isStale;
    if (!this.#isLineDue) this.#placeUnreadLine();
    return this.open();
  }

  /** Loads the newest messages unless they are there. Failing is a status, not a throw. */
  open(): Promise<void> {
    if (this.#status === "ready" && !this.#isStale) return Promise.resolve();
    return (this.#load ??= this.#openAnew().finally(() => (this.#load = undefined)));
  }

  /** Whether it could not be loaded for a reason that may have passed. */
  get isAwaited(): boolean {
    return this.#status === "failed" && this.#error?.code !== "not_found";
  }

  /** Says that changes may have been missed: the next opening loads again. */
  expire(): void {
    this.#isStale = true;
  }

  /** The data may be other ones now: what comes next takes the place of everything here. */
  mistrust(): void {
    this.#isDoubted = true;
    this.expire();
  }

  /** The conversation is gone for good. */
  remove(): void {
    this.#wish++;
    this.#leaveRun();
    this.#messages = [];
    this.#hasBefore = this.#hasAfter = false;
    this.#error = new ApiError("not_found", 404);
    this.#status = "failed";
  }

  /** Reading begins at the end, and a run in the past does not reach it. */
  #forget(): void {
    this.#leaveRun();
    this.#messages = [];
    this.#status = "new";
    this.#hasAfter = false;
  }

  #leaveRun(): void {
    this.#run++;
    this.#isLoadingBefore = this.#isLoadingAfter = this.#hasBeforeFailed = false;
  }

  #placeUnreadLine(): void {
    this.#isLineDue = false;
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
    if (this.#status === "loading" || (this.#isDoubted && this.#load)) this.#early.push(message);
    if (this.#status !== "ready" || this.#isDoubted) return;
    if (message.seq <= this.last) return this.#card(message);
    this.#notice(message);
    if (this.#hasAfter) return;
    if (this.#messages.length >= most && !this.isFollowed) this.#hasAfter = true;
    else if (message.seq === this.last + 1) this.#append([message]);
    else await this.after();
  }

  /** A message never changes, but for the cards of its links, which come later. */
  #card(message: Message): void {
    const at = message.seq - this.first;
    const known = this.#messages[at];
    if (!known || (message.cards?.length ?? 0) <= (known.cards?.length ?? 0)) return;
    this.#messages = this.#messages.with(at, message);
  }

  #notice(message: Message): void {
    if (message.kind === "event" || message.seq <= (this.#arrivals.at(-1) ?? 0)) return;
    this.#arrivals = [...this.#arrivals, message.seq];
  }

  /** Loads the page before the first message. */
  async before(): Promise<void> {
    if (!this.#hasBefore || this.#isLoadingBefore) return;
    const run = this.#run;
    this.#isLoadingBefore = true;
    this.#hasBeforeFailed = false;
    try {
      const page = await this.#api.messages(this.number, { before: this.first, limit: pageSize });
      if (run === this.#run) this.#prepend(page.messages, page.before);
    } catch (thrown) {
      if (run !== this.#run) return;
      this.#error = toApiError(thrown);
      this.#hasBeforeFailed = true;
    } finally {
      if (run === this.#run) this.#isLoadingBefore = false;
    }
  }

  /** Loads the page after the last message. */
  async after(): Promise<void> {
    if (this.#isLoadingAfter) return;
    const run = this.#run;
    this.#isLoadingAfter = true;
    this.#hasAfterFailed = false;
    try {
      const page = await this.#api.messages(this.number, { after: this.last, limit: pageSize });
      if (run !== this.#run) return;
      this.#hasAfter = page.after;
      this.#append(page.messages);
    } catch (thrown) {
      if (run === this.#run) {
        this.#error = toApiError(thrown);
        this.#hasAfterFailed = true;
      }
    } finally {
      if (run === this.#run) this.#isLoadingAfter = false;
      this.#noteMissing();
    }
  }

  /** Makes sure that a message is among the loaded ones. False: it could not be had. */
  async reach(seq: number): Promise<boolean> {
    if (seq < this.first || seq > this.last) return this.#go({ around: seq });
    this.#wish++;
    return true;
  }

  /** Goes to a moment; gives the first message at or after it, or the last one. Undefined: it could not be had. */
  async reachMoment(at: number): Promise<number | undefined> {
    if (!(await this.#go({ at: new Date(at).toISOString() }))) return undefined;
    return this.#messages.find((message) => Date.parse(message.at) >= at)?.seq ?? this.last;
  }

  /** False when it could not be had. What is no longer wished for by then is as good as had. */
  async #go(where: { around: number } | { at: string }): Promise<boolean> {
    const wish = ++this.#wish;
    try {
      const page = await this.#api.messages(this.number, { ...where, limit: pageSize });
      if (wish === this.#wish) this.#show(page.messages, page.before, page.after);
      return true;
    } catch (thrown) {
      if (wish !== this.#wish) return true;
      this.#error = toApiError(thrown);
      return false;
    }
  }

  /** The connection is back: what could not be had without it is looked for again. */
  hurry(): void {
    if (this.isAwaited) void this.open();
    if (this.#hasBeforeFailed) void this.before();
    if (this.#hasAfterFailed) void this.after();
  }

  /** Goes back to the newest messages. */
  async latest(): Promise<void> {
    const wish = ++this.#wish;
    await this.#load;
    if (this.#hasAfter && wish === this.#wish) await this.#openAnew(wish);
  }

  /** Loads the newest messages. A run in the past stays, unless the end is still wished for. */
  async #openAnew(wish?: number): Promise<void> {
    if (this.#status !== "ready") this.#status = "loading";
    try {
      const opened = await this.#api.open(this.number);
      this.#conversations.put(opened.conversation);
      const isRead = this.#hasAfter && wish !== this.#wish && !this.#isDoubted;
      if (!isRead) this.#show(opened.messages, opened.before, false);
      this.#isStale = false;
      if (this.#isLineDue) this.#placeUnreadLine();
      for (const message of this.#early.splice(0)) void this.receive(message);
      this.#noteMissing();
    } catch (thrown) {
      this.#error = toApiError(thrown);
      if (this.#error.code === "not_found") {
        this.#conversations.remove(this.number);
        this.remove();
      } else if (this.#status !== "ready") this.#status = "failed";
    }
  }

  /**
   * Takes over a page. What was loaded stays where the page joins it, so that scrolling
   * is not thrown back; otherwise the page replaces it.
   */
  #show(messages: readonly Message[], before: boolean, after: boolean): void {
    if (this.#isDoubted) this.#forgetAll();
    const [first, last] = [messages[0]?.seq ?? 0, messages.at(-1)?.seq ?? 0];
    const kept = this.#messages.filter((message) => message.seq < first);
    const joins = kept.at(-1)?.seq === first - 1 && !after && !this.#hasAfter;
    const newer = this.#messages.filter((message) => message.seq > last && !after);
    const follows = newer[0]?.seq === last + 1;
    this.#leaveRun();
    this.#messages = [...(joins ? kept : []), ...messages, ...(follows ? newer : [])];
    if (!joins) this.#hasBefore = before;
    this.#hasAfter = after;
    this.#status = "ready";
    this.#error = undefined;
  }

  #prepend(older: readonly Message[], hasBefore: boolean): void {
    const all = [...older, ...this.#messages];
    this.#messages = all.slice(0, most);
    this.#hasBefore = hasBefore;
    if (all.length === this.#messages.length) return;
    this.#hasAfter = true;
    this.#leaveRun();
  }

  #forgetAll(): void {
    this.#isDoubted = false;
    this.#messages = [];
    this.#hasAfter = false;
    this.#arrivals = [];
  }

  #append(messages: readonly Message[]): void {
    const newer = messages.filter((message) => message.seq > this.last);
    if (newer.length === 0) return;
    const all = [...this.#messages, ...newer];
    this.#messages = all.slice(-most);
    if (all.length === this.#messages.length) return;
    this.#hasBefore = true;
    this.#leaveRun();
  }

  /** What is known of and not among the messages can be had after them. */
  #noteMissing(): void {
    if (this.#status === "ready" && this.last < this.newest) this.#hasAfter = true;
  }
}
