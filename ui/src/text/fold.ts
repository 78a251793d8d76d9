/**
 * Folding brings what people type and what is written down to one form: capitals,
 * accents and the four Turkish i's no longer matter. The server folds with the same
 * rules, and fold.vectors.json holds both sides to them.
 *
 * It goes code point by code point, because "İ".toLowerCase() is two units long and
 * whole-string lowering would move every offset behind it.
 */

// What has no decomposition but is typed in another way.
const others: Record<string, string> = {
  ı: "i",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ə: "e",
  ς: "σ",
};
for (let digit = 0; digit < 10; digit++) {
  others[String.fromCodePoint(0x660 + digit)] = others[String.fromCodePoint(0x6f0 + digit)] = String(digit);
}

// Accents that stand by themselves once a letter is taken apart, and what no one sees.
const unheard = /[\p{Mn}\p{Cf}]/gu;

function foldPoint(point: string): string {
  if (point < "\x80") return point.toLowerCase();
  let folded = "";
  for (const part of point.normalize("NFKD").replace(unheard, "")) {
    // Lower case comes letter by letter: İ was taken apart above, so nothing grows here.
    const lower = part.toLowerCase();
    folded += others[lower] ?? lower;
  }
  return folded;
}

/** Folds a text for comparing. */
export function fold(text: string): string {
  let folded = "";
  for (const point of text) folded += foldPoint(point);
  return folded;
}

/** A folded text that remembers where each of its units came from. */
export interface Folded {
  text: string;
  /** For each UTF-16 unit of `text`, the offset of its code point in the original; one more for the end. */
  origin: number[];
}

/** Folds a text and keeps the way back to the original's offsets. */
export function foldWithOrigin(text: string): Folded {
  let folded = "";
  const origin: number[] = [];
  let at = 0;
  for (const point of text) {
    const bare = foldPoint(point);
    for (let i = 0; i < bare.length; i++) origin.push(at);
    folded += bare;
    at += point.length;
  }
  origin.push(at);
  return { text: folded, origin };
}

/**
 * Finds a folded query in a text. The range is in the original's UTF-16 units and
 * takes whole letters, with the combining marks that follow them.
 */
export function findFolded(text: string, query: string): [number, number] | undefined {
  const needle = fold(query);
  if (needle === "") return undefined;
  const hay = foldWithOrigin(text);
  const at = hay.text.indexOf(needle);
  if (at < 0) return undefined;
  const start = hay.origin[at] ?? 0;
  const end = hay.origin[at + needle.length] ?? text.length;
  return [start, end];
}
