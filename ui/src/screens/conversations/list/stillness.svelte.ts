/** Since the last movement of pointer or keys in the list nothing has happened for so long, in milliseconds. */
const idleAfter = 1500;

/** Where a pointer or the focus rests in the list, it is taken to have been left there after so long. */
const leftAfter = 5000;

/**
 * Whether somebody is at the list. Rows may move while it shows its beginning in a window
 * that is looked at, and nobody's pointer, focus or keys are at it.
 */
export class Stillness {
  #isIdle = $state(true);
  /** Whether it was idle for so long that a resting pointer counts for nothing. */
  #isLeft = $state(true);
  #isOver = $state(false);
  #isFocused = $state(false);
  #isAtTop = $state(true);
  #isLookedAt = $state(document.hasFocus());
  #timers: number[] = [];

  /** Whether rows may move. */
  get mayMove(): boolean {
    const isFree = this.#isLeft || (this.#isIdle && !this.#isOver && !this.#isFocused);
    return isFree && this.#isAtTop && this.#isLookedAt;
  }

  /** Whether a row whose time is over may go. */
  get mayClose(): boolean {
    return this.#isIdle || !this.#isOver;
  }

  /** Another list is shown: it begins at its top. */
  begin(): void {
    this.#isAtTop = true;
  }

  /** Watches what happens in an element until the returned function is called. */
  readonly watch = (element: HTMLElement) => {
    const over = (isOver: boolean) => () => {
      this.#isOver = isOver;
      this.#stir();
    };
    const focused = () => {
      this.#isFocused = element.contains(document.activeElement);
      if (this.#isFocused) this.#stir();
    };
    const looked = () => (this.#isLookedAt = document.hasFocus());
    const listeners: [EventTarget, string, (event: Event) => void, boolean?][] = [
      [element, "pointerenter", over(true)],
      [element, "pointerleave", over(false)],
      [element, "pointermove", () => this.#stir()],
      [element, "pointerdown", () => this.#stir()],
      [element, "keydown", () => this.#stir()],
      [element, "focusin", focused],
      [element, "focusout", () => queueMicrotask(focused)],
      // Scrolling does not bubble; it is heard on its way down.
      [element, "scroll", (event) => this.#scrolled(event.target as HTMLElement), true],
      [window, "focus", looked],
      [window, "blur", looked],
    ];
    for (const [target, type, act, capture] of listeners)
      target.addEventListener(type, act, { capture: capture ?? false });
    return () => {
      for (const [target, type, act, capture] of listeners)
        target.removeEventListener(type, act, { capture: capture ?? false });
      for (const timer of this.#timers) clearTimeout(timer);
    };
  };

  #scrolled(scroller: HTMLElement): void {
    this.#isAtTop = scroller.scrollTop < 4;
  }

  #stir(): void {
    this.#isIdle = false;
    this.#isLeft = false;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [
      window.setTimeout(() => (this.#isIdle = true), idleAfter),
      window.setTimeout(() => (this.#isLeft = true), leftAfter),
    ];
  }
}
