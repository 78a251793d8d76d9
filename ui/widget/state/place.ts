import { Signal } from "../view/signal";
import type { Kept } from "./kept";

export type Screen = { name: "home" } | { name: "form" } | { name: "thread"; target: string };

/** Where the visitor is in the panel, and whether they can see it. */
export class Place {
  readonly #screen = new Signal<Screen>({ name: "home" });
  readonly #isOpen = new Signal(false);
  readonly #isVisible = new Signal(document.visibilityState === "visible");
  /** Whether the website handed the focus over with the opening, and nothing has taken it yet. */
  isCalled = false;
  readonly #isFull = new Signal(false);
  readonly #heard = new Signal("");
  readonly #kept: Kept;

  constructor(kept: Kept, changed: () => void) {
    this.#kept = kept;
    document.addEventListener("visibilitychange", () => {
      this.#isVisible.value = document.visibilityState === "visible";
      changed();
    });
  }

  get screen() {
    return this.#screen.value;
  }

  /** Whether the panel takes the whole screen. */
  get isFull() {
    return this.#isFull.value;
  }

  set isFull(isFull: boolean) {
    this.#isFull.value = isFull;
  }

  /** What a screen reader is told without the focus moving. */
  get heard() {
    return this.#heard.value;
  }

  /** The same words twice in a row are heard twice: the second time with a space more. */
  set heard(words: string) {
    this.#heard.value = words === this.#heard.value ? `${words}\u00a0` : words;
  }

  /** Whether the visitor can see the panel now. */
  get isSeen() {
    return this.isOpen && this.isVisible;
  }

  get isOpen() {
    return this.#isOpen.value;
  }

  set isOpen(isOpen: boolean) {
    this.#isOpen.value = isOpen;
  }

  /** Whether this tab is the one in front. */
  get isVisible() {
    return this.#isVisible.value;
  }

  /** The conversation that the visitor was in last, in any tab. */
  get last(): string | undefined {
    return this.#kept.get("screen");
  }

  show(screen: Screen): void {
    this.#screen.value = screen;
    if (screen.name === "thread") this.#kept.set("screen", screen.target);
    else this.#kept.remove("screen");
  }

  /** What went by one name goes by another now. */
  rename(from: string, to: string): void {
    const { screen } = this;
    if (screen.name === "thread" && screen.target === from) this.show({ name: "thread", target: to });
  }
}
