/** What time it is in a time zone: Mon 14:05. Undefined for a zone that nobody knows. */
export function localTime(zone: string, language: string, now: number): string | undefined {
  try {
    const format = new Intl.DateTimeFormat(language, {
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZone: zone,
    });
    return format.format(now);
  } catch {
    return undefined;
  }
}

/** The place that a time zone is called after: New York for America/New_York. */
export function placeOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}
