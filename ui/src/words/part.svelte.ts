import type { Message, Values } from "./message";
import type { Language, Words } from "./words.svelte";

type Catalogue = Readonly<Record<string, Message>>;

/** How the catalogue is had in each language. */
export type Loaders<C extends Catalogue> = Readonly<
  Record<Language, () => Promise<Record<keyof C, Message>>>
>;

/**
 * What one area of the screens says: a catalogue of its own, which is loaded with the
 * area and follows the language that the page speaks.
 */
export class Part<C extends Catalogue> {
  #catalogue = $state.raw<Record<keyof C, Message> | undefined>();
  readonly #words: Words;
  readonly #load: Loaders<C>;

  constructor(words: Words, load: Loaders<C>) {
    this.#words = words;
    this.#load = load;
  }

  /** Whether there is anything to say yet. */
  get isReady(): boolean {
    return this.#catalogue !== undefined;
  }

  /** Loads a language and says everything in it; what was said before stays until then. */
  async use(language: Language): Promise<void> {
    const catalogue = await this.#load[language]();
    if (this.#words.language === language) this.#catalogue = catalogue;
  }

  /** The sentence of a key, filled. */
  readonly t = <K extends keyof C & string>(key: K, ...values: Values<C[K]>): string => {
    const message = this.#catalogue?.[key];
    return message === undefined ? key : this.#words.fill(message, values[0] ?? {});
  };
}
