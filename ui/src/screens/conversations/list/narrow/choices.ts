import type { Agent, AgentTeam, Conversation, ID, Tag } from "$api/types";
import { fitting } from "$desk/tags.svelte";
import type { PickerOption } from "$kit/Picker.svelte";
import { fold } from "$text/fold";
import { languageName } from "$text/languageName";
import type { Words } from "$words/words.svelte";
import { spans, type Filters, type Span } from "../../../../route/filters";
import { channelName } from "../../names";
import { spanLabel } from "./chips";
import type { Narrowing } from "./narrowing";

/** What a list can be narrowed by, one value of each at a time. */
export const kinds = ["agent", "team", "tag", "channel", "date", "language"] as const;
export type Kind = (typeof kinds)[number];

/** What is done by choosing: a kind's values are shown, the list is narrowed, or days are asked for. */
export type Act =
  | { type: "kind"; kind: Kind }
  | { type: "narrow"; change: Partial<Filters> }
  | { type: "resolved"; isHidden: boolean }
  | { type: "days" };

export interface Choice extends PickerOption {
  act: Act;
  /** Whether it is nothing but what was typed. */
  isTyped?: boolean;
}

/** What there is to choose from. */
export interface Stock {
  agents: readonly Agent[];
  /** Whose own conversations have a filter of their own. */
  me: ID | undefined;
  teams: readonly AgentTeam[];
  tags: readonly Tag[];
  /** The conversations that the page has seen: their channels and languages are offered. */
  seen: readonly Conversation[];
}

const icons = {
  agent: "user",
  team: "users",
  tag: "tag",
  channel: "mail",
  date: "calendar",
  language: "languages",
} as const;

/** So many tags are offered; the others are found by typing. */
const mostTags = 30;
const mostOfEach = 5;

/** What everybody has, whatever was seen so far. */
const channels = ["widget", "api"];
const languages = "tr en de fr es it nl pt ar ru uk az ku fa bg ro el ka pl zh ja ko".split(" ");
const first = ["tr", "en"];

export function kindName(kind: Kind, t: Words["t"]): string {
  const names: Record<Kind, string> = {
    agent: t("filter.kindAgent"),
    team: t("filter.kindTeam"),
    tag: t("filter.kindTag"),
    channel: t("filter.kindChannel"),
    date: t("filter.kindDate"),
    language: t("filter.kindLanguage"),
  };
  return names[kind];
}

/** The kinds; once something is typed, the values of every kind that fit it. */
export function choicesFor(query: string, narrowing: Narrowing, stock: Stock, words: Words): Choice[] {
  const { t } = words;
  const byName = (choice: Choice) => fold(choice.label).includes(fold(query.trim()));
  // Where there are no teams there is nothing to choose from, and some views are nobody's.
  const shown = kinds.filter(
    (kind) => (kind !== "team" || stock.teams.length > 0) && (kind !== "agent" || narrowing.mayBeAssigned),
  );
  const own = [
    ...shown.map((kind): Choice => {
      const act: Act = { type: "kind", kind };
      return { id: kind, label: kindName(kind, t), icon: icons[kind], testid: `filter-kind-${kind}`, act };
    }),
    ...(narrowing.mayHideResolved ? [resolvedChoice(narrowing, t)] : []),
  ];
  if (query.trim() === "") return own;
  const values = shown.flatMap((kind) =>
    valuesOf(kind, query, stock, words)
      .filter(({ isTyped }) => !isTyped)
      .slice(0, mostOfEach)
      .map((choice) => ({ ...choice, group: kindName(kind, t) })),
  );
  return [...own.filter(byName), ...values];
}

function resolvedChoice({ hidesResolved }: Narrowing, t: Words["t"]): Choice {
  return {
    id: "resolved",
    label: hidesResolved ? t("filter.showResolved") : t("filter.hideResolved"),
    icon: hidesResolved ? "eye" : "eyeOff",
    testid: "filter-resolved",
    act: { type: "resolved", isHidden: !hidesResolved },
  };
}

/** The values of a kind that fit what is typed. */
export function valuesOf(kind: Kind, query: string, stock: Stock, words: Words): Choice[] {
  const typed = fold(query.trim());
  const fits = (choice: Choice) => fold(choice.label).includes(typed) || choice.id === `${kind}-${typed}`;
  switch (kind) {
    case "agent":
      return agentsFor(query, stock, words);
    case "team":
      return stock.teams
        .map(({ id, name }) => choice(kind, id, name, { team: id }))
        .filter(fits)
        .sort((a, b) => a.label.localeCompare(b.label, words.language));
    case "tag":
      return fitting(stock.tags, query, [])
        .slice(0, mostTags)
        .map(({ tag, count }) => ({
          ...choice(kind, tag, tag, { tag }),
          detail: words.number(count),
        }));
    case "channel":
      return channelsFor(query, stock.seen, words).map(({ channel, isTyped }) => ({
        ...choice(kind, channel, channelName(words.t, channel), { channel }),
        isTyped,
      }));
    case "date":
      return datesFor(words).filter(fits);
    case "language":
      return languagesFor(stock.seen, typed === "")
        .map((code) => choice(kind, code, languageName(code, words.language), { language: code }))
        .filter(fits);
  }
}

function choice(kind: Kind, value: string, label: string, change: Partial<Filters>): Choice {
  const [id, icon] = [`${kind}-${value}`, icons[kind]];
  return { id, label, icon, testid: `filter-${id}`, act: { type: "narrow", change } };
}

/** Everyone who has or had conversations, those of the team of today first. */
function agentsFor(query: string, { agents, me }: Stock, { language }: Words): Choice[] {
  const typed = fold(query.trim());
  return agents
    .filter(({ name, email }) => fold(name).includes(typed) || fold(email).startsWith(typed))
    .sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, language))
    .map(({ id, name }) =>
      choice("agent", id, name, id === me ? { mine: true, agent: undefined } : { mine: false, agent: id }),
    );
}

/** What was seen, and what is typed: no list says which channels there are. */
function channelsFor(
  query: string,
  seen: readonly Conversation[],
  { t }: Words,
): { channel: string; isTyped: boolean }[] {
  const typed = query.trim();
  const known = [...new Set([...seen.map(({ channel }) => channel), ...channels])].filter(Boolean).sort();
  const fits = known.filter((channel) =>
    [channel, channelName(t, channel)].some((name) => fold(name).includes(fold(typed))),
  );
  const found = fits.map((channel) => ({ channel, isTyped: false }));
  return typed === "" || fits.includes(typed) ? found : [...found, { channel: typed, isTyped: true }];
}

function datesFor(words: Words): Choice[] {
  const past = (Object.keys(spans) as Span[]).map((span) =>
    choice("date", span, spanLabel(span, words), { since: span, until: undefined }),
  );
  const days: Choice = {
    id: "date-days",
    label: words.t("filter.days"),
    icon: icons.date,
    testid: "filter-date-days",
    act: { type: "days" },
  };
  return [...past, days];
}

/** The team's languages and those of customers that were seen; others once something is typed. */
function languagesFor(seen: readonly Conversation[], isShort: boolean): string[] {
  const spoken = seen.map(({ customer }) => customer.language).filter(Boolean);
  return [...new Set([...first, ...spoken.sort(), ...(isShort ? [] : languages)])];
}
