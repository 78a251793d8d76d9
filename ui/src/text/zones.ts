/** Where browsers don't say which zones they know. */
const fallback = [
  "Europe/Istanbul",
  "Europe/London",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Dubai",
  "UTC",
];

/** The time zones to choose from, the given one among them. */
export function zones(chosen: string): { value: string; label: string }[] {
  const known = typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : fallback;
  return [...new Set([...known, chosen])]
    .sort()
    .map((value) => ({ value, label: value.replaceAll("_", " ") }));
}

/** The time zone of this browser. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "Europe/Istanbul";
}

/** What the clock shows in a zone at a moment. */
export function clockIn(zone: string, language: string, now: number): string {
  return new Intl.DateTimeFormat(language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
  }).format(now);
}
