import type { Shelf } from "$desk/keep";

const dockedFrom = 1180;

/** Which panels beside the thread are open. A docked customer panel is remembered; a drawer is not. */
export class Panels {
  isAssigning = $state(false);
  /** Whether a new conversation is being begun. */
  isBeginning = $state(false);
  /** Whether it is being chosen as what the conversation is resolved. */
  isResolving = $state(false);
  /** Whether tags are being added to the conversation. */
  isTagging = $state(false);
  /** The conversation whose customer may be about to be blocked. */
  blocking = $state<number>();
  /** The conversation in which the bar that looks for words was opened by hand. */
  finding = $state<number>();
  #isDocked: boolean = $state(innerWidth >= dockedFrom);
  #isPinned = $state(false);
  /** The conversation that the drawer is about. It would lie over the one that comes after. */
  #drawn = $state<number>();
  readonly #shelf: Shelf;
  readonly #number: () => number | undefined;

  /** The last says which conversation is open. */
  constructor(shelf: Shelf, number: () => number | undefined) {
    this.#shelf = shelf;
    this.#number = number;
    this.#isPinned = shelf.get("customer") !== "hidden";
  }

  /** Whether the customer panel has a place of its own, rather than lying over the thread. */
  get isDocked() {
    return this.#isDocked;
  }

  get #isDrawn() {
    return this.#drawn !== undefined && this.#drawn === this.#number();
  }

  get isCustomerShown() {
    return this.#isDocked ? this.#isPinned : this.#isDrawn;
  }

  toggleCustomer(): void {
    if (this.#isDocked) {
      this.#isPinned = !this.#isPinned;
      this.#shelf.set("customer", this.#isPinned ? "shown" : "hidden");
    } else {
      this.#drawn = this.#isDrawn ? undefined : this.#number();
    }
  }

  /** Opens the bar that looks for words in a conversation; where it is open, one goes on in it. */
  find(number: number): void {
    const field = document.querySelector<HTMLInputElement>("[data-testid=hits-bar] input");
    this.finding = number;
    field?.focus();
    field?.select();
  }

  closeDrawer(): void {
    this.#drawn = undefined;
  }

  /** A conversation is left: what lay over it does not come back with it. */
  leave(number: number | undefined): void {
    if (this.#drawn === number) this.#drawn = undefined;
    if (this.blocking === number) this.blocking = undefined;
    if (this.finding === number) this.finding = undefined;
  }

  /** Follows the width of the window. */
  run(): () => void {
    const wide = matchMedia(`(min-width: ${dockedFrom}px)`);
    const follow = () => (this.#isDocked = wide.matches);
    wide.addEventListener("change", follow);
    return () => wide.removeEventListener("change", follow);
  }
}
