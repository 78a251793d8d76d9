import { index, namesOf } from "$text/emoji/search";
import type { Language } from "$words/words.svelte";

export interface EmojiWords {
  /** What each emoji is found by, in all languages at once. */
  index: string[];
  names: Record<Language, string[]>;
}

let loading: Promise<EmojiWords> | undefined;

/** The names and words of all emoji; loaded once, when a panel first opens. */
export function loadWords(): Promise<EmojiWords> {
  loading ??= load();
  // What failed may be tried again.
  loading.catch(() => (loading = undefined));
  return loading;
}

async function load(): Promise<EmojiWords> {
  const [{ default: tr }, { default: en }] = await Promise.all([
    import("$text/emoji/turkish.json"),
    import("$text/emoji/english.json"),
  ]);
  return { index: index(tr, en), names: { tr: namesOf(tr), en: namesOf(en) } };
}
