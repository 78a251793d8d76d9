/** A stretch of text that is marked as found, or not. */
export interface Segment {
  text: string;
  marked: boolean;
}

/** A half-open range in UTF-16 units. */
export type Range = readonly [number, number];

/**
 * Cuts a text into marked and plain segments. Ranges may come in any order, overlap
 * or reach outside the text; the segments always join to exactly the text.
 */
export function segments(text: string, ranges: readonly Range[]): Segment[] {
  const out: Segment[] = [];
  let at = 0;
  const push = (end: number, marked: boolean) => {
    if (end > at) out.push({ text: text.slice(at, end), marked });
    at = Math.max(at, end);
  };
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    push(Math.min(start, text.length), false);
    push(Math.min(end, text.length), true);
  }
  push(text.length, false);
  return out;
}
