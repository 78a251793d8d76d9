/** What comes so soon needs no sign that it is awaited: one that flashes is worse than none. */
const before = 300;

/** A sign that is seen stays so long, for the same reason. In milliseconds, both. */
const least = 400;

/** Whether a sign is shown that something is on its way. */
export class Lateness {
  #isShown = $state(false);
  #shownAt = 0;
  #timer = 0;

  get isShown(): boolean {
    return this.#isShown;
  }

  /** Follows whether it is on its way; the function that it gives ends the waiting. */
  follow(isComing: boolean): () => void {
    if (isComing) this.#timer = Number(setTimeout(() => this.#show(), before));
    else if (this.#shownAt > 0) {
      const left = this.#shownAt + least - performance.now();
      this.#timer = Number(setTimeout(() => this.drop(), Math.max(0, left)));
    }
    return () => clearTimeout(this.#timer);
  }

  /** Something else is shown in its place now. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#isShown = false;
    this.#shownAt = 0;
  }

  #show(): void {
    this.#isShown = true;
    this.#shownAt = performance.now();
  }
}
