import type { en } from "$words/channels/en";
import type { Part } from "$words/part.svelte";
import { createContext } from "svelte";

/** What these pages say, besides the common words. */
export type ChannelWords = Part<typeof en>;

export const [useChannelWords, provideChannelWords] = createContext<ChannelWords>();

/** How the catalogue is had in each language. */
export const catalogues = {
  tr: async () => (await import("$words/channels/tr")).tr,
  en: async () => (await import("$words/channels/en")).en,
};
