import { fill, type Grammar, type Message } from "$words/message";
import type { Words } from "$words/words.svelte";

const anyGrammar: Grammar = { plural: () => "other", number: String };

/** Fetches the palette with the sentences of both languages: without them it would choose otherwise. */
export async function loadPalette() {
  const [{ default: Palette }, { tr }, { en }] = await Promise.all([
    import("./Palette.svelte"),
    import("$words/tr"),
    import("$words/en"),
  ]);
  return { Palette, tongues: [tongue(tr), tongue(en)] };
}

function tongue(catalogue: Record<string, Message>): Words["t"] {
  return (key, ...values) => fill(catalogue[key] ?? "", values[0] ?? {}, anyGrammar);
}
