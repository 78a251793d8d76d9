import type { SearchPage } from "$api/types";

/** One line that can be chosen under the search box. */
export type Option =
  | { type: "number"; id: string; number: number }
  | { type: "hit"; id: string; hit: SearchPage["hits"][number]; seq: number | undefined }
  | { type: "recent"; id: string; query: string };

/**
 * What the box offers: the number first, whatever else was found; without a query the
 * recent ones.
 */
export function optionsFor(
  query: string,
  number: number | undefined,
  page: SearchPage | undefined,
  recent: readonly string[],
): Option[] {
  if (query.trim() === "") return recent.map((query, i) => ({ type: "recent", id: `recent-${i}`, query }));
  const jump: Option[] = number === undefined ? [] : [{ type: "number", id: "number", number }];
  const hits = (page?.hits ?? []).map((hit): Option => ({
    type: "hit",
    id: `hit-${hit.conversation.number}`,
    hit,
    seq: hit.snippets[0]?.seq,
  }));
  return [...jump, ...hits];
}
