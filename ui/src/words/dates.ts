const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How one language writes moments and lengths of time. */
export interface Formats {
  language: string;
  relative: Intl.RelativeTimeFormat;
  words: Intl.RelativeTimeFormat;
  clock: Intl.DateTimeFormat;
  dayMonth: Intl.DateTimeFormat;
  month: Intl.DateTimeFormat;
  short: Intl.DateTimeFormat;
  long: Intl.DateTimeFormat;
  full: Intl.DateTimeFormat;
  units: Record<"minute" | "hour" | "day", Intl.NumberFormat>;
}

export function formatsOf(language: string): Formats {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options);
  const unit = (name: string) =>
    new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "short" });
  return {
    language,
    relative: new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "narrow" }),
    words: new Intl.RelativeTimeFormat(language, { numeric: "auto" }),
    clock: format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    dayMonth: format({ day: "numeric", month: "short" }),
    month: format({ month: "long", year: "numeric" }),
    short: format({ day: "numeric", month: "short", year: "numeric" }),
    long: format({ day: "numeric", month: "long", year: "numeric", weekday: "long" }),
    full: format({ dateStyle: "long", timeStyle: "short", hourCycle: "h23" }),
    units: { minute: unit("minute"), hour: unit("hour"), day: unit("day") },
  };
}

/**
 * Writes moments as people of a language say them. It holds no clock: now comes in. Nor
 * does it hold a language: whoever keeps it writes in the one that is spoken then.
 */
export class Dates {
  readonly #formats: () => Formats;

  constructor(formats: () => Formats) {
    this.#formats = formats;
  }

  /** 14:05 */
  clock(at: number): string {
    return this.#formats().clock.format(at);
  }

  /** The whole moment, for titles and labels. */
  full(at: number): string {
    return this.#formats().full.format(at);
  }

  /** 9 Mar 2025 */
  date(at: number): string {
    return this.#formats().short.format(at);
  }

  /** March 2025 */
  month(at: number): string {
    return this.#formats().month.format(at);
  }

  /** Today, Yesterday, or the day with its name: what stands between the days of a thread. */
  day(at: number, now: number): string {
    const ago = daysBetween(at, now);
    const isNear = ago === 0 || ago === 1;
    return isNear
      ? this.#capital(this.#formats().words.format(-ago, "day"))
      : this.#formats().long.format(at);
  }

  /**
   * What a list says about a moment: minutes up to an hour, then the time of day,
   * then Yesterday, then the date. undefined stands for "just now".
   */
  brief(at: number, now: number): string | undefined {
    const passed = now - at;
    if (passed < minute) return undefined;
    if (passed < hour) return this.span(passed);
    const ago = daysBetween(at, now);
    if (ago === 0) return this.clock(at);
    if (ago === 1) return this.#capital(this.#formats().relative.format(-1, "day"));
    const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    return this.#formats()[isThisYear ? "dayMonth" : "short"].format(at);
  }

  /** A length of time in its largest whole unit: 12 min, 3 hr, 2 days. */
  span(milliseconds: number): string {
    if (milliseconds < hour) return this.#unit("minute", Math.max(1, milliseconds / minute));
    if (milliseconds < day) return this.#unit("hour", milliseconds / hour);
    return this.#unit("day", milliseconds / day);
  }

  /** Without the full stop that Turkish abbreviations carry: it reads as a sentence's end here. */
  #unit(unit: "minute" | "hour" | "day", amount: number): string {
    return this.#formats().units[unit].format(Math.floor(amount)).replace(/\.$/, "");
  }

  #capital(word: string): string {
    return word.charAt(0).toLocaleUpperCase(this.#formats().language) + word.slice(1);
  }
}

/** How many midnights lie between two moments, in this browser's time zone. */
export function daysBetween(at: number, now: number): number {
  const midnight = (moment: number) => new Date(moment).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / day);
}

/** The day of a moment as yyyy-mm-dd, in this browser's time zone. */
export function dayKey(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The first moment of a day so many days after the one of a moment, in this browser's time zone. */
export function startOfDay(at: number, later = 0): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + later).getTime();
}

/** The same for a day that is written as yyyy-mm-dd; undefined for none. */
export function startOf(day: string | undefined, later = 0): number | undefined {
  const at = startOfDay(new Date(`${day}T00:00`).getTime(), later);
  return Number.isNaN(at) ? undefined : at;
}
