import type { en } from "$words/factor/en";
import { Part } from "$words/part.svelte";
import { useWords } from "$words/words.svelte";

/** What two-step verification says, besides the common words. */
export type FactorWords = Part<typeof en>;

/** How the catalogue is had in each language. */
const catalogues = {
  tr: async () => (await import("$words/factor/tr")).tr,
  en: async () => (await import("$words/factor/en")).en,
};

/** The words, for a component while it is made. There is nothing to say until they are there. */
export function useFactorWords(): FactorWords {
  const words = useWords();
  const part: FactorWords = new Part(words, catalogues);
  $effect(() => void part.use(words.language));
  return part;
}
