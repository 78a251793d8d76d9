import type { Conversation, Message } from "$api/types";
import type { Words } from "$words/words.svelte";
import { actorName, customerName, type LineNames } from "../names";
import { eventWords } from "./lines/eventWords";

/** A conversation as a text that anybody can read, in the language that is spoken now. */
export function transcript(
  { t, dates }: Pick<Words, "t" | "dates">,
  conversation: Conversation,
  messages: readonly Message[],
  names: LineNames,
): string {
  const { customer, number } = conversation;
  const contact =
    customer.email && customer.email !== customerName(t, customer) ? ` <${customer.email}>` : "";
  const head = `#${number} · ${customerName(t, customer)}${contact}`;
  const entries = messages.map((message) => {
    const when = dates.full(Date.parse(message.at));
    if (message.kind === "event") return `— ${eventWords(t, message, names)} (${when})`;
    const note = message.kind === "note" ? ` · ${t("msg.note")}` : "";
    const files = message.attachments.map((file) => `[${file.name}]`);
    const said = [message.text, ...files].filter((line) => line !== "");
    return [`${actorName(t, message.author, names)}${note}, ${when}`, ...said].join("\n");
  });
  return `${[head, ...entries].join("\n\n")}\n`;
}
