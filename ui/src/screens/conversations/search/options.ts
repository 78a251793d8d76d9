import type { CustomerRef, Hit, SearchPage } from "$api/types";
import type { Suggestion } from "./complete/values";

/** One line that can be chosen under the search box. */
export type Option =
  | { type: "number"; id: string; number: number }
  | { type: "hit"; id: string; hit: Hit; seq: number | undefined }
  | { type: "customer"; id: string; customer: CustomerRef; fields: Hit["fields"]; number: number }
  | { type: "recent"; id: string; query: string }
  | { type: "filter"; id: string; suggestion: Suggestion }
  /** Asks for the results behind those that are there. */
  | { type: "more"; id: string };

export type SectionId =
  "recent" | "filters" | "conversations" | "customers" | "messages" | "further" | "more";

/** Options that stand together. */
export interface Section {
  id: SectionId;
  options: Option[];
}

/** What was found, as far as it is there. */
export interface Found {
  number: number | undefined;
  page: SearchPage | undefined;
  /** How many hits came first. What came later goes behind them, so that nothing moves. */
  firstCount: number;
}

/** So many conversations go before the customers and messages; the others follow them. */
const strongest = 3;
const mostCustomers = 3;

const ofCustomer = ["customer.name", "customer.email", "customer.phone"];

/** What is offered while nothing is typed: the recent queries, then the filters there are. */
export function beginnings(recent: readonly string[], filters: readonly Suggestion[]): Section[] {
  const searched = recent.map((query, i): Option => ({ type: "recent", id: `recent-${i}`, query }));
  return given([
    { id: "recent", options: searched },
    { id: "filters", options: filterOptions(filters) },
  ]);
}

/**
 * What is offered for a query: how it may go on, the number that it is, the strongest
 * conversations, who they are, what was written, and the rest.
 */
export function sectionsFor(found: Found, suggestions: readonly Suggestion[]): Section[] {
  const hits = found.page?.hits ?? [];
  const first = hits.slice(0, found.firstCount);
  const customers = customersIn(first, found.page?.terms ?? []);
  const messages = first.filter(isMessage);
  const others = first.filter((hit) => !isMessage(hit));
  const isMixed = customers.length > 0 || messages.length > 0;
  const most = isMixed ? strongest : others.length;
  const jump: Option[] =
    found.number === undefined ? [] : [{ type: "number", id: "number", number: found.number }];
  const hasMore = Boolean(found.page?.next);
  return given([
    { id: "filters", options: filterOptions(suggestions) },
    { id: "conversations", options: [...jump, ...others.slice(0, most).map(hitOption)] },
    { id: "customers", options: customers },
    { id: "messages", options: messages.map(hitOption) },
    { id: "further", options: [...others.slice(most), ...hits.slice(found.firstCount)].map(hitOption) },
    { id: "more", options: hasMore ? [{ type: "more", id: "more" }] : [] },
  ]);
}

function given(sections: Section[]): Section[] {
  return sections.filter(({ options }) => options.length > 0);
}

function filterOptions(suggestions: readonly Suggestion[]): Option[] {
  return suggestions.map((suggestion, i) => ({ type: "filter", id: `filter-${i}`, suggestion }));
}

function hitOption(hit: Hit): Option {
  return { type: "hit", id: `hit-${hit.conversation.number}`, hit, seq: hit.snippets[0]?.seq };
}

/** Whether a conversation was found by nothing but what is written in it. */
function isMessage(hit: Hit): boolean {
  return hit.snippets.length > 0 && hit.fields.length === 0;
}

/** Those who are called what was asked for, each with the newest of their conversations. */
function customersIn(hits: readonly Hit[], terms: readonly string[]): Option[] {
  if (terms.length === 0) return [];
  const meant = new Map<string, Hit>();
  for (const hit of hits) {
    const { id } = hit.conversation.customer;
    const known = meant.get(id);
    const isNewer = !known || hit.conversation.active_at > known.conversation.active_at;
    if (isNewer && hit.fields.some((field) => isWhole(field, terms.length))) meant.set(id, hit);
  }
  return [...meant].slice(0, mostCustomers).map(([id, { conversation, fields }]) => ({
    type: "customer",
    id: `customer-${id}`,
    customer: conversation.customer,
    fields: fields.filter(({ name }) => ofCustomer.includes(name)),
    number: conversation.number,
  }));
}

/** Whether a field of the customer's holds every word that was asked for. */
function isWhole({ name, text, ranges }: Hit["fields"][number], words: number): boolean {
  if (!ofCustomer.includes(name)) return false;
  const marked = ranges.map(([from, to]) => text.slice(from, to).match(/[\p{L}\p{N}]+/gu)?.length ?? 0);
  return marked.reduce((sum, count) => sum + count, 0) >= words;
}
