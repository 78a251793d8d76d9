import type { Conversation, ID } from "$api/types";
import type { Leaving } from "$desk/shown.svelte";
import type { Words } from "$words/words.svelte";
import { homeOf, tabName } from "../status";

interface Names {
  bot: string;
  agent: (id: ID | null) => string | undefined;
  team: (id: ID | null) => string | undefined;
}

/** Why a row leaves the list, by what has changed. */
export function reason(t: Words["t"], { before, now }: Leaving, names: Names): string {
  const was: Partial<Conversation> = before ?? {};
  if (now.archived && !was.archived) return t("state.archived");
  if (now.state === "resolved" && was.state === "open") return t("state.resolved");
  if (now.state === "open" && (was.state === "resolved" || was.archived)) return t("leave.reopened");
  if (was.team_id !== undefined && now.team_id !== was.team_id) {
    const team = names.team(now.team_id);
    return team ? t("toast.teamAssigned", { team }) : t("toast.teamUnassigned");
  }
  if (now.agent_id !== was.agent_id) {
    const agent = names.agent(now.agent_id);
    return agent ? t("toast.assigned", { agent }) : t("toast.unassigned");
  }
  if (now.lead === "bot" && was.lead !== "bot") return t("state.bot", { bot: names.bot });
  if (now.unread === 0 && was.unread) return t("leave.read");
  if (now.tags.join() !== was.tags?.join()) return t("leave.tags");
  if (was.views?.join() === now.views.join()) return t("leave.unfit");
  return t("leave.moved", { tab: tabName(t, homeOf(now), names.bot) });
}

/** Whether what was done to a conversation was to be rid of it, rather than to take it up. */
export function isLetGo({ before, now }: Leaving, me: ID | undefined): boolean {
  if (now.archived || now.state === "resolved") return true;
  const wasOpen = before?.state === "open" && !before.archived;
  return wasOpen && now.agent_id !== me && now.agent_id !== before.agent_id;
}
