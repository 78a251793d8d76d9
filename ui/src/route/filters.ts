import type { Sort } from "$api/types";
import { sorts } from "$desk/order";

/** What a list is narrowed to, as the address says it. */
export interface Filters {
  /** Undefined for the order that the agent keeps for the tab. */
  sort: Sort | undefined;
  /** Only what is one's own. */
  mine: boolean;
  unread: boolean;
  /** Another agent, by their id. */
  agent: string | undefined;
  /** A team of agents, by its id. */
  team: string | undefined;
  tag: string | undefined;
  channel: string | undefined;
  /** The customer's. */
  language: string | undefined;
  /** Active on or after a day, or within a span that ends now. */
  since: string | undefined;
  /** Active on or before a day. */
  until: string | undefined;
}

/** The spans that end now, with how many days they take, today included. */
export const spans = { today: 1, "7d": 7, "30d": 30 } as const;
export type Span = keyof typeof spans;

export const noFilters: Filters = {
  sort: undefined,
  mine: false,
  unread: false,
  agent: undefined,
  team: undefined,
  tag: undefined,
  channel: undefined,
  language: undefined,
  since: undefined,
  until: undefined,
};

export function isSpan(text: string | undefined): text is Span {
  return text !== undefined && Object.hasOwn(spans, text);
}

/** Whether a text is a day that there is, as yyyy-mm-dd. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Reads the filters of an address; what makes no sense narrows nothing. */
export function readFilters(query: URLSearchParams): Filters {
  const text = (name: string) => query.get(name) || undefined;
  const day = (name: string) => {
    const given = text(name);
    return given !== undefined && isDay(given) ? given : undefined;
  };
  const since = text("since");
  const mine = query.get("mine") === "1";
  return {
    sort: sorts.find((sort) => sort === query.get("sort")),
    mine,
    unread: query.get("unread") === "1",
    agent: mine ? undefined : text("agent"),
    team: text("team"),
    tag: text("tag"),
    channel: text("channel"),
    language: text("language"),
    since: isSpan(since) ? since : day("since"),
    until: isSpan(since) ? undefined : day("until"),
  };
}

/** The members of an address's query that say the same. */
export function writeFilters(filters: Filters): Record<string, string | undefined> {
  const { sort, mine, unread, ...texts } = filters;
  return { sort, mine: mine ? "1" : undefined, unread: unread ? "1" : undefined, ...texts };
}
