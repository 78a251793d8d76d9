import type { Message } from "$api/types";

/**
 * The seq of the newest message of the customer that no agent has answered; 0 when none
 * waits. The bot's messages and notes answer nothing here.
 */
export function questionOf(messages: readonly Message[]): number {
  const last = messages.findLast(({ kind }) => kind === "customer" || kind === "agent");
  return last?.kind === "customer" ? last.seq : 0;
}
