import { createContext } from "svelte";

/**
 * How long words are gathered, in milliseconds. What they are said in may be on its way
 * from one dialog to another, and what is new together with its words is not always heard.
 */
const gatherFor = 100;

/** Something that is read out when its words change. */
class Voice {
  #words = $state("");
  #gathered: string[] = [];

  get words() {
    return this.#words;
  }

  say(words: string): void {
    this.#gathered.push(words);
    if (this.#gathered.length === 1) setTimeout(() => this.#speak(), gatherFor);
  }

  /** Takes away what was said; what is being gathered is still to come. */
  clear(): void {
    this.#words = "";
  }

  /** The same words twice in a row are heard twice: the second time with a space more. */
  #speak(): void {
    const words = this.#gathered.splice(0).join("\n");
    this.#words = words === this.#words ? `${words}\u00a0` : words;
  }
}

/** What a screen reader is told without the focus moving: politely, or at once. */
export class Announcer {
  readonly #polite = new Voice();
  readonly #assertive = new Voice();

  get polite() {
    return this.#polite.words;
  }

  get assertive() {
    return this.#assertive.words;
  }

  say(words: string): void {
    this.#polite.say(words);
  }

  interrupt(words: string): void {
    this.#assertive.say(words);
  }

  /** What is read out has another place: nothing that was said is said there again. */
  clear(): void {
    this.#polite.clear();
    this.#assertive.clear();
  }
}

export const [useAnnouncer, provideAnnouncer] = createContext<Announcer>();
