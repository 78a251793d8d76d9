import { createContext } from "svelte";
import { Dates, formatsOf } from "./dates";
import type { en, Key } from "./en";
import { fill, type Grammar, type Message, type Values } from "./message";

/** The languages there are, the first one being the fallback. */
export const languages = ["tr", "en"] as const;
export type Language = (typeof languages)[number];

type Catalogue = Record<Key, Message>;

const catalogues: Record<Language, () => Promise<Catalogue>> = {
  tr: async () => (await import("./tr")).tr,
  en: async () => (await import("./en")).en,
};

const storageKey = "parley.language";

/** The language that a stored choice or the browser asks for. */
export function preferred(wish: string | null | undefined): Language {
  return wish?.toLowerCase().startsWith("en") ? "en" : "tr";
}

/**
 * What the screens say, in one language at a time. Changing the language changes
 * every sentence on the page at once; nothing is loaded anew and no state is lost.
 */
export class Words {
  #language = $state<Language>("tr");
  #catalogue = $state.raw<Catalogue | undefined>();
  #turn = 0;
  readonly #formats = $derived(formatsOf(this.#language));
  readonly #grammar: Grammar = $derived(grammarOf(this.#language));

  get language(): Language {
    return this.#language;
  }

  /** Dates and times, in the present language also for who keeps it. */
  readonly dates = new Dates(() => this.#formats);

  /** Loads a language and shows it; the page's lang follows. */
  async use(language: Language): Promise<void> {
    const turn = ++this.#turn;
    const catalogue = await catalogues[language]();
    if (turn !== this.#turn) return; // another was chosen meanwhile
    this.#catalogue = catalogue;
    this.#language = language;
    document.documentElement.lang = language;
  }

  /** Shows a language and remembers it in this browser. */
  async choose(language: Language): Promise<void> {
    try {
      localStorage.setItem(storageKey, language);
    } catch {
      // Where storage is blocked it holds for this page only.
    }
    await this.use(language);
  }

  /** The sentence of a key, filled; numbers are written as the language does. */
  readonly t = <K extends Key>(key: K, ...values: Values<(typeof en)[K]>): string => {
    const message = this.#catalogue?.[key];
    return message === undefined ? key : fill(message, values[0] ?? {}, this.#grammar);
  };

  /** How long ago something was, as a list says it; "just now" for what is. */
  ago(at: number, now: number): string {
    return this.dates.brief(at, now) ?? this.t("time.now");
  }

  /** A sentence of another catalogue, filled as the present language does it. */
  fill(message: Message, values: Record<string, string | number>): string {
    return fill(message, values, this.#grammar);
  }

  /** An amount as the language writes it. */
  number(n: number): string {
    return this.#grammar.number(n);
  }
}

/** What this browser was told to speak, if anything. */
export function rememberedLanguage(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function grammarOf(language: Language): Grammar {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return { plural: (n) => rules.select(n), number: (n) => numbers.format(n) };
}

export const [useWords, provideWords] = createContext<Words>();
