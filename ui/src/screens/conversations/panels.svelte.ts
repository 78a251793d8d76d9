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
  #isDocked: boolean = $state(innerWidth >= dockedFrom);
  #isPinned = $state(false);
  #isDrawn = $state(false);
  readonly #shelf: Shelf;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
    this.#isPinned = shelf.get("customer") !== "hidden";
  }

  /** Whether the customer panel has a place of its own, rather than lying over the thread. */
  get isDocked() {
    return this.#isDocked;
  }

  get isCustomerShown() {
    return this.#isDocked ? this.#isPinned : this.#isDrawn;
  }

  toggleCustomer(): void {
    if (this.#isDocked) {
      this.#isPinned = !this.#isPinned;
      this.#shelf.set("customer", this.#isPinned ? "shown" : "hidden");
    } else {
      this.#isDrawn = !this.#isDrawn;
    }
  }

  closeDrawer(): void {
    this.#isDrawn = false;
  }

  /** Follows the width of the window. */
  run(): () => void {
    const wide = matchMedia(`(min-width: ${dockedFrom}px)`);
    const follow = () => (this.#isDocked = wide.matches);
    wide.addEventListener("change", follow);
    return () => wide.removeEventListener("change", follow);
  }
}
