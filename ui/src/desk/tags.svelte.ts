import type { Api } from "$api/api";
import type { Tag } from "$api/types";
import { fold } from "$text/fold";

/** How many tags one thing takes, and how many letters one tag has at most: the server's limits. */
export const mostTags = 20;
export const longestTag = 40;

/** The tags in use, for completing what is being typed. */
export class Tags {
  #all = $state.raw<readonly Tag[]>([]);
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Looks which tags there are. Failing leaves those that were known: tags can still be typed. */
  async load(): Promise<void> {
    this.#all = await this.#api.tags().catch(() => this.#all);
  }

  get all(): readonly Tag[] {
    return this.#all;
  }

  /** Those that fit what is typed and are not there yet: first those that begin so, then the ones used most. */
  fitting(query: string, present: readonly string[]): readonly Tag[] {
    return fitting(this.#all, query, present);
  }

  clear(): void {
    this.#all = [];
  }
}

export function fitting(all: readonly Tag[], query: string, present: readonly string[]): readonly Tag[] {
  const wanted = fold(query.trim());
  const begins = (tag: Tag) => Number(fold(tag.tag).startsWith(wanted));
  return all
    .filter((tag) => fold(tag.tag).includes(wanted) && !present.includes(tag.tag))
    .sort((a, b) => begins(b) - begins(a) || b.count - a.count || a.tag.localeCompare(b.tag));
}

/** A tag as the server writes it: one space between words, small letters in no one language. */
export function asTag(text: string): string {
  const words = text.trim().replace(/\s+/g, " ");
  return [...words].map((letter) => (letter === "İ" ? "i" : letter.toLowerCase())).join("");
}
