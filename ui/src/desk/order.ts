import type { Conversation, ID, Sort, View } from "$api/types";

export const sorts: readonly Sort[] = ["newest", "oldest", "waiting"];

/** Which conversations a list shows, and in which order. */
export interface Query {
  view: View;
  sort: Sort;
  /** Only those of this agent. */
  agent?: ID | undefined;
  /** Only what is assigned to this team. */
  team?: ID | undefined;
  tag?: string | undefined;
  unread?: boolean | undefined;
  /** Without what is resolved and not archived. */
  hideResolved?: boolean | undefined;
  channel?: string | undefined;
  /** The customer's. */
  language?: string | undefined;
  /** Active from this moment on, and before that one. */
  since?: number | undefined;
  until?: number | undefined;
}

/** Where a conversation stands in an order: a moment, and the number where moments are equal. */
export interface Spot {
  at: number;
  number: number;
}

/** The same text for the same list. */
export function keyOf(query: Query): string {
  const { view, sort, agent, team, tag, unread, hideResolved, channel, language, since, until } = query;
  const flags = [unread ? "unread" : "", hideResolved ? "unresolved" : ""];
  return JSON.stringify([view, sort, agent, team, tag, channel, language, since, until, ...flags]);
}

export function isFiltered({
  agent,
  team,
  tag,
  unread,
  hideResolved,
  channel,
  language,
  since,
  until,
}: Query): boolean {
  const given = agent ?? team ?? tag ?? channel ?? language ?? since ?? until;
  return given !== undefined || Boolean(unread) || Boolean(hideResolved);
}

/**
 * Whether a list shows a conversation. Which view holds it is the server's to say and
 * comes with the conversation; only the filters are compared here.
 */
export function belongs(conversation: Conversation, query: Query): boolean {
  return (
    conversation.views.includes(query.view) &&
    (query.agent === undefined || conversation.agent_id === query.agent) &&
    (query.team === undefined || conversation.team_id === query.team) &&
    (query.tag === undefined || conversation.tags.includes(query.tag)) &&
    (!query.unread || conversation.unread > 0) &&
    (!query.hideResolved || conversation.state !== "resolved" || conversation.archived) &&
    (query.channel === undefined || conversation.channel === query.channel) &&
    (query.language === undefined || conversation.customer.language === query.language) &&
    isBetween(Date.parse(conversation.active_at), query) &&
    (query.sort !== "waiting" || isWaiting(conversation))
  );
}

function isBetween(at: number, { since, until }: Query): boolean {
  return (since === undefined || at >= since) && (until === undefined || at < until);
}

export function isWaiting(conversation: Conversation): boolean {
  return conversation.waiting_since !== null && conversation.state === "open";
}

export function spotOf(conversation: Conversation, sort: Sort): Spot {
  const moment = sort === "waiting" ? conversation.waiting_since : conversation.active_at;
  return { at: moment === null ? 0 : Date.parse(moment), number: conversation.number };
}

/** Negative when a comes before b. */
export function compare(a: Spot, b: Spot, sort: Sort): number {
  const ascending = a.at - b.at || a.number - b.number;
  return sort === "newest" ? -ascending : ascending;
}

/** The place in an ordered row of spots before which a spot goes. */
export function placeFor(spots: readonly Spot[], spot: Spot, sort: Sort): number {
  let low = 0;
  let high = spots.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = spots[middle];
    if (there && compare(there, spot, sort) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
