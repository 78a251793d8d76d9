import { untrack } from "svelte";
import type { Conversation } from "$api/types";
import type { Change } from "./conversations.svelte";
import type { List } from "./list.svelte";

/** How long a row that somebody else took out of the list stays, with the reason. */
const farewell = 4000;

/** The least time from one following of the order to the next: in a rush rows move together. */
const calm = 1000;

/** A row that has left the list and is still to be seen. */
export interface Leaving {
  before: Conversation | undefined;
  now: Conversation;
}

/** A row that has gone by something done at this page. */
export interface Left extends Leaving {
  /** What stood after it and before it. */
  next: number | undefined;
  previous: number | undefined;
}

/**
 * A list as it is seen: its rows stay where they are while somebody is at them, and follow
 * the list's order when they may. What a row says is always new; only its place waits.
 */
export class Shown {
  readonly list: List;
  #rows = $state.raw<readonly number[]>([]);
  #waiting = $state.raw<ReadonlySet<number>>(new Set());
  #leaving = $state.raw<ReadonlyMap<number, Leaving>>(new Map());
  /** Those whose time is over. */
  readonly #due = new Set<number>();
  readonly #timers = new Map<number, number>();
  /** Where the rows stood by when they were last put in order. */
  #spots: ReadonlyMap<number, number> = new Map();
  #mayMove = $state(true);
  #mayClose = true;
  #settledAt = -Infinity;
  #settling = 0;
  readonly #left: (left: Left) => void;

  /** The last is told when a row goes by something done at this page. */
  constructor(list: List, left: (left: Left) => void) {
    this.list = list;
    this.#left = left;
    this.settle();
  }

  /** The numbers of the rows, in the order in which they are seen. */
  get rows(): readonly number[] {
    return this.#rows;
  }

  /** How many rows would come or move, and may not. */
  get updates(): number {
    return this.#mayMove ? 0 : this.#waiting.size;
  }

  /** What has become of a row that is about to go. */
  leaving(number: number): Leaving | undefined {
    return this.#leaving.get(number);
  }

  /** Follows the list until the returned function is called. */
  run(): () => void {
    const stop = this.list.watch({
      loaded: () => this.#loaded(),
      changed: (conversation, change, isIn) =>
        isIn ? this.#changed(conversation.number, change.isOwn) : this.#gone(conversation, change),
      removed: (number) => this.#removed(number),
    });
    untrack(() => this.#loaded());
    return () => {
      stop();
      clearTimeout(this.#settling);
      // Nobody sees them go: when the list is shown again, they have gone.
      this.#close([...this.#leaving.keys()]);
    };
  }

  /** Says whether rows may move now, and whether those whose time is over may go. */
  allow(mayMove: boolean, mayClose: boolean): void {
    this.#mayMove = mayMove;
    this.#mayClose = mayClose;
    untrack(() => {
      if (mayMove && this.#waiting.size > 0) this.#follow();
      if (mayClose) this.#close([...this.#due]);
    });
  }

  /** Follows the order now. Rows about to go stay by their neighbours until they do. */
  settle(): void {
    const rows = [...this.list.numbers];
    for (const [at, number] of this.#rows.entries()) {
      if (!this.#leaving.has(number)) continue;
      const before = this.#rows.slice(0, at).findLast((other) => rows.includes(other));
      rows.splice(before === undefined ? 0 : rows.indexOf(before) + 1, 0, number);
    }
    clearTimeout(this.#settling);
    this.#settledAt = performance.now();
    this.#rows = rows;
    this.#waiting = new Set();
    this.#spots = new Map(this.list.spots.map((spot) => [spot.number, spot.at]));
  }

  /** Lets go of a row that is about to leave, since nobody is at it any more. */
  release(number: number): void {
    if (!this.#leaving.has(number)) return;
    this.#due.add(number);
    if (this.#mayClose) this.#close([number]);
  }

  #loaded(): void {
    const known = new Set(this.#rows);
    const listed = new Set(this.list.numbers);
    const isHeld = !this.#mayMove && this.#rows.some((number) => listed.has(number));
    if (!isHeld) return this.settle();
    // What a page brings comes at once, before the rows or behind them.
    const start = this.list.isFromEnd ? this.list.numbers.findIndex((number) => known.has(number)) : 0;
    const end = this.list.numbers.findLastIndex((number) => known.has(number)) + 1;
    const stay = this.#rows.filter((number) => listed.has(number) || this.#leaving.has(number));
    this.#rows = [...this.list.numbers.slice(0, start), ...stay, ...this.list.numbers.slice(end)];
    const spots = new Map(this.#spots);
    const waiting = new Set<number>();
    for (const [at, spot] of this.list.spots.entries()) {
      if (at < start || at >= end) spots.set(spot.number, spot.at);
      else if (spots.get(spot.number) !== spot.at) waiting.add(spot.number);
    }
    this.#spots = spots;
    this.#waiting = waiting;
  }

  /** A row came or moved; what comes back by what is done here comes at once. */
  #changed(number: number, isOwn: boolean): void {
    if (this.#leaving.has(number)) this.#forget([number]);
    const isThere = this.#rows.includes(number);
    const spot = this.list.spots.find((spot) => spot.number === number);
    if (isThere && spot?.at === this.#spots.get(number)) return;
    this.#wait(number, true);
    if (this.#rows.length === 0 || (isOwn && !isThere)) this.settle();
    else if (this.#mayMove) this.#follow();
    else if (this.#isInPlace()) this.settle();
  }

  /** Whether following the order now would move nothing: the first row stays first when it is written to. */
  #isInPlace(): boolean {
    const rows = this.#rows.filter((number) => !this.#leaving.has(number));
    const { numbers } = this.list;
    return rows.length === numbers.length && rows.every((number, at) => number === numbers[at]);
  }

  /** Follows the order, now or as soon as the last time is long enough ago. */
  #follow(): void {
    clearTimeout(this.#settling);
    const pause = this.#settledAt + calm - performance.now();
    if (pause <= 0) this.settle();
    else this.#settling = Number(setTimeout(() => this.#mayMove && this.settle(), pause));
  }

  #gone(now: Conversation, { before, isOwn }: Change): void {
    const number = now.number;
    this.#wait(number, false);
    const at = this.#rows.indexOf(number);
    if (at < 0) return;
    if (isOwn) {
      const [previous, next] = [this.#rows[at - 1], this.#rows[at + 1]];
      this.#close([number]);
      return this.#left({ before, now, next, previous });
    }
    this.#leaving = new Map(this.#leaving).set(number, { before, now });
    clearTimeout(this.#timers.get(number));
    this.#timers.set(number, Number(setTimeout(() => this.release(number), farewell)));
  }

  /** There is nothing left to say why. */
  #removed(number: number): void {
    this.#wait(number, false);
    this.#close([number]);
  }

  #wait(number: number, isWaiting: boolean): void {
    const waiting = new Set(this.#waiting);
    if (isWaiting) waiting.add(number);
    else waiting.delete(number);
    this.#waiting = waiting;
  }

  #close(numbers: readonly number[]): void {
    if (numbers.length === 0) return;
    const gone = new Set(numbers);
    this.#rows = this.#rows.filter((number) => !gone.has(number));
    this.#forget(numbers);
  }

  /** They leave no more: gone, or back. */
  #forget(numbers: readonly number[]): void {
    const leaving = new Map(this.#leaving);
    for (const number of numbers) {
      leaving.delete(number);
      clearTimeout(this.#timers.get(number));
      this.#timers.delete(number);
      this.#due.delete(number);
    }
    this.#leaving = leaving;
  }
}
