import { tick } from "svelte";
import type { Composing, Mode } from "$desk/composing.svelte";
import { insert } from "../../composer/insert";

/** A text as a quotation: every line begins with a sign. */
export function quoted(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
}

/** Types a text behind what is being written in a conversation, on a line of its own. */
export async function write(composing: Composing, mode: Mode, text: string): Promise<void> {
  composing.mode = mode;
  await tick();
  const field = document.getElementById("composer");
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.setSelectionRange(field.value.length, field.value.length);
  insert(field, `${field.value === "" || field.value.endsWith("\n") ? "" : "\n"}${text}\n`);
}
