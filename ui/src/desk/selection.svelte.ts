import { SvelteSet } from "svelte/reactivity";

/** The conversations that were picked out of a list, for doing something to all of them. */
export class Selection {
  readonly #chosen = new SvelteSet<number>();
  /** What was picked last: from there on a range is picked. */
  #last: number | undefined;

  get size(): number {
    return this.#chosen.size;
  }

  get numbers(): number[] {
    return [...this.#chosen];
  }

  has(number: number): boolean {
    return this.#chosen.has(number);
  }

  turn(number: number): void {
    if (this.#chosen.delete(number)) return;
    this.#chosen.add(number);
    this.#last = number;
  }

  /** Picks a row and all between it and the one picked last, in the order of the rows. */
  reach(number: number, rows: readonly number[]): void {
    const last = this.#last !== undefined && this.has(this.#last) ? rows.indexOf(this.#last) : -1;
    const at = rows.indexOf(number);
    if (last < 0 || at < 0) return this.turn(number);
    this.add(rows.slice(Math.min(last, at), Math.max(last, at) + 1));
    this.#last = number;
  }

  add(numbers: Iterable<number>): void {
    for (const number of numbers) this.#chosen.add(number);
  }

  remove(numbers: Iterable<number>): void {
    for (const number of numbers) this.#chosen.delete(number);
  }

  clear(): void {
    this.#chosen.clear();
  }
}
