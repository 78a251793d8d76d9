import { createContext, untrack } from "svelte";

/** What a screen reader is told without the focus moving: politely, or at once. */
export class Announcer {
  #polite = $state("");
  #assertive = $state("");

  get polite() {
    return this.#polite;
  }

  get assertive() {
    return this.#assertive;
  }

  /** The same words twice in a row are heard twice: the second time with a space more. */
  say(words: string): void {
    this.#polite = words === untrack(() => this.#polite) ? `${words}\u00a0` : words;
  }

  interrupt(words: string): void {
    this.#assertive = words === untrack(() => this.#assertive) ? `${words}\u00a0` : words;
  }
}

export const [useAnnouncer, provideAnnouncer] = createContext<Announcer>();
