const monday = Date.UTC(2024, 0, 1);
const day = 86_400_000;

/** The days of the week in a language, Monday first. */
export function weekdays(language: string): string[] {
  const name = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  return Array.from({ length: 7 }, (_, i) => name.format(monday + i * day));
}
