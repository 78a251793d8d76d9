import { fold } from "$text/fold";
import type { Language } from "$words/words.svelte";

/** The filters of a search, by their English names; the server knows the Turkish ones too. */
export const filterNames = [
  "from",
  "agent",
  "team",
  "customer",
  "tag",
  "view",
  "after",
  "before",
  "has",
] as const;
export type FilterName = (typeof filterNames)[number];

/** What the filters are called in Turkish; the server folds what it reads. */
const turkish: Record<FilterName, string> = {
  from: "kimden",
  agent: "temsilci",
  team: "ekip",
  customer: "müşteri",
  tag: "etiket",
  view: "görünüm",
  after: "sonra",
  before: "önce",
  has: "var",
};

/** The filters by all their names, folded. */
const byName = new Map(
  filterNames.flatMap((name): [string, FilterName][] => [
    [name, name],
    [fold(turkish[name]), name],
  ]),
);

/** What a filter is called in a language. */
export function nameIn(language: Language, name: FilterName): string {
  return language === "tr" ? turkish[name] : name;
}

/** What is being typed where the caret stands: the name of a filter, or its value. */
export interface Piece {
  /** Undefined while it may still become a name. */
  name: FilterName | undefined;
  typed: string;
  /** Where it begins in the text, and where it ends. */
  from: number;
  to: number;
}

const quotes = '"“”„«»‟＂';
const isQuote = (letter: string | undefined) => letter !== undefined && quotes.includes(letter);
const isSpace = (letter: string | undefined) => letter !== undefined && /\s/.test(letter);

export function nameOf(text: string): FilterName | undefined {
  return byName.get(fold(text));
}

/** Which names begin as what is typed does, in either language. */
export function namesLike(typed: string): FilterName[] {
  const start = fold(typed);
  const begun = [...byName].filter(([name]) => name.startsWith(start)).map(([, name]) => name);
  return filterNames.filter((name) => begun.includes(name));
}

/**
 * The piece of a query that the caret stands at the end of, cut as the server cuts it: at
 * white space and quotation marks, but for a mark that follows a name. Undefined inside a
 * quotation and in the middle of a word.
 */
export function pieceAt(text: string, caret: number): Piece | undefined {
  let at = 0;
  while (at < caret) {
    if (isSpace(text[at])) {
      at++;
      continue;
    }
    const from = at;
    const isQuotation = isQuote(text[at]);
    let value = -1;
    if (isQuotation) at = closing(text, at + 1);
    else {
      while (at < text.length && !isSpace(text[at]) && !isQuote(text[at])) at++;
      if (isQuote(text[at]) && text[at - 1] === ":" && at - from > 1) {
        value = at + 1;
        at = closing(text, at + 1);
      }
    }
    if (at < caret) continue;
    if (isQuotation || at > caret) return undefined;
    return pieceOf(text, from, at, value);
  }
  return undefined;
}

/** Just behind the mark that ends a quotation, or the end of the text. */
function closing(text: string, at: number): number {
  while (at < text.length && !isQuote(text[at])) at++;
  return Math.min(at + 1, text.length);
}

function pieceOf(text: string, from: number, to: number, quoted: number): Piece | undefined {
  const written = text.slice(from, to);
  const colon = written.indexOf(":");
  if (colon < 0) return { name: undefined, typed: written, from, to };
  const name = nameOf(written.slice(0, colon));
  // A value whose quotation has ended is finished.
  if (name === undefined || (quoted >= 0 && isQuote(text[to - 1]) && to > quoted)) return undefined;
  return { name, typed: quoted >= 0 ? text.slice(quoted, to) : written.slice(colon + 1), from, to };
}

/** A filter as one writes it in a language, or undefined where it can't be written. */
export function written(language: Language, name: FilterName, value: string): string | undefined {
  if (value.trim() === "" || [...value].some(isQuote)) return undefined;
  const called = nameIn(language, name);
  return /[\s:]/.test(value) ? `${called}:"${value}"` : `${called}:${value}`;
}

/** A query with one piece replaced, and where the caret goes. */
export function replaced(text: string, piece: Piece, by: string): { text: string; caret: number } {
  const rest = text.slice(piece.to);
  const gap = by.endsWith(":") || isSpace(rest[0]) ? "" : " ";
  const before = text.slice(0, piece.from) + by + gap;
  return { text: before + rest, caret: before.length + (isSpace(rest[0]) && !by.endsWith(":") ? 1 : 0) };
}
