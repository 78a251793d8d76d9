import { h } from "../view/dom";
import type { Panel } from "./panel";

/** Whether the team is there; and if not, when it will be, in the visitor's time. */
export function presence({ chat, words }: Panel): string {
  const { site, team } = chat;
  if (!site) return "";
  if (!team.open) return closed({ chat, words });
  if (team.agents.some(({ online }) => online)) return words.t("team.online");
  if (site.bot.leads) return words.t("team.bot", { bot: site.team.bot_name });
  return wait({ chat, words }) || words.t("team.open");
}

/** How soon a person usually answers; empty where nothing is known of it. */
export function wait({ chat, words }: Panel): string {
  const { open, wait: n = 0 } = chat.team;
  if (!open || n === 0) return "";
  if (n > 60) return words.t("wait.hours");
  return n === 60 ? words.t("wait.hour") : words.t("wait.minutes", { n });
}

export function closed({ chat, words }: Panel): string {
  const opens = chat.site?.hours.opens_at;
  return opens
    ? words.t("hours.closed", { time: words.coming(Date.parse(opens), Date.now()) })
    : words.t("hours.closedNow");
}

export function hours(panel: Panel): HTMLElement {
  return h("p", { "data-testid": "w-hours" }, () => presence(panel));
}
