import type { Agent, AgentTeam, CustomerRef, ID, Tag, View } from "$api/types";
import { fitting } from "$desk/tags.svelte";
import { fold } from "$text/fold";
import type { Words } from "$words/words.svelte";
import { views } from "../../../../route/route";
import { tabName } from "../../status";
import { days } from "./days";
import { filterNames, namesLike, written, type FilterName, type Piece } from "./language";

/** One way to go on with what is being typed. */
export interface Suggestion {
  /** What is written in place of the piece. */
  text: string;
  /** What it means, in the page's language. */
  says: string;
}

/** What values are taken from. */
export interface Stock {
  agents: readonly Agent[];
  teams: readonly AgentTeam[];
  me: ID | undefined;
  tags: readonly Tag[];
  customers: readonly CustomerRef[];
  bot: string;
  now: number;
}

/** So many are offered at a time. */
const most = 7;

/** A word of so many letters may be meant to become a filter's name. */
const leastOfName = 2;

/** What can be written for a piece, best first. */
export function suggestionsFor(piece: Piece | undefined, stock: Stock, words: Words): Suggestion[] {
  if (piece === undefined) return [];
  if (piece.name === undefined) {
    if (piece.typed.length < leastOfName) return [];
    return namesLike(piece.typed).map((name) => nameSuggestion(name, words.t));
  }
  return valuesOf(piece.name, piece.typed, stock, words).slice(0, most);
}

/** All the filters there are, for whoever has typed nothing yet. */
export function allFilters(t: Words["t"]): Suggestion[] {
  return filterNames.map((name) => nameSuggestion(name, t));
}

function nameSuggestion(name: FilterName, t: Words["t"]): Suggestion {
  const says: Record<FilterName, string> = {
    from: t("search.from"),
    agent: t("search.agent"),
    team: t("search.team"),
    customer: t("search.customer"),
    tag: t("search.tag"),
    view: t("search.view"),
    after: t("search.after"),
    before: t("search.before"),
    has: t("search.has"),
  };
  return { text: `${name}:`, says: says[name] };
}

function valuesOf(name: FilterName, typed: string, stock: Stock, words: Words): Suggestion[] {
  const { t } = words;
  const value = (value: string, says: string) => {
    const text = written(name, value);
    return text === undefined ? [] : [{ text, says }];
  };
  const wanted = fold(typed.trim());
  const fits = (...texts: string[]) => texts.some((text) => fold(text).includes(wanted));
  const fixed = (choices: [string, string][]) =>
    choices.flatMap(([slug, says]) => (fits(slug, says) ? value(slug, says) : []));
  switch (name) {
    case "from":
      return fixed([
        ["customer", t("search.fromCustomer")],
        ["agent", t("search.fromAgent")],
        ["bot", stock.bot],
        ["note", t("search.fromNote")],
      ]);
    case "has":
      return fixed([["file", t("search.hasFile")]]);
    case "view":
      return fixed(views.map((view: View) => [view, tabName(t, view, stock.bot)]));
    case "agent": {
      const me = fixed([["me", t("search.me")]]);
      const named = people(slugged(stock.agents), wanted, words.language);
      return [...me, ...named.flatMap(({ slug, email }) => value(slug, email))];
    }
    case "team": {
      const named = stock.teams.map(({ name, members }) => ({ name, email: "", n: members.length }));
      return people(named, wanted, words.language).flatMap(({ name, n }) =>
        value(name, t("teams.members", { n })),
      );
    }
    case "tag":
      return fitting(stock.tags, typed, []).flatMap(({ tag, count }) =>
        value(tag, t("search.tagUses", { n: count })),
      );
    case "customer":
      return people(stock.customers, wanted, words.language).flatMap(({ name, email }) =>
        value(name || email, name ? email : t("cust.visitor")),
      );
    case "after":
    case "before":
      return days(typed, stock.now, words).flatMap(({ slug, says }) => value(slug, says));
  }
}

/** Agents by their names; by their addresses where a name is not theirs alone. */
function slugged(agents: readonly Agent[]) {
  const names = agents.map((agent) => fold(agent.name));
  return agents.map(({ name, email }) => {
    const isAlone = names.filter((other) => other === fold(name)).length === 1;
    const isWritten = written("agent", name) !== undefined;
    return { name, email, slug: isAlone && isWritten ? name : email };
  });
}

/** Those whose name holds what is wanted, or whose address begins so; first those with a word that begins so. */
function people<P extends { name: string; email: string }>(
  all: readonly P[],
  wanted: string,
  language: string,
): P[] {
  const begins = ({ name }: P) => Number(` ${fold(name)}`.includes(` ${wanted}`));
  return all
    .filter(({ name, email }) => fold(name).includes(wanted) || fold(email).startsWith(wanted))
    .sort((a, b) => begins(b) - begins(a) || a.name.localeCompare(b.name, language));
}
