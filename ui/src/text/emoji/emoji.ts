/** Each emoji of a text once, in the order of their last standing. */
export function emojiOf(text: string): string[] {
  if (!/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u.test(text)) return [];
  const found = new Set<string>();
  for (const { segment } of new Intl.Segmenter("und", { granularity: "grapheme" }).segment(text)) {
    if (!isEmoji(segment)) continue;
    found.delete(segment);
    found.add(segment);
  }
  return [...found];
}

/**
 * Whether a grapheme is shown as a picture: by itself (😀), as a flag, or because a
 * selector or a keycap asks for it (❤️, 1️⃣). A bare © or 1 is text.
 */
function isEmoji(grapheme: string): boolean {
  return /\p{Emoji_Presentation}|\p{Regional_Indicator}{2}|\p{Emoji}\uFE0F|\u20E3/u.test(grapheme);
}

/** The code points of an emoji as hexadecimal digits, without selectors: for ids. */
export function hexOf(emoji: string): string {
  return [...emoji.replaceAll("\uFE0F", "")].map((point) => point.codePointAt(0)?.toString(16)).join("-");
}

/** The two letters of a country's flag; undefined for what is not one. */
export function countryOf(emoji: string): string | undefined {
  const points = [...emoji];
  if (points.length !== 2 || !points.every((point) => /\p{Regional_Indicator}/u.test(point)))
    return undefined;
  return points.map((point) => String.fromCharCode((point.codePointAt(0) ?? 0) - 0x1f1e6 + 65)).join("");
}
