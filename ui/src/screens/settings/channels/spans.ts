import type { Holiday, Span } from "$api/types";

/** A time of day as people write it (9, 9.30, 0930), as 09:30; undefined for what is none. */
export function timeOf(text: string): string | undefined {
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text.trim());
  if (!found) return undefined;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  if (minute > 59 || hour * 60 + minute > 24 * 60) return undefined;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** Whether a span is one: both ends are times, and the second comes after the first. */
export function isSpan({ from, to }: Span): boolean {
  return timeOf(from) === from && timeOf(to) === to && from < to;
}

/**
 * The span up to an end that was written, and what of it lies on the next day: from 22:00
 * to 02:00 is a night, though the server knows days only.
 */
export function endAt(span: Span, text: string): { span: Span; night?: Span } {
  const to = timeOf(text) ?? text;
  if (to === "00:00") return { span: { ...span, to: "24:00" } };
  const isNight = timeOf(text) !== undefined && timeOf(span.from) === span.from && to < span.from;
  return isNight
    ? { span: { ...span, to: "24:00" }, night: { from: "00:00", to } }
    : { span: { ...span, to } };
}

/** A day's spans with what began the evening before; what that touches becomes one with it. */
export function withNight(spans: readonly Span[], night: Span): Span[] {
  const touched = spans.filter(({ from }) => from <= night.to);
  const to = [night, ...touched].reduce((last, span) => (span.to > last ? span.to : last), "");
  return [{ from: night.from, to }, ...spans.filter(({ from }) => from > night.to)];
}

/**
 * The days with hours of their own, when one of them goes on after midnight. What is said of
 * a day ends with it, so the day after gets the rest: it becomes one of them, with the hours
 * that it has in the week, unless it is one already.
 */
export function withNightAfter(
  holidays: readonly Holiday[],
  date: string,
  night: Span,
  week: readonly Span[][],
): Holiday[] {
  const after = new Date(Date.parse(date) + 24 * 3_600_000);
  const next = after.toISOString().slice(0, 10);
  const listed = holidays.find((holiday) => holiday.date === next);
  const spans = listed ? (listed.spans ?? []) : (week[(after.getUTCDay() + 6) % 7] ?? []);
  const day: Holiday = { ...listed, date: next, spans: withNight(spans, night) };
  const others = holidays.filter((holiday) => holiday.date !== next);
  return [...others, day].toSorted((a, b) => a.date.localeCompare(b.date));
}
