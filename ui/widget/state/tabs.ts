/** What the tabs of one website tell each other; the server knows nothing of it. */
export type Word =
  | { type: "draft"; target: string; text: string }
  | { type: "open"; on: boolean }
  | { type: "mute"; on: boolean }
  /** There is a token now, or there is none any more. */
  | { type: "token" };

/** The other tabs in which this website's widget is. */
export class Tabs {
  readonly #channel: BroadcastChannel | undefined;

  constructor(site: string, hear: (word: Word) => void) {
    try {
      this.#channel = new BroadcastChannel(`parley.${site}`);
      this.#channel.onmessage = (event: MessageEvent<Word>) => hear(event.data);
    } catch {
      // Where storage is blocked, tabs may not speak either: each stands for itself.
    }
  }

  tell(word: Word): void {
    this.#channel?.postMessage(word);
  }
}
