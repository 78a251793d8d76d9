import type { Category } from "$text/emoji/search";
import type { Words } from "$words/words.svelte";

export function categoryNames(t: Words["t"]): Record<Category, string> {
  return {
    smileys: t("emoji.smileys"),
    people: t("emoji.people"),
    nature: t("emoji.nature"),
    food: t("emoji.food"),
    travel: t("emoji.travel"),
    activity: t("emoji.activity"),
    objects: t("emoji.objects"),
    symbols: t("emoji.symbols"),
    flags: t("emoji.flags"),
  };
}
