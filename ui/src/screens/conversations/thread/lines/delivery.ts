import type { Conversation, Message } from "$api/types";

/** How far a message to the customer has come. */
export type Stage = "sent" | "delivered" | "read";

/** How far a message has come; undefined for what does not go to the customer. */
export function stageOf(message: Message, conversation: Conversation): Stage | undefined {
  if (message.kind !== "agent" && message.kind !== "bot") return undefined;
  if (message.seq <= conversation.customer_read) return "read";
  return message.seq <= conversation.customer_delivered ? "delivered" : "sent";
}

/**
 * The messages at which their stage is shown: the newest one to the customer, and the
 * last one of each stage that others have gone beyond. The rest have come as far as the
 * next one shown.
 */
export function shownStages(messages: readonly Message[], conversation: Conversation): ReadonlySet<number> {
  const last = new Map<Stage, number>();
  for (const message of messages) {
    const stage = stageOf(message, conversation);
    if (stage) last.set(stage, message.seq);
  }
  return new Set(last.values());
}
