import type { Conversation, View } from "$api/types";
import type { Words } from "$words/words.svelte";

/** Where a conversation stands, as its glyph shows it. */
export type Status = "unassigned" | "assigned" | "bot" | "resolved" | "archived";

export function statusOf(conversation: Conversation): Status {
  if (conversation.archived) return "archived";
  if (conversation.state === "resolved") return "resolved";
  if (conversation.lead === "bot") return "bot";
  return conversation.lead === "agent" ? "assigned" : "unassigned";
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
