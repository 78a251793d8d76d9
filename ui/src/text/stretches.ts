import { pieces } from "./links";
import { segments, type Range, type Segment } from "./marks";

/** A stretch of a message: plain, or a link with the address that it leads to; parts of it may be marked. */
export interface Stretch {
  href: string | undefined;
  parts: Segment[];
}

/** Takes a text apart into links and what stands between them, with some ranges marked. */
export function stretches(text: string, ranges: readonly Range[]): Stretch[] {
  let at = 0;
  return pieces(text).map(({ text: piece, href }) => {
    const from = at;
    at += piece.length;
    const within = ranges
      .filter(([start, end]) => end > from && start < at)
      .map(([start, end]): Range => [Math.max(0, start - from), end - from]);
    return { href, parts: segments(piece, within) };
  });
}

/** Longer texts than this are folded, to this. In UTF-16 units. */
const long = 4000;
const folded = 1600;

/**
 * Where a long text is cut while it is folded; its length when nothing is cut. It ends
 * between words where it can, never within a letter, and not before anything marked.
 */
export function foldsAt(text: string, ranges: readonly Range[]): number {
  if (text.length <= long || ranges.some(([, end]) => end > folded)) return text.length;
  const space = text.slice(0, folded).search(/\s\S{0,80}$/u);
  return space > 0 ? space : folded - Number(isHighHalf(text, folded - 1));
}

/** Whether the unit at a place is the first half of a pair. */
function isHighHalf(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

const mostEmoji = 24;

/** Whether a text is nothing but a few emoji, which are shown large. */
export function isEmojiOnly(text: string): boolean {
  const hasNoOther =
    /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\s)+$/u;
  return text.length <= mostEmoji && hasNoOther.test(text) && /\p{Emoji_Presentation}|\ufe0f/u.test(text);
}
