import type { Conversation, ID, View } from "$api/types";
import type { Words } from "$words/words.svelte";

/** Where a conversation stands, as its glyph shows it. */
export type Status = "unassigned" | "assigned" | "bot" | "resolved" | "archived";

export function statusOf(conversation: Conversation): Status {
  if (conversation.archived) return "archived";
  if (conversation.state === "resolved") return "resolved";
  if (conversation.lead === "bot") return "bot";
  return conversation.lead === "agent" ? "assigned" : "unassigned";
}

/** Who has a conversation, beside the sign of where it stands: an agent, the bot or its team; else where it stands. */
export function holderName(t: Words["t"], conversation: Conversation, names: HolderNames): string {
  const status = statusOf(conversation);
  if (status === "assigned") return names.agent(conversation.agent_id) ?? t("actor.unknown");
  if (status === "bot") return names.bot;
  const team = status === "unassigned" ? names.team(conversation) : undefined;
  return team ?? t(`state.${status}`);
}

export interface HolderNames {
  bot: string;
  agent: (id: ID | null) => string | undefined;
  /** The team that a conversation is assigned to. */
  team: (conversation: Conversation) => string | undefined;
}

/** The views' names; the bot's view carries the bot's. */
export function tabName(t: Words["t"], view: View, bot: string): string {
  const names: Record<View, () => string> = {
    inbox: () => t("tab.inbox"),
    unassigned: () => t("tab.unassigned"),
    assigned: () => t("tab.assigned"),
    resolved: () => t("tab.resolved"),
    unresolved: () => t("tab.unresolved"),
    jetbot: () => bot,
    archive: () => t("tab.archive"),
  };
  return names[view]();
}

/** The view that says most about where a conversation is now. */
export function homeOf(conversation: Conversation): View {
  const order: View[] = ["archive", "resolved", "jetbot", "assigned", "unassigned", "inbox"];
  return order.find((view) => conversation.views.includes(view)) ?? "inbox";
}
