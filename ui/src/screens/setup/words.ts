import { createContext } from "svelte";
import type { Part } from "$words/part.svelte";
import type { en } from "$words/setup/en";

/** What the first run says, besides the common words. */
export type SetupWords = Part<typeof en>;

export const [useSetupWords, provideSetupWords] = createContext<SetupWords>();

/** How the catalogue is had in each language. */
export const catalogues = {
  tr: async () => (await import("$words/setup/tr")).tr,
  en: async () => (await import("$words/setup/en")).en,
};
