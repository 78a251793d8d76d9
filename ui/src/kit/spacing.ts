/** Lets something happen, but not again before so many milliseconds have passed. */
export class Spacing {
  readonly #apart: number;
  #last = -Infinity;

  constructor(apart: number) {
    this.#apart = apart;
  }

  /** Whether it may happen now; then it is taken to have happened. */
  may(now = performance.now()): boolean {
    if (now - this.#last < this.#apart) return false;
    this.#last = now;
    return true;
  }
}
