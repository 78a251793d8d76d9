/** The one or two letters that stand for a name; empty when the name has none. */
export function initials(name: string, language: string): string {
  const words = name.trim().split(/\s+/u).filter(startsWithLetter);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...(word ?? "")][0]?.toLocaleUpperCase(language) ?? "").join("");
}

function startsWithLetter(word: string): boolean {
  return /^\p{L}/u.test(word);
}
