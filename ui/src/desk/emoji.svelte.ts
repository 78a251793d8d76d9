import type { Api } from "$api/api";
import { emojiOf } from "$text/emoji/emoji";

const most = 24;
/** Of one message only so many are noted: the rest would push out the whole row. */
const mostOfOne = 8;

/** The emoji that an agent sent last, newest first. The server keeps them. */
export class SentEmoji {
  #recent = $state.raw<readonly string[]>([]);
  #noting: Promise<void> = Promise.resolve();
  readonly #api: Pick<Api, "sentEmoji">;

  constructor(api: Pick<Api, "sentEmoji">) {
    this.#api = api;
  }

  get recent() {
    return this.#recent;
  }

  takeUp(recent: readonly string[]): void {
    this.#recent = recent;
  }

  /** Notes the emoji of a message that was sent. Only a convenience: failing is no matter. */
  sent(text: string): void {
    for (const emoji of emojiOf(text).slice(0, mostOfOne)) {
      this.#recent = [emoji, ...this.#recent.filter((other) => other !== emoji)].slice(0, most);
      this.#noting = this.#noting
        .then(() => this.#api.sentEmoji(emoji))
        .then(
          () => undefined,
          () => undefined,
        );
    }
  }
}
