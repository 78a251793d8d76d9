import type { Language } from "$words/words.svelte";

/** What is said in one of two languages, or in the other where that one is empty. */
export function said(both: Readonly<Record<Language, string>>, language: Language): string {
  return both[language] || both[language === "tr" ? "en" : "tr"];
}
