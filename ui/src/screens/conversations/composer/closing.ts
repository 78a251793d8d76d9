import type { Conversation, Role } from "$api/types";
import type { Mode } from "$desk/composing.svelte";

/** Why nothing can be written. */
export type Closing = "role" | "blocked" | "archived";

/** Why nothing can be written in a conversation; undefined where it can. Notes are always possible. */
export function closingOf(
  conversation: Conversation,
  mode: Mode,
  role: Role | undefined,
): Closing | undefined {
  if (role === "reporter") return "role";
  if (mode === "note") return undefined;
  if (conversation.customer.blocked) return "blocked";
  return conversation.archived ? "archived" : undefined;
}
