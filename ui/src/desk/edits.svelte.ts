import { SvelteMap } from "svelte/reactivity";

/** Fields that are being changed in place, by name, with what was typed so far. */
export class Edits {
  readonly #texts = new SvelteMap<string, string>();

  /** What was typed into a field; undefined while it is not being changed. */
  get(field: string): string | undefined {
    return this.#texts.get(field);
  }

  set(field: string, text: string): void {
    this.#texts.set(field, text);
  }

  /** Ends the change of a field. */
  end(field: string): void {
    this.#texts.delete(field);
  }
}
