import { tick } from "svelte";
import type { Conversations } from "$desk/conversations.svelte";
import type { Selection } from "$desk/selection.svelte";
import { afterPaint } from "$kit/afterPaint";
import type VirtualRows from "$kit/VirtualRows.svelte";

/** Steps this soon after one another leave one entry in the history. */
const quick = 600;

/** Steps this soon after one another only pass: what they come to is opened once one rests there. */
const passing = 300;
const rest = 250;

/** How far around the place where one rests threads are fetched ahead. */
const sight = 2;

/** What a walk goes by; each is asked anew at every step. */
export interface Ground {
  /** The rows, in the order in which they are seen. */
  rows: () => readonly number[];
  /** The conversation that is open. */
  open: () => number | undefined;
  /** Whether a step also opens what it comes to, beside the list. */
  isBeside: () => boolean;
  /** Opens a conversation; in place of the one before, where one only passes. */
  show: (number: number, isPassing: boolean) => void;
  /** Loads what the list ends with, or begins with. */
  reach: (isEnd: boolean) => Promise<void>;
  /** Fetches what is likely to be opened next. */
  foresee: (number: number) => void;
}

/** Moving through the list, by keys. */
export class Walk {
  /** The list on the screen. */
  rows = $state<VirtualRows<number>>();
  #movedAt = -Infinity;
  #steppedAt = -Infinity;
  /** Counts what was asked for by keys. */
  #moves = 0;
  /** Where the last step leads, until it is there. */
  #awaited: { arrive: () => void; callOff: () => void } | undefined;
  readonly #ground: Ground;
  readonly #conversations: Conversations;
  readonly #selection: Selection;

  constructor(ground: Ground, conversations: Conversations, selection: Selection) {
    this.#ground = ground;
    this.#conversations = conversations;
    this.#selection = selection;
  }

  /** Opens a conversation. Quick steps after one another are one. */
  show(number: number): void {
    this.#awaited?.callOff();
    const isQuick = performance.now() - this.#movedAt < quick;
    this.#movedAt = performance.now();
    this.#ground.show(number, isQuick);
  }

  /** Where the list is being read: the focused row, else the open conversation; -1 for nowhere. */
  place(): number {
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset["number"] : undefined;
    return this.#ground.rows().indexOf(focused ? Number(focused) : (this.#ground.open() ?? -1));
  }

  /** What comes after a conversation in the list. */
  after(number: number): number | undefined {
    const rows = this.#ground.rows();
    return rows[rows.indexOf(number) + 1];
  }

  async focus(index: number): Promise<boolean> {
    const to = this.#ground.rows()[index];
    if (to === undefined) return false;
    this.rows?.reveal(index);
    await tick();
    document.querySelector<HTMLElement>(`[data-number="${to}"]`)?.focus({ preventScroll: true });
    return true;
  }

  /** Brings the focus to where the list is being read, or to its beginning. */
  enter(): void {
    void this.focus(Math.max(0, this.place()));
  }

  /**
   * Moves the focus, and opens what it comes to where that is seen beside the list: a single
   * step at once, though after the focus is on the screen; quick ones where they end.
   */
  step(by: number): void {
    this.#moves++;
    const rows = this.#ground.rows();
    const to = Math.min(rows.length - 1, Math.max(0, this.place() + by));
    void this.focus(to);
    const next = rows[to];
    if (next === undefined) return;
    const isPassing = performance.now() - this.#steppedAt < passing;
    this.#steppedAt = performance.now();
    this.#awaited?.callOff();
    const arrive = () => this.#arrive(next);
    this.#awaited = { arrive, callOff: isPassing ? later(arrive, rest) : afterPaint(arrive) };
  }

  /** Arrives now where the last step led: what is done next is meant for that. */
  settle(): void {
    this.#awaited?.callOff();
    this.#awaited?.arrive();
  }

  /** One rests at a row, unless the focus has gone elsewhere since. */
  #arrive(number: number): void {
    this.#awaited = undefined;
    const rows = this.#ground.rows();
    const at = rows.indexOf(number);
    if (this.place() !== at) return;
    if (this.#ground.open() !== undefined && this.#ground.isBeside()) this.show(number);
    for (const near of rows.slice(Math.max(0, at - sight), at + sight + 1)) this.#ground.foresee(near);
  }

  /** Steps by a key of a list; false for every other key. */
  key(key: string): boolean {
    const page = this.rows?.pageSize() ?? 1;
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
    };
    if (key === "Home" || key === "End") {
      void this.#toEdge(key === "End");
      return true;
    }
    const by = steps[key];
    if (by === undefined) return false;
    this.step(by);
    return true;
  }

  /** Goes to the first row or the last, also where it has to be loaded; unless one moves on meanwhile. */
  async #toEdge(isEnd: boolean): Promise<void> {
    const move = ++this.#moves;
    await this.#ground.reach(isEnd);
    await tick();
    if (this.#moves === move) this.step(isEnd ? Infinity : -Infinity);
  }

  /** Picks the row that one is at, or lets it go. */
  pick(): boolean {
    const at = this.#ground.rows()[this.place()];
    if (at === undefined) return false;
    this.#selection.turn(at);
    return true;
  }

  /** Picks from here to the next row, and goes there. */
  pickTo(by: 1 | -1): void {
    const rows = this.#ground.rows();
    const [from, to] = [this.place(), Math.max(0, this.place() + by)];
    this.#selection.add([rows[from] ?? [], rows[to] ?? []].flat());
    void this.focus(Math.min(to, rows.length - 1));
  }

  /** Opens the next conversation that holds something unread, from here on and round. */
  nextUnread(): boolean {
    const rows = this.#ground.rows();
    const from = this.place();
    const order = [...rows.slice(from + 1), ...rows.slice(0, from + 1)];
    const next = order.find((number) => (this.#conversations.known(number)?.unread ?? 0) > 0);
    if (next === undefined) return false;
    void this.focus(rows.indexOf(next));
    this.show(next);
    return true;
  }
}

function later(act: () => void, milliseconds: number): () => void {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
}
