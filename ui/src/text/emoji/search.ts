import { fold } from "../fold";

export const categories = [
  "smileys",
  "people",
  "nature",
  "food",
  "travel",
  "activity",
  "objects",
  "symbols",
  "flags",
] as const;
export type Category = (typeof categories)[number];

export interface Emoji {
  glyph: string;
  category: Category;
  takesTone: boolean;
  /** Its place in the lists of words. */
  at: number;
}

/** Reads glyphs.json: emoji by category, those that take a skin tone marked with ~. */
export function parseGlyphs(glyphs: Record<Category, string>): Emoji[] {
  let at = 0;
  return categories.flatMap((category) =>
    glyphs[category].split(" ").map((entry) => {
      const takesTone = entry.endsWith("~");
      return { glyph: takesTone ? entry.slice(0, -1) : entry, category, takesTone, at: at++ };
    }),
  );
}

/** What each emoji is found by, folded: all its names and words, each with a space before it. */
export function index(...languages: string[]): string[] {
  const lists = languages.map((list) => list.split("\n"));
  return (lists[0] ?? []).map((_, i) =>
    fold(
      lists
        .map((list) => ` ${list[i] ?? ""}`)
        .join(";")
        .replaceAll(";", " ; "),
    ),
  );
}

/** The names of one language, in the emoji's order. */
export function namesOf(list: string): string[] {
  return list.split("\n").map((line) => line.split(";", 1)[0] ?? "");
}

/**
 * The emoji in whose words every word of the query begins one, best first: a name or
 * keyword that is the query, then one that starts with it, then the rest.
 */
export function search(all: readonly Emoji[], words: readonly string[], query: string): Emoji[] {
  const whole = fold(query).trim().replace(/\s+/g, " ");
  if (whole === "") return [];
  const parts = whole.split(" ");
  const found: { emoji: Emoji; rank: number }[] = [];
  for (const emoji of all) {
    const text = words[emoji.at] ?? "";
    if (!parts.every((part) => text.includes(` ${part}`))) continue;
    const isWhole = `${text} ;`.includes(` ${whole} ;`);
    found.push({ emoji, rank: isWhole ? 0 : text.includes(` ${whole}`) ? 1 : 2 });
  }
  return found.sort((a, b) => a.rank - b.rank || a.emoji.at - b.emoji.at).map(({ emoji }) => emoji);
}
