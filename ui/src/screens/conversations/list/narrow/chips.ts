import { languageName } from "$text/languageName";
import type { Words } from "$words/words.svelte";
import { isSpan, type Filters, type Span } from "../../../../route/filters";
import { channelName } from "../../names";
import type { Narrowing } from "./narrowing";

/** A filter in use, as it is shown with a way to take it away. */
export interface Chip {
  id: "agent" | "team" | "tag" | "channel" | "language" | "date" | "resolved";
  label: string;
  remove: () => void;
}

/** What agents and teams are called, by their ids. */
export interface Names {
  agent: (id: string) => string | undefined;
  team: (id: string) => string | undefined;
}

/** The filters in use beside those that have a button of their own. */
export function chipsOf(narrowing: Narrowing, words: Words, names: Names): Chip[] {
  const { t } = words;
  const { agent, team, tag, channel, language, since, until } = narrowing.filters;
  const chip = (id: Chip["id"], label: string | undefined, without: Partial<Filters>): Chip[] =>
    label === undefined ? [] : [{ id, label, remove: () => narrowing.change(without) }];
  const hidden: Chip = {
    id: "resolved",
    label: t("filter.hidden"),
    remove: () => narrowing.hideResolved(false),
  };
  return [
    ...chip("agent", agent && t("filter.agent", { agent: names.agent(agent) ?? t("actor.unknown") }), {
      agent: undefined,
    }),
    ...chip("team", team && t("filter.team", { team: names.team(team) ?? t("teams.unknown") }), {
      team: undefined,
    }),
    ...chip("tag", tag && t("filter.tag", { tag }), { tag: undefined }),
    ...chip("channel", channel && t("filter.channel", { channel: channelName(t, channel) }), {
      channel: undefined,
    }),
    ...chip(
      "language",
      language && t("filter.language", { language: languageName(language, words.language) }),
      { language: undefined },
    ),
    ...chip("date", dateLabel(since, until, words), { since: undefined, until: undefined }),
    ...(narrowing.hidesResolved ? [hidden] : []),
  ];
}

export function spanLabel(span: Span, { t }: Words): string {
  if (span === "today") return t("filter.today");
  return span === "7d" ? t("filter.week") : t("filter.month");
}

function dateLabel(since: string | undefined, until: string | undefined, words: Words): string | undefined {
  const { t } = words;
  const day = (key: string) => words.dates.date(new Date(`${key}T00:00`).getTime());
  if (isSpan(since)) return spanLabel(since, words);
  if (since !== undefined && until !== undefined)
    return t("filter.between", { from: day(since), to: day(until) });
  if (since !== undefined) return t("filter.since", { day: day(since) });
  return until === undefined ? undefined : t("filter.until", { day: day(until) });
}
