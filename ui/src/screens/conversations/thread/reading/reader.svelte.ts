import { createContext, tick } from "svelte";
import type { Thread } from "$desk/thread.svelte";
import { Room, seqOf } from "./room";

/** Within this of the end the newest message is followed. In pixels, as all that follows. */
const nearEnd = 80;
/** So much is laid out beyond either edge of the view, at least. */
const reserve = 1000;
/** What is laid out beyond so much is taken away. */
const surplus = 3000;

/** How many messages are shown at first: more than fit, mostly. */
const opening = 24;
/** How many are laid out at once when room is made. */
const stride = 12;
/** Older messages are fetched when so few are left to lay out. */
const ahead = 60;

const ringFor = 1500;
/** When nothing was scrolled for so long, in milliseconds, nobody is scrolling. */
const quiet = 150;

/**
 * Where a thread is being read: which part of its messages is laid out, whether the end is
 * followed, what has been seen. A thread may be long; only what is near the view is in the
 * page.
 */
export class Reader {
  readonly #thread: Thread;
  readonly #failed: () => void;
  #from = $state(Infinity);
  #to = $state(Infinity);
  #isAtEnd = $state(true);
  #isLost = $state(false);
  #seenTo = $state(0);
  #ringed = $state<number | undefined>();
  #hasBegun = false;
  #isPlaced = false;
  /** Where the view began when it was last looked at. */
  #top = 0;
  #room: Room | undefined;
  /** Rises with every place that is to be brought into view; the last one wins. */
  #wish = 0;
  #frame = 0;
  #ring = 0;
  #rest = 0;

  /** `failed` is told when what was to be gone to could not be had; then nothing moves. */
  constructor(thread: Thread, failed: () => void) {
    this.#thread = thread;
    this.#failed = failed;
  }

  /** The messages that are laid out. */
  readonly shown = $derived.by(() => this.#thread.between(this.#from, this.#to));

  /** Whether the newest message is among them. */
  readonly hasEnd = $derived.by(() => this.#to >= this.#thread.last && !this.#thread.hasAfter);

  /** Whether the first message of the thread's run is among them. */
  readonly hasStart = $derived.by(() => this.#from <= this.#thread.first);

  /** What came below while something else was read. */
  readonly unseen = $derived.by(() => this.#thread.arrivals.filter((seq) => seq > this.#seenTo).length);

  /** Whether the end is in view, and followed. */
  get isAtEnd() {
    return this.#isAtEnd;
  }

  /** Whether nothing is in view: one has scrolled to where nothing is laid out yet. */
  get isLost() {
    return this.#isLost;
  }

  /** The message that a link or a search led to, for a moment. */
  get ringed() {
    return this.#ringed;
  }

  /** Chooses what is shown first, as soon as the messages are there: the end, and the unread line. */
  begin(wanted: number | undefined): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#seenTo = this.#thread.last;
    if (wanted === undefined) this.#showEnd();
  }

  /** Follows an element that scrolls, until the returned function is called. */
  attach(scroller: HTMLElement): () => void {
    const room = new Room(scroller);
    this.#room = room;
    // The end stays in view while the window, or what is in it, changes its height.
    const watcher = new ResizeObserver(() => this.#isAtEnd && this.#isPlaced && room.toEnd());
    watcher.observe(scroller);
    watcher.observe(room.list);
    return () => {
      watcher.disconnect();
      cancelAnimationFrame(this.#frame);
      for (const timer of [this.#ring, this.#rest]) clearTimeout(timer);
      this.#room = undefined;
    };
  }

  /** Before the lines change: remembers what is in view. */
  hold(): void {
    if (this.#isPlaced) this.#room?.remember();
  }

  /** After the lines changed: what was in view still is, or the end. */
  settle(): void {
    const room = this.#room;
    if (!room || this.shown.length === 0) return;
    if (!this.#isPlaced) this.#place(room);
    else room.restore();
    this.#giveSpaceBehind(room);
    if (this.#isAtEnd) room.toEnd();
    this.#lookSoon();
  }

  /** The reader may have scrolled: takes note of what is in view, and makes room around it. */
  look(): void {
    const room = this.#room;
    if (!room || !this.#isPlaced) return;
    const { above, below, view, top } = room;
    // Who did not scroll up has not left the end: the view has become lower, and follows soon.
    const isKept = this.#isAtEnd && top >= this.#top;
    this.#top = top;
    this.#isAtEnd = this.hasEnd && (below <= nearEnd || isKept);
    this.#thread.isFollowed = this.#isAtEnd;
    if (this.#isAtEnd) this.#seenTo = Math.max(this.#thread.last, this.#thread.arrivals.at(-1) ?? 0);
    this.#isLost = above < -view || below < -view;
    if (!this.#isLost) {
      this.#makeRoomAbove(room, above);
      this.#makeRoomBelow(room, below);
    }
    clearTimeout(this.#rest);
    this.#rest = Number(setTimeout(() => this.#atRest(), quiet));
  }

  /** Brings a message to 30 % of the height, with a ring around it for a moment. */
  async reach(seq: number): Promise<void> {
    this.#hasBegun = true;
    const wish = ++this.#wish;
    const isThere = await this.#thread.reach(seq);
    if (wish !== this.#wish) return;
    if (!isThere) return this.#stayHere();
    await this.#bring(seq);
    if (wish === this.#wish) this.#mark(seq);
  }

  /** Goes to the first message at or after a moment. */
  async reachMoment(at: number): Promise<void> {
    const wish = ++this.#wish;
    const seq = await this.#thread.reachMoment(at);
    if (wish !== this.#wish) return;
    if (seq === undefined) return this.#stayHere();
    await this.#bring(seq);
    if (wish === this.#wish) this.#mark(seq);
  }

  /** Goes to the newest message. */
  async latest(): Promise<void> {
    const wish = ++this.#wish;
    await this.#thread.latest();
    if (wish !== this.#wish) return;
    this.#showEnd();
    this.#isAtEnd = true;
    await tick();
    const room = this.#room;
    if (!room || wish !== this.#wish) return;
    // At once, not at rest: the scroll bar may be pulled before.
    room.before = this.#spaceBefore(room);
    room.toEnd();
    this.look();
  }

  /** Lets go of the end: what grows there is read from its beginning. */
  stay(): void {
    this.#isAtEnd = false;
    this.#lookSoon();
  }

  #showEnd(): void {
    const { last, unreadFrom } = this.#thread;
    const first = last - opening + 1;
    // Two before the line, so that it is seen for what it is.
    this.#from = Math.max(1, unreadFrom === undefined ? first : Math.min(first, unreadFrom - 2));
    this.#to = Infinity;
  }

  /** What was to be gone to could not be had. Who is nowhere yet begins at the end. */
  #stayHere(): void {
    if (!this.#isPlaced) this.#showEnd();
    this.#failed();
  }

  #showAround(seq: number): void {
    this.#isAtEnd = false;
    this.#from = Math.max(1, seq - opening / 2);
    this.#to = seq + opening / 2;
  }

  async #bring(wanted: number): Promise<void> {
    const { first, last } = this.#thread;
    const seq = Math.min(Math.max(wanted, first), last);
    const isHere = this.#isPlaced && seq >= this.#from && seq <= this.#to;
    if (!isHere) this.#showAround(seq);
    this.#isAtEnd = false;
    await tick();
    const room = this.#room;
    const line = this.#lineOf(seq);
    if (!room || !line) return;
    if (!isHere) room.before = this.#spaceBefore(room);
    room.bring(line, 0.3);
    this.look();
  }

  #mark(seq: number): void {
    this.#ringed = seq;
    clearTimeout(this.#ring);
    this.#ring = Number(setTimeout(() => (this.#ringed = undefined), ringFor));
  }

  /** The line that holds a message: the last one that does not begin after it. */
  #lineOf(seq: number): HTMLElement | undefined {
    return this.#room?.lines.findLast((line) => seqOf(line) <= seq);
  }

  /** A thread opens at its unread line, or at its end. */
  #place(room: Room): void {
    this.#isPlaced = true;
    room.before = this.#spaceBefore(room);
    if (!room.toElement("[data-testid=unread-line]")) room.toEnd();
    this.#isAtEnd = this.hasEnd && room.below <= nearEnd;
  }

  /** In the next frame: what was asked for is painted first. */
  #lookSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.look());
  }

  #makeRoomAbove(room: Room, above: number): void {
    const thread = this.#thread;
    const first = this.shown[0]?.seq ?? 0;
    if (above < reserve && first > thread.first) this.#from = Math.max(thread.first, first - stride);
    else if (above > surplus) this.#from = this.#firstKept(room) ?? this.#from;
    const isNear = first - thread.first < ahead && above < surplus;
    if (isNear && !thread.hasBeforeFailed) void thread.before();
  }

  #makeRoomBelow(room: Room, below: number): void {
    const thread = this.#thread;
    const last = this.shown.at(-1)?.seq ?? 0;
    if (below < reserve && last < thread.last) this.#to = last + stride;
    else if (below > surplus) this.#to = this.#lastKept(room) ?? this.#to;
    if (this.#to >= thread.last && !thread.hasAfter) this.#to = Infinity;
    if (thread.last - last < ahead && below < surplus && thread.hasAfter && !thread.hasAfterFailed)
      void thread.after();
  }

  #firstKept(room: Room): number | undefined {
    const edge = room.top - reserve;
    const line = room.lines.find((line) => line.offsetTop + line.offsetHeight > edge);
    return line && seqOf(line);
  }

  #lastKept(room: Room): number | undefined {
    const edge = room.top + room.view + reserve;
    const line = room.lines.findLast((line) => line.offsetTop < edge);
    return line && seqOf(line);
  }

  /** How high the messages before those laid out are, more or less. */
  #spaceBefore(room: Room): number {
    if (this.hasStart && !this.#thread.hasBefore) return 0;
    return ((this.shown[0]?.seq ?? 1) - 1) * room.average;
  }

  #giveSpaceBehind(room: Room): void {
    const left = this.hasEnd ? 0 : this.#thread.newest - (this.shown.at(-1)?.seq ?? 0);
    room.behind = left * room.average;
  }

  /** Nobody scrolls: the space may become what it should be, and one who is lost is led on. */
  #atRest(): void {
    const room = this.#room;
    if (!room) return;
    if (this.#isLost) return void this.#find(room);
    const due = this.#spaceBefore(room);
    const isOff = due === 0 ? room.before > 0 : room.before < surplus || room.before > 2 * due;
    if (isOff) room.before = due;
  }

  /** Lays out what belongs where one has scrolled to. */
  async #find(room: Room): Promise<void> {
    const { above, below, average, top } = room;
    const away = above < 0 ? above : -below;
    const [first, last] = [this.shown[0]?.seq ?? 1, this.shown.at(-1)?.seq ?? 1];
    const guess = (above < 0 ? first : last) + Math.round(away / average);
    const wanted = Math.min(Math.max(1, guess), this.#thread.newest);
    const wish = ++this.#wish;
    const isThere = await this.#thread.reach(wanted);
    if (wish !== this.#wish) return;
    if (!isThere) this.#failed();
    // What can't be had: the nearest that there is.
    const seq = isThere ? wanted : Math.min(Math.max(wanted, this.#thread.first), this.#thread.last);
    if (this.#room !== room || room.top !== top) return this.look();
    this.#showAround(seq);
    await tick();
    const line = this.#lineOf(seq);
    if (line) room.lay(line, 0.3);
    this.look();
  }
}

export const [useReader, provideReader] = createContext<Reader>();
