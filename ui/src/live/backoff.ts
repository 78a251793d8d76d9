const floor = 500;
const ceiling = 30_000;

/**
 * How long to wait before the next try, in milliseconds: full jitter under a ceiling
 * that doubles from 0.5 s to 30 s, so that a thousand pages do not come back at once.
 * `random` is in [0, 1).
 */
export function backoff(attempt: number, random: number): number {
  const top = Math.min(ceiling, floor * 2 ** Math.min(attempt, 10));
  return Math.max(floor / 2, Math.round(random * top));
}

/** What a restarting server asks for: any moment within the seconds that it names. */
export function spread(reason: string, random: number): number | undefined {
  const seconds = Number(/retry_after=(\d+(?:\.\d+)?)/.exec(reason)?.[1]);
  return seconds >= 0
    ? Math.max(floor / 2, Math.round(random * Math.min(seconds * 1000, ceiling)))
    : undefined;
}
