import type { Message } from "$api/types";
import type { Words } from "$words/words.svelte";
import { actorName, type LineNames } from "../../names";

/** What an event line says. */
export function eventWords(t: Words["t"], message: Message, names: LineNames): string {
  const actor = actorName(t, message.author, names);
  const to = message.event?.to ?? null;
  switch (message.event?.type) {
    case "conversation.assigned":
      if (to === message.author.id) return t("event.taken", { actor });
      return t("event.assigned", { actor, agent: names.agent(to) ?? t("actor.unknown") });
    case "conversation.unassigned":
      return t("event.unassigned", { actor });
    case "conversation.team_assigned":
      return t("event.teamAssigned", { actor, team: names.team(to) ?? t("teams.unknown") });
    case "conversation.team_unassigned": {
      const from = message.event.from;
      return t("event.teamUnassigned", { actor, team: names.team(from) ?? t("teams.unknown") });
    }
    case "conversation.resolved": {
      const category = names.category(to);
      return category ? t("event.resolvedAs", { actor, category }) : t("event.resolved", { actor });
    }
    case "conversation.reopened":
      return message.author.kind === "customer" ? t("event.autoReopened") : t("event.reopened", { actor });
    case "conversation.archived":
      return t("event.archived", { actor });
    case "conversation.unarchived":
      return t("event.unarchived", { actor });
    case "conversation.handed_over":
      if (message.author.kind === "customer") return t("event.handover");
      return t(message.author.kind === "bot" ? "event.handedOver" : "event.takenOver", { actor });
    case "conversation.tagged":
      return tagWords(t, actor, message.event.added ?? [], message.event.removed ?? []);
    case "conversation.blocked":
      return t("event.blocked", { actor, reason: message.event.reason ?? "" });
    case "conversation.unblocked":
      return message.author.kind === "system" ? t("event.blockEnded") : t("event.unblocked", { actor });
    default:
      return t("event.other", { actor });
  }
}

function tagWords(t: Words["t"], actor: string, came: readonly string[], went: readonly string[]): string {
  const [added, removed] = [came.join(", "), went.join(", ")];
  if (removed === "") return t("event.tagged", { actor, tags: added });
  return added === ""
    ? t("event.untagged", { actor, tags: removed })
    : t("event.retagged", { actor, added, removed });
}
