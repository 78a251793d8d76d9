import type { en } from "$words/admin/en";
import type { Part } from "$words/part.svelte";
import { createContext } from "svelte";

/** What these pages say, besides the common words. */
export type AdminWords = Part<typeof en>;

export const [useAdminWords, provideAdminWords] = createContext<AdminWords>();

/** How the catalogue is had in each language. */
export const catalogues = {
  tr: async () => (await import("$words/admin/tr")).tr,
  en: async () => (await import("$words/admin/en")).en,
};
