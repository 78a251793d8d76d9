import type { Api } from "$api/api";
import type { ID } from "$api/types";
import { Composing } from "./composing.svelte";
import type { Shelf } from "./keep";
import { lasting } from "./lasting.svelte";

/** What an agent is writing, conversation by conversation, for as long as the page is open. */
export class Composings {
  readonly #all = new Map<number, Composing>();
  #owner: ID = "";
  readonly #api: Api;
  readonly #shelf: Shelf;

  constructor(api: Api, shelf: Shelf) {
    this.#api = api;
    this.#shelf = shelf;
  }

  /** Whose writing it is from now on. */
  takeUp(owner: ID): void {
    if (owner !== this.#owner) this.#all.clear();
    this.#owner = owner;
  }

  get(number: number): Composing {
    let composing = this.#all.get(number);
    if (!composing) {
      composing = lasting(() => new Composing(number, this.#owner, this.#api, this.#shelf));
      this.#all.set(number, composing);
    }
    return composing;
  }

  /** Whether a reply was begun in a conversation, this time or an earlier one. */
  hasDraft(number: number): boolean {
    const composing = this.#all.get(number);
    if (composing) return composing.hasDraft;
    return this.#shelf.get(`draft.${this.#owner}.${number}.reply`) !== null;
  }

  /** Keeps every text: the page may be going. */
  keep(): void {
    for (const composing of this.#all.values()) composing.keep();
  }
}
