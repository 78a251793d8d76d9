import { createContext } from "svelte";

/**
 * Which line of the thread is pointed at, by the mouse, a finger or the focus. Only there
 * stands the button of its menu; while the menu is open it stays there.
 */
export class Pointing {
  #at = $state<string | undefined>();
  #isOpen = $state(false);
  #button = $state.raw<HTMLElement | undefined>();

  /** The id of the line. */
  get at() {
    return this.#at;
  }

  get isOpen() {
    return this.#isOpen;
  }

  set isOpen(isOpen: boolean) {
    this.#isOpen = isOpen;
  }

  /** The button that the menu opens from. */
  get button() {
    return this.#button;
  }

  /** Points at a line, or at none. */
  point(id: string | undefined): void {
    if (!this.#isOpen) this.#at = id;
  }

  /** Opens the menu of a line. */
  open(id: string): void {
    this.point(id);
    this.#isOpen = true;
  }

  /** Takes note of the button while it stands. */
  hold(button: HTMLElement): () => void {
    this.#button = button;
    return () => {
      if (this.#button === button) this.#button = undefined;
    };
  }
}

export const [usePointing, providePointing] = createContext<Pointing>();
