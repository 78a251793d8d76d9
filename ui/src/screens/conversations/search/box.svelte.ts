import type { View } from "$api/types";
import type { Desk } from "$desk/desk.svelte";
import type { Words } from "$words/words.svelte";
import type { Filters } from "../../../route/route";
import type { Router } from "../../../route/router.svelte";
import { addressOf } from "./address";
import type { Suggestion } from "./complete/values";
import type * as Offers from "./offers";
import type { Option, Section } from "./options";

/** Where the box stands; each is asked anew. */
export interface Place {
  view: () => View;
  filters: () => Filters;
}

/** The options that lead to a conversation. */
const results: readonly Option["type"][] = ["hit", "customer"];

/** The search box: what it offers, which option the arrows are on, and what choosing one does. */
export class Box {
  isOpen = $state(false);
  /** The number that was asked for and is not there. */
  missing = $state<number | undefined>();
  input = $state<HTMLInputElement>();
  #caret = $state(0);
  /** The id of the option that the arrows are on: it stays so when others come before it. */
  #chosen = $state<string>();
  /** What makes the offers, once it has come. */
  #offers = $state.raw<typeof Offers>();
  readonly #desk: Desk;
  readonly #words: Words;
  readonly #router: Router;
  readonly #place: Place;

  constructor(desk: Desk, words: Words, router: Router, place: Place) {
    this.#desk = desk;
    this.#words = words;
    this.#router = router;
    this.#place = place;
  }

  readonly #isBlank = $derived.by(() => this.#desk.search.query.trim() === "");

  readonly sections: Section[] = $derived.by(() => {
    const { search } = this.#desk;
    const offers = this.#offers;
    if (!this.isOpen || !offers) return [];
    if (this.#isBlank) return offers.beginnings(search.recent, offers.allFilters(this.#words));
    const piece = offers.pieceAt(search.query, this.#caret);
    return offers.sectionsFor(search, offers.suggestionsFor(piece, offers.stockOf(this.#desk), this.#words));
  });

  readonly options: Option[] = $derived.by(() => this.sections.flatMap(({ options }) => options));

  /** Without a choice Enter takes the number, or the first hit. */
  readonly chosen: Option | undefined = $derived.by(() => this.options.find(({ id }) => id === this.#chosen));

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    void this.#desk.tags.load();
    void this.#load();
  }

  /** What was chosen of the results is kept: who comes back goes on from there. */
  close(): void {
    if (!this.isOpen) return;
    const isResult = this.chosen !== undefined && results.includes(this.chosen.type);
    this.isOpen = false;
    if (!isResult) this.#chosen = undefined;
  }

  /** Takes what is in the field now. */
  type(): void {
    const text = this.input?.value ?? "";
    this.follow();
    this.#desk.search.type(text, this.#finished(text));
    this.open();
    this.#chosen = undefined;
    this.missing = undefined;
  }

  /** A query without the filter that has no value yet: it is no word to look for. */
  #finished(text: string): string {
    const piece = this.#offers?.pieceAt(text, this.#caret);
    if (!piece?.name || piece.typed !== "") return text;
    return text.slice(0, piece.from) + text.slice(piece.to);
  }

  /** Follows the caret: what is completed is the word that it stands at. */
  follow(): void {
    this.#caret = this.input?.selectionEnd ?? 0;
  }

  clear(): void {
    this.#desk.search.clear();
    this.input?.focus();
  }

  /** Esc closes what is offered, then empties the field, then leaves it. */
  escape(): void {
    if (this.isOpen) this.close();
    else if (this.#desk.search.query !== "") this.#desk.search.clear();
    else this.input?.blur();
  }

  /** Moves to another option, and round; where the results end, more are asked for. */
  async step(by: 1 | -1): Promise<void> {
    this.open();
    if (!this.#offers) await this.#load();
    const { options, chosen } = this;
    if (options.length === 0) return;
    const from = chosen ? options.indexOf(chosen) : by > 0 ? -1 : 0;
    const to = (from + by + options.length) % options.length;
    const next = this.#choose(to);
    if (next?.type !== "more") return;
    await this.#desk.search.more();
    // What came took its place.
    if (this.#chosen === next.id) this.#choose(to);
  }

  #choose(at: number): Option | undefined {
    const option = this.options[at];
    this.#chosen = option?.id;
    return option;
  }

  /** Where an option leads, for those that lead somewhere. */
  address(option: Option): string | undefined {
    const [view, filters] = [this.#place.view(), this.#place.filters()];
    return addressOf(option, { view, filters, find: this.#desk.search.answered });
  }

  async choose(option: Option, isElsewhere = false): Promise<void> {
    const { search, session } = this.#desk;
    if (option.type === "recent") return this.#write(option.query, option.query.length);
    if (option.type === "filter") return this.#complete(option.suggestion);
    if (option.type === "more") return search.more();
    const meant = search.query;
    if (option.type === "number" && (await this.#isMissing(option.number))) return;
    if (search.query !== meant) return;
    if (session.agent) search.note(session.agent.id);
    const to = this.address(option) ?? "/";
    this.#chosen = option.id;
    if (isElsewhere) window.open(to, "_blank", "noopener");
    else this.#router.open(to);
    this.close();
  }

  /** Takes the option that the arrows are on, else the first result. Typing on calls it off. */
  async enter(isElsewhere: boolean): Promise<void> {
    const { search } = this.#desk;
    const meant = search.query;
    await this.#load();
    const { chosen } = this;
    if (!chosen && search.isBusy && search.number === undefined) await search.run();
    if (search.query !== meant) return;
    const result = this.options.find(({ type }) => type !== "filter" && type !== "recent");
    const option = chosen ?? result ?? (this.#isBlank ? undefined : this.options[0]);
    if (option) await this.choose(option, isElsewhere);
  }

  /** Forgets the recent query that the arrows are on; false where they are on none. */
  forget(): boolean {
    const { chosen } = this;
    const { search, session } = this.#desk;
    if (chosen?.type !== "recent" || !session.agent) return false;
    const at = this.options.indexOf(chosen);
    search.forget(session.agent.id, chosen.query);
    this.#choose(Math.min(at, search.recent.length - 1));
    return true;
  }

  /** What can't be fetched is tried again with the next look into the box. */
  async #load(): Promise<void> {
    this.#offers ??= await import("./offers").catch(() => undefined);
  }

  #complete(suggestion: Suggestion): void {
    const offers = this.#offers;
    if (!offers) return;
    const { query } = this.#desk.search;
    const at = this.#isBlank ? 0 : this.#caret;
    const piece = offers.pieceAt(query, at) ?? { name: undefined, typed: "", from: at, to: at };
    const { text, caret } = offers.replaced(query, piece, suggestion.text);
    this.#write(text, caret);
  }

  #write(text: string, caret: number): void {
    if (!this.input) return;
    this.input.value = text;
    this.input.setSelectionRange(caret, caret);
    this.input.focus();
    this.type();
  }

  /** The server knows which numbers there are; without its word the thread will tell. */
  async #isMissing(number: number): Promise<boolean> {
    const { search } = this.#desk;
    if (!search.isAnswered) await search.run();
    const said = search.page?.number;
    if (!said || said.number !== number || said.found) return false;
    this.missing = number;
    return true;
  }
}
