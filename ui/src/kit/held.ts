import { takesText } from "./keys";

/** Keys that mean something to a field beside the characters that it takes. */
const named = new Set(["Enter", "Backspace", "ArrowDown", "ArrowUp"]);

/**
 * Holds back what is typed for something that is on its way, so that no letter is lost or
 * taken for a shortcut of what is still there. Keys with Ctrl or Cmd go on to the page.
 */
export class HeldKeys {
  #keys: string[] = [];
  readonly #oncalloff: () => void;

  /**
   * Starts holding. Esc calls it off, and so does a press into another field, where one goes
   * on to type: oncalloff is told, and what was typed is forgotten.
   */
  constructor(oncalloff: () => void) {
    this.#oncalloff = oncalloff;
    addEventListener("keydown", this.#take, { capture: true });
    addEventListener("pointerdown", this.#press, { capture: true });
  }

  /** Lets keys go where they went before, without what was typed meanwhile. */
  drop(): void {
    removeEventListener("keydown", this.#take, { capture: true });
    removeEventListener("pointerdown", this.#press, { capture: true });
    this.#keys = [];
  }

  /** Types what was held, key by key, where the focus is then; what is typed meanwhile waits its turn. */
  async replay(): Promise<void> {
    for (let key = this.#keys.shift(); key !== undefined; key = this.#keys.shift()) {
      type(key);
      // A chosen option moves the focus in its own time.
      if (named.has(key)) await new Promise((done) => setTimeout(done));
    }
    this.drop();
  }

  readonly #take = (event: KeyboardEvent) => {
    // What is not trusted is what is typed again.
    if (!event.isTrusted || event.ctrlKey || event.metaKey) return;
    const isEscape = event.key === "Escape";
    if (!isEscape && event.key.length > 1 && !named.has(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // Enter that is still down from opening it is no choice.
    if (event.repeat && event.key === "Enter") return;
    if (!isEscape) this.#keys.push(event.key);
    else this.#callOff();
  };

  readonly #press = (event: PointerEvent) => {
    if (takesText(event.target)) this.#callOff();
  };

  #callOff(): void {
    this.drop();
    this.#oncalloff();
  }
}

function type(key: string): void {
  const target = document.activeElement ?? document.body;
  if (!takesText(target)) send(target, key);
  else if (key === "Backspace") document.execCommand("delete");
  else if (key.length === 1) document.execCommand("insertText", false, key);
  else send(target, key);
}

function send(target: Element, key: string): void {
  const isFree = target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  // A browser presses a button only for a key that a hand has pressed.
  if (isFree && key === "Enter" && target instanceof HTMLButtonElement) target.click();
}
