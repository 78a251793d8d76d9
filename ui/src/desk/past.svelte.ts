import type { Api } from "$api/api";
import type { PastAnswer } from "$api/types";

/** What is known of one conversation. */
interface Found {
  number: number;
  /** The customer's message that was the newest when it was asked. */
  seq: number;
  answers: readonly PastAnswer[];
}

/**
 * Earlier answers to the question that waits in the open conversation. They are only an
 * offer: failing to find any is no matter, and only the newest question is kept.
 */
export class Past {
  #found = $state.raw<Found | undefined>();
  #asked: { number: number; seq: number } | undefined;
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Asks once for each question. */
  async find(number: number, seq: number): Promise<void> {
    if (this.#asked?.number === number && this.#asked.seq === seq) return;
    const asked = { number, seq };
    this.#asked = asked;
    const answers = await this.#api.pastAnswers(number).catch(() => undefined);
    if (this.#asked !== asked) return;
    if (answers) this.#found = { number, seq, answers };
    else this.#asked = undefined;
  }

  /** The answers to a question; none while they are not known. */
  to(number: number, seq: number): readonly PastAnswer[] {
    const found = this.#found;
    return found?.number === number && found.seq === seq ? found.answers : [];
  }

  /** The agent wants none of them. */
  dismiss(): void {
    if (this.#found) this.#found = { ...this.#found, answers: [] };
  }

  /** Tells the server that an answer was used. Only a statistic: failing is no matter. */
  used(number: number, answer: PastAnswer): void {
    this.#api.usedPastAnswer(number, answer).catch(() => undefined);
  }

  clear(): void {
    this.#found = this.#asked = undefined;
  }
}
