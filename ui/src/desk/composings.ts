import type { Api } from "$api/api";
import type { ID } from "$api/types";
import { Composing } from "./composing.svelte";
import { Drafts, type Draft } from "./drafts.svelte";
import type { Shelf } from "./keep";
import { lasting } from "./lasting.svelte";

/** What an agent is writing, conversation by conversation, for as long as the page is open. */
export class Composings {
  readonly #all = new Map<number, Composing>();
  readonly #drafts: Drafts;
  #owner: ID = "";
  /** The conversation whose field is on the screen. */
  #shown: number | undefined;
  readonly #api: Api;

  constructor(api: Api, shelf: Shelf) {
    this.#api = api;
    this.#drafts = new Drafts(api, shelf);
  }

  /** Whose writing it is from now on. */
  takeUp(owner: ID): void {
    if (owner !== this.#owner) this.#all.clear();
    this.#owner = owner;
    this.#drafts.takeUp(owner);
  }

  get(number: number): Composing {
    let composing = this.#all.get(number);
    if (!composing) {
      composing = lasting(() => new Composing(number, this.#api, this.#drafts));
      this.#all.set(number, composing);
    }
    return composing;
  }

  /** Says that a conversation's field is on the screen; the returned function ends that. */
  show(number: number): () => void {
    this.#shown = number;
    return () => {
      this.#shown = undefined;
      this.#all.get(number)?.leave();
      this.keep();
    };
  }

  /** What was begun in a conversation, on any device: the reply, or else the note. */
  draftOf(number: number): Draft | undefined {
    const begun = [this.#drafts.get(number, "reply"), this.#drafts.get(number, "note")];
    return begun.find((draft) => draft && draft.text.trim() !== "");
  }

  /** Whether something was begun in a conversation, this time or an earlier one. */
  hasDraft(number: number): boolean {
    return this.draftOf(number) !== undefined;
  }

  /**
   * Whether a conversation may be resolved now. False when a reply stands unsent on the
   * screen: its field then asks what is to become of it, and asking again is the answer.
   */
  mayResolve(number: number, category?: ID): boolean {
    const composing = this.#shown === number ? this.#all.get(number) : undefined;
    if (!composing?.hasDraft) return true;
    const isAnswered = composing.isAskedToResolve;
    composing.askToResolve(!isAnswered, category);
    return isAnswered;
  }

  /** Keeps every text, here and on the server: the page may be going. */
  keep(): void {
    for (const composing of this.#all.values()) composing.keep();
    this.#drafts.hurry();
  }

  /** Nobody is signed in any more: keeps every text here until somebody takes it up. */
  rest(): void {
    this.#drafts.rest();
    for (const composing of this.#all.values()) composing.keep();
  }

  /** The connection is back: goes on with what it stopped. */
  hurry(): void {
    for (const composing of this.#all.values()) composing.resume();
    this.#drafts.hurry();
  }

  /** Looks what was written on other devices. Failing is no matter: the next look tells. */
  async refresh(): Promise<void> {
    const asked = this.#drafts.bases();
    const theirs = await this.#api.drafts().catch(() => undefined);
    // What was typed while the answer was on its way counts as typed before it.
    for (const composing of this.#all.values()) composing.keep();
    if (theirs) this.#drafts.meet(theirs, asked);
  }

  /** Follows the page being left and looked at again; the returned function ends that. */
  run(): () => void {
    const look = () => (document.visibilityState === "visible" ? void this.refresh() : this.keep());
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }
}
