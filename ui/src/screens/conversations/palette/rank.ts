import { fold } from "$text/fold";

/**
 * How well a name fits what was typed: 0 where it does not, more where words begin so,
 * most where the name itself does. Letters that only come in the right order count a little.
 */
export function fit(name: string, query: string): number {
  const [hay, wanted] = [fold(name), fold(query.trim())];
  if (wanted === "") return 1;
  if (hay.startsWith(wanted)) return 5;
  const words = hay.split(/[^\p{L}\p{N}#]+/u).filter(Boolean);
  const parts = wanted.split(/\s+/);
  if (parts.every((part) => words.some((word) => word.startsWith(part)))) return 4;
  if (hay.includes(wanted)) return 3;
  return isInOrder(words, wanted.replaceAll(" ", "")) ? 1 : 0;
}

/** Whether the letters come one after the other, the first of them at the start of a word. */
function isInOrder(words: readonly string[], letters: string): boolean {
  if (letters.length < 2) return false;
  return words.some((word, i) => {
    if (!word.startsWith(letters.charAt(0))) return false;
    let at = 0;
    for (const letter of words.slice(i).join("")) if (letter === letters[at]) at++;
    return at === letters.length;
  });
}
