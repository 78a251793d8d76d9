import type { Conversation } from "$api/types";
import type { Desk } from "$desk/desk.svelte";
import { copy } from "$kit/copy";
import { faultWords } from "$words/faults";
import type { Words } from "$words/words.svelte";
import { customerName } from "./names";
import type { Panels } from "./panels.svelte";

/* What is done with a conversation from more than one place: its menus, the commands. */

/** Copies the link that leads to it wherever it is. */
export async function copyLink({ notices }: Desk, number: number): Promise<void> {
  notices.copied(await copy(`${location.origin}/c/${number}`));
}

/** Saves all of it as a text. */
export async function download(desk: Desk, words: Words, conversation: Conversation): Promise<void> {
  const { people, teams, categories, session, threads, notices } = desk;
  const { t } = words;
  const names = {
    customer: customerName(t, conversation.customer),
    bot: session.botName,
    agent: (id: string | null) => people.agent(id)?.name,
    team: (id: string | null) => teams.nameOf(id),
    category: (id: string | null) => categories.nameOf(id, words.language),
  };
  try {
    const [messages, { transcript }, { saveText }] = await Promise.all([
      threads.read(conversation.number),
      import("./thread/transcript"),
      import("$kit/save"),
    ]);
    const text = transcript(words, conversation, messages, names);
    saveText(`${t("export.file")}-${conversation.number}.txt`, text);
  } catch (thrown) {
    notices.failed(thrown);
  }
}

/** Asks whether the customer is to be blocked, or let in again. */
export async function askToBlock(
  desk: Desk,
  panels: Panels,
  { number, customer }: Conversation,
): Promise<void> {
  const file = desk.customers.get(customer.id);
  if (!file.customer) await file.loadProfile();
  if (file.customer) panels.blocking = number;
  else desk.notices.fault((t) => t("action.failed", { why: faultWords(t, file.fault ?? "") }));
}
