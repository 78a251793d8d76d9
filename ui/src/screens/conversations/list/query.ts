import { startOf, startOfDay } from "$words/dates";
import type { ID, Sort, View } from "$api/types";
import type { Query } from "$desk/order";
import type { Preferences } from "$desk/preferences";
import { isSpan, spans, type Filters } from "../../../route/filters";

/** What a list depends on beside its filters. */
export interface Ground {
  me: ID | undefined;
  preferences: Pick<Preferences, "hideResolved" | "sorts">;
  /** Any moment of the present day. */
  now: number;
}

/** The order of a view's list: the address's, else the one kept for the view. */
export function sortOf(view: View, filters: Filters, { sorts }: Pick<Preferences, "sorts">): Sort {
  return filters.sort ?? sorts[view] ?? "newest";
}

/** Whether a view holds what is resolved beside what is not, so that hiding it makes sense. */
export function mayHideResolved(view: View): boolean {
  return view === "inbox";
}

/** What is asked of the server for a view under its filters. Days begin in this browser's time zone. */
export function queryFor(view: View, filters: Filters, { me, preferences, now }: Ground): Query {
  const { mine, unread, agent, team, tag, channel, language, since, until } = filters;
  return {
    view,
    sort: sortOf(view, filters, preferences),
    agent: mine ? me : agent,
    unread,
    hideResolved: mayHideResolved(view) && preferences.hideResolved,
    team,
    tag,
    channel,
    language,
    since: isSpan(since) ? startOfDay(now, 1 - spans[since]) : startOf(since, 0),
    until: startOf(until, 1),
  };
}
