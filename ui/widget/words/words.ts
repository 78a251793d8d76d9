import { Dates, daysBetween, formatsOf } from "$words/dates";
import { fill, type Message, type Values } from "$words/message";
import type { Language } from "../bridge";
import { Derived, Signal } from "../view/signal";
import type { en, Key } from "./en";

type Catalogue = Record<Key, Message>;

const catalogues: Record<Language, () => Promise<Catalogue>> = {
  tr: async () => (await import("./tr")).tr,
  en: async () => (await import("./en")).en,
};

/** What the panel says, in one language at a time; changing it changes every sentence at once. */
export class Words {
  readonly #language = new Signal<Language>("tr");
  readonly #catalogue = new Signal<Catalogue | undefined>(undefined);
  #turn = 0;
  readonly #formats = new Derived(() => formatsOf(this.language));

  get language(): Language {
    return this.#language.value;
  }

  /** Dates and times, in the present language also for who keeps it. */
  readonly dates = new Dates(() => this.#formats.value);

  /** Loads a language and shows it; the page's lang follows. */
  async use(language: Language): Promise<void> {
    const turn = ++this.#turn;
    const catalogue = await catalogues[language]();
    if (turn !== this.#turn) return; // another was chosen meanwhile
    this.#catalogue.value = catalogue;
    this.#language.value = language;
    document.documentElement.lang = language;
  }

  /** The sentence of a key, filled; numbers are written as the language does. */
  readonly t = <K extends Key>(key: K, ...values: Values<(typeof en)[K]>): string => {
    const message = this.#catalogue.value?.[key];
    const { language } = this;
    return message === undefined
      ? ""
      : fill(message, values[0] ?? {}, {
          plural: (n) => new Intl.PluralRules(language).select(n),
          number: (n) => n.toLocaleString(language),
        });
  };

  /** The sentence of a key, for what is to follow the language; `values` is asked each time. */
  readonly text =
    <K extends Key>(key: K, values?: () => Values<(typeof en)[K]>[0]): (() => string) =>
    () =>
      (this.t as (key: Key, values?: object) => string)(key, values?.());

  /** When something will be, in this browser's time: 14:00, Tomorrow 09:00, Monday 09:00. */
  coming(at: number, now: number): string {
    const clock = this.dates.clock(at);
    const days = daysBetween(now, at);
    if (days === 0) return clock;
    const day =
      days === 1
        ? this.t("time.tomorrow")
        : new Intl.DateTimeFormat(
            this.language,
            days < 7 ? { weekday: "long" } : { day: "numeric", month: "long" },
          ).format(at);
    return `${day} ${clock}`;
  }
}
