import type { Agent, AgentTeam, CustomerRef, ID, Tag, View } from "$api/types";
import { fitting } from "$desk/tags.svelte";
import { fold } from "$text/fold";
import type { Words } from "$words/words.svelte";
import { views } from "../../../../route/route";
import { tabName } from "../../status";
import { days } from "./days";
import { filterNames, nameIn, namesLike, written, type FilterName, type Piece } from "./language";

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

/** The views as one writes them in Turkish. */
const turkishViews: Record<View, string> = {
  inbox: "gelen",
  unassigned: "atanmamış",
  assigned: "atanmış",
  resolved: "çözümlendi",
  unresolved: "çözümlenmemiş",
  jetbot: "jetbot",
  archive: "arşiv",
};

/** So many are offered at a time. */
const most = 7;

/** A word of so many letters may be meant to become a filter's name. */
const leastOfName = 2;

/** What can be written for a piece, best first. */
export function suggestionsFor(piece: Piece | undefined, stock: Stock, words: Words): Suggestion[] {
  if (piece === undefined) return [];
  if (piece.name === undefined) {
    if (piece.typed.length < leastOfName) return [];
    return namesLike(piece.typed).map((name) => nameSuggestion(name, words));
  }
  return valuesOf(piece.name, piece.typed, stock, words).slice(0, most);
}

/** All the filters there are, for whoever has typed nothing yet. */
export function allFilters(words: Words): Suggestion[] {
  return filterNames.map((name) => nameSuggestion(name, words));
}

function nameSuggestion(name: FilterName, { t, language }: Words): Suggestion {
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
  return { text: `${nameIn(language, name)}:`, says: says[name] };
}

function valuesOf(name: FilterName, typed: string, stock: Stock, words: Words): Suggestion[] {
  const { t, language } = words;
  const value = (value: string, says: string) => {
    const text = written(language, name, value);
    return text === undefined ? [] : [{ text, says }];
  };
  const wanted = fold(typed.trim());
  const fits = (...texts: string[]) => texts.some((text) => fold(text).includes(wanted));
  /** Values that there are always the same of; either language's word for one finds it. */
  const fixed = (choices: [english: string, turkish: string, says: string][]) =>
    choices.flatMap(([english, turkish, says]) =>
      fits(english, turkish, says) ? value(language === "tr" ? turkish : english, says) : [],
    );
  switch (name) {
    case "from":
      return fixed([
        ["customer", "müşteri", t("search.fromCustomer")],
        ["agent", "temsilci", t("search.fromAgent")],
        ["bot", "bot", stock.bot],
        ["note", "not", t("search.fromNote")],
      ]);
    case "has":
      return fixed([["file", "dosya", t("search.hasFile")]]);
    case "view":
      return fixed(views.map((view: View) => [view, turkishViews[view], tabName(t, view, stock.bot)]));
    case "agent": {
      const me = fixed([["me", "ben", t("search.me")]]);
      const named = people(slugged(stock.agents), wanted, language);
      return [...me, ...named.flatMap(({ slug, email }) => value(slug, email))];
    }
    case "team": {
      const named = stock.teams.map(({ name, members }) => ({ name, email: "", n: members.length }));
      return people(named, wanted, language).flatMap(({ name, n }) => value(name, t("teams.members", { n })));
    }
    case "tag":
      return fitting(stock.tags, typed, []).flatMap(({ tag, count }) =>
        value(tag, t("search.tagUses", { n: count })),
      );
    case "customer":
      return people(stock.customers, wanted, language).flatMap(({ name, email }) =>
        value(name || email, name ? email : ""),
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
    const isWritten = written("en", "agent", name) !== undefined;
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
