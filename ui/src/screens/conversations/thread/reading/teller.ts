const pause = 1000;

/**
 * Tells what comes in, at most once a second: the first message at once, and what comes
 * within the second after it in one sentence.
 */
export class Teller {
  #timer = 0;
  #waiting: string[] = [];
  readonly #say: (words: string) => void;
  readonly #sum: (n: number) => string;

  /** `sum` says how many there were, where there was more than one. */
  constructor(say: (words: string) => void, sum: (n: number) => string) {
    this.#say = say;
    this.#sum = sum;
  }

  hear(words: string): void {
    if (this.#timer !== 0) {
      this.#waiting.push(words);
      return;
    }
    this.#say(words);
    this.#timer = Number(setTimeout(() => this.#next(), pause));
  }

  /** Forgets what was not told yet. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#waiting = [];
  }

  #next(): void {
    this.#timer = 0;
    const [first, ...more] = this.#waiting.splice(0);
    if (first !== undefined) this.hear(more.length === 0 ? first : this.#sum(more.length + 1));
  }
}
