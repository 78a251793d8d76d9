import type { Conversation, Preview } from "$api/types";
import type { Words } from "$words/words.svelte";

/** Who is spoken of in a row's preview. */
export interface Cast {
  me: string | undefined;
  bot: string;
  nameOf: (id: string | null) => string | undefined;
}

/** Who wrote the last message, as a prefix of its preview; empty for the customer. */
export function prefix(t: Words["t"], last: Preview, cast: Cast): string {
  if (last.kind === "customer") return "";
  if (last.kind === "note") return t("list.note");
  if (last.kind === "bot") return cast.bot;
  return last.author_id === cast.me ? t("list.you") : (cast.nameOf(last.author_id) ?? t("actor.unknown"));
}

/** How urgent a wait is: 0 for none, then 1 to 3 as it grows. */
export function urgency(conversation: Conversation, now: number): 0 | 1 | 2 | 3 {
  if (conversation.waiting_since === null || conversation.state !== "open") return 0;
  const minutes = (now - Date.parse(conversation.waiting_since)) / 60_000;
  if (minutes < 15) return 1;
  return minutes < 60 ? 2 : 3;
}
