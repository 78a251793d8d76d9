import type { MeChange } from "../api";
import type { Page, ToFrame } from "../bridge";
import type { Words } from "../words/words";
import type { Chat } from "./chat";
import { fresh } from "./exchange";
import type { Host } from "./host";

const pageSettles = 1_000;
const mostAttributes = 30;

/**
 * Does what the website asks for. What it gives is anybody's: only texts are taken, cut
 * to a length, and nothing in it names an address or a colour.
 */
export class Asked {
  readonly #chat: Chat;
  readonly #words: Words;
  readonly #host: Host;
  #turning = 0;
  /** What was asked for is done in that order: what is said after identify is said of whom it names. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(chat: Chat, words: Words, host: Host) {
    this.#chat = chat;
    this.#words = words;
    this.#host = host;
  }

  hear(message: ToFrame): void {
    const chat = this.#chat;
    switch (message.type) {
      case "open":
        return chat.open(Object(message.given).focus === true);
      case "close":
        return chat.close();
      case "full":
        chat.place.isFull = message.given === true;
        return;
      case "page":
        return this.#page(textsOf(message.given, ["url", "title"]) as Partial<Page>);
      case "setLanguage":
        return void this.#language(message.given === "en" ? "en" : "tr");
      case "identify":
        return this.#next(() => this.#identify(message.given));
      case "setAttributes":
        return this.#next(() => this.#attributes(message.given));
      case "prefill":
        return this.#next(() => this.#prefill(String(message.given ?? "").slice(0, 4000)));
      case "logout":
        return this.#next(() => chat.logout());
    }
  }

  async #language(language: "tr" | "en"): Promise<void> {
    await this.#words.use(language);
    await this.#chat.visit.say({ language }).catch(() => undefined);
  }

  /** The visitor turned to another page; the team is told once they have settled on it. */
  #page({ url = "", title = "" }: Partial<Page>): void {
    this.#chat.page = { url, title };
    clearTimeout(this.#turning);
    this.#turning = window.setTimeout(() => {
      this.#next(async () => {
        if (this.#chat.visit.visitor) await this.#chat.visit.say({ page: this.#chat.page });
      });
    }, pageSettles);
  }

  async #identify(given: unknown): Promise<void> {
    const { jwt, ...said } = textsOf(given, ["jwt", "name", "email", "phone"]) as MeChange & { jwt?: string };
    if (jwt) await this.#chat.identify(jwt);
    else if (Object.keys(said).length > 0) await this.#chat.visit.say(said);
  }

  async #attributes(given: unknown): Promise<void> {
    const attributes: Record<string, string | null> = {};
    for (const [name, value] of Object.entries(Object(given) as object).slice(0, mostAttributes)) {
      const isPlain = ["string", "number", "boolean"].includes(typeof value);
      if (isPlain || value === null) attributes[name] = value === null ? null : String(value).slice(0, 500);
    }
    await this.#chat.visit.say({ attributes });
  }

  /** Puts words into the field, for the visitor to send or not: after what they have written themselves. */
  async #prefill(text: string): Promise<void> {
    const { place, exchange, kept } = this.#chat;
    if (place.screen.name === "home") this.#chat.begin();
    const { screen } = place;
    const composing = exchange.composing(screen.name === "thread" ? screen.target : fresh);
    const own = composing.text === kept.get("prefilled") ? "" : composing.text.trimEnd();
    if (!own.includes(text.trim())) composing.text = own ? `${own}\n${text}` : text;
    kept.set("prefilled", text);
  }

  #next(work: () => Promise<void>): void {
    this.#before = Promise.all([this.#before, this.#chat.begins])
      .then(work)
      .catch((thrown: { code?: string }) => this.#host.tell("error", { code: thrown.code ?? "other" }));
  }
}

/** The members of a value that are texts, each cut to a length. */
function textsOf(given: unknown, names: readonly string[]): Record<string, string> {
  const all = Object(given) as Record<string, unknown>;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = Object.hasOwn(all, name) ? all[name] : undefined;
      return typeof value === "string" ? [[name, value.slice(0, name === "jwt" ? 4000 : 2000)]] : [];
    }),
  );
}
