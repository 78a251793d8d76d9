import { SvelteSet } from "svelte/reactivity";

/** The conversations that were picked out of a list, for doing something to all of them. */
export class Selection {
  readonly #chosen = new SvelteSet<number>();

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
    if (!this.#chosen.delete(number)) this.#chosen.add(number);
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
