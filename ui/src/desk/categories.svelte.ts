import type { SettingsApi } from "$api/settings";
import type { Category, ID } from "$api/types";
import type { Language } from "$words/words.svelte";
import { said } from "$text/said";

/** As what a conversation can be resolved. */
export class Categories {
  #all = $state.raw<readonly Category[]>([]);
  readonly #api: Pick<SettingsApi, "categories">;

  constructor(api: Pick<SettingsApi, "categories">) {
    this.#api = api;
  }

  /** Those that can be chosen. */
  readonly usable = $derived(this.#all.filter(({ enabled }) => enabled));

  /** What one is called; undefined for one that was deleted. */
  nameOf(id: ID | null, language: Language): string | undefined {
    const category = this.#all.find((one) => one.id === id);
    return category && said(category.name, language);
  }

  /** Throws an ApiError. */
  async load(): Promise<void> {
    this.#all = await this.#api.categories();
  }
}
