import type { Conversation, ID, Sort, View } from "$api/types";

/** Which conversations a list shows, and in which order. */
export interface Query {
  view: View;
  sort: Sort;
  /** Only those of this agent. */
  agent?: ID | undefined;
  tag?: string | undefined;
  unread?: boolean | undefined;
}

/** Where a conversation stands in an order: a moment, and the number where moments are equal. */
export interface Spot {
  at: number;
  number: number;
}

/** The same text for the same list. */
export function keyOf(query: Query): string {
  return [query.view, query.sort, query.agent ?? "", query.tag ?? "", query.unread ? "unread" : ""].join("|");
}

export function isFiltered(query: Query): boolean {
  return Boolean(query.agent ?? query.tag ?? query.unread);
}

/**
 * Whether a list shows a conversation. Which view holds it is the server's to say and
 * comes with the conversation; only the filters are compared here.
 */
export function belongs(conversation: Conversation, query: Query): boolean {
  return (
    conversation.views.includes(query.view) &&
    (query.agent === undefined || conversation.agent_id === query.agent) &&
    (query.tag === undefined || conversation.tags.includes(query.tag)) &&
    (!query.unread || conversation.unread > 0) &&
    (query.sort !== "waiting" || isWaiting(conversation))
  );
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
