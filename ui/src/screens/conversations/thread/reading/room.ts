/** Empty space is never higher than this: browsers lay out only so much. In pixels, as all here. */
const highest = 5_000_000;

/** The seq that a line of the thread stands for, or begins with; 0 for what is no message. */
export function seqOf(line: HTMLElement): number {
  return Number(line.dataset["line"]);
}

/**
 * The part of the page in which a thread is laid out. Only some of its lines are there;
 * empty space before and behind stands for the others. Lines that come or go above the
 * view take their height from the space before them, so that what is in view stays where
 * it is without any scrolling: a finger's swing goes on, and nothing counts as moved.
 */
export class Room {
  readonly #scroller: HTMLElement;
  /** The list of the lines. It begins where the scroller does. */
  readonly list: HTMLElement;
  readonly #before: HTMLElement;
  readonly #behind: HTMLElement;
  /** A line in view, and where it stood. */
  #anchor: { line: HTMLElement; top: number } | undefined;

  /** `scroller` holds the list, whose first and last elements are the space. */
  constructor(scroller: HTMLElement) {
    this.#scroller = scroller;
    this.list = scroller.firstElementChild as HTMLElement;
    this.#before = this.list.firstElementChild as HTMLElement;
    this.#behind = this.list.lastElementChild as HTMLElement;
  }

  /** The lines that stand for messages, in order. */
  get lines(): HTMLElement[] {
    return this.#all.filter((line) => seqOf(line) > 0);
  }

  get #all(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[data-line]")];
  }

  /** The height of the view. */
  get view(): number {
    return this.#scroller.clientHeight;
  }

  /** How far the view is scrolled. */
  get top(): number {
    return this.#scroller.scrollTop;
  }

  /** How much of the lines is above the view; negative where the view begins above them. */
  get above(): number {
    return this.top - this.#before.offsetTop - this.#before.offsetHeight;
  }

  /** How much of the lines is below the view; negative where the view ends below them. */
  get below(): number {
    return this.#behind.offsetTop - this.top - this.view;
  }

  /** The space that stands for the messages before the lines. */
  get before(): number {
    return this.#before.getBoundingClientRect().height;
  }

  /** Changes that space; what is in view stays. */
  set before(height: number) {
    // Asked before: where less is left than was scrolled, the browser scrolls by itself.
    const { top } = this;
    const change = this.#setBefore(height);
    if (change !== 0) this.#scroller.scrollTop = top + change;
  }

  /** Changes the space that stands for the messages behind the lines. */
  set behind(height: number) {
    this.#behind.style.height = `${Math.min(Math.max(0, height), highest)}px`;
  }

  /** How high a message is, on an average. */
  get average(): number {
    const [first, last] = [this.lines[0], this.lines.at(-1)];
    if (!first || !last) return 0;
    return (last.offsetTop + last.offsetHeight - first.offsetTop) / (seqOf(last) - seqOf(first) + 1);
  }

  /** Before lines come or go: notes where the first one in view stands. */
  remember(): void {
    const edge = this.#scroller.getBoundingClientRect().top;
    this.#anchor = undefined;
    for (const line of this.#all) {
      const box = line.getBoundingClientRect();
      if (box.bottom <= edge) continue;
      this.#anchor = { line, top: box.top };
      return;
    }
  }

  /** Puts it back where it stood: by the space before it, and where that is used up by scrolling. */
  restore(): void {
    if (!this.#anchor?.line.isConnected) return;
    const moved = this.#anchor.line.getBoundingClientRect().top - this.#anchor.top;
    if (moved === 0) return;
    const taken = -this.#setBefore(this.before - moved);
    if (Math.abs(moved - taken) > 0.5) this.#scroller.scrollTop += moved - taken;
  }

  /** Scrolls to the end. */
  toEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** Scrolls to an element of the list, if it has one, and tells whether it has. */
  toElement(selector: string): boolean {
    const element = this.list.querySelector(selector);
    element?.scrollIntoView({ block: "start" });
    return element !== null;
  }

  /** Brings a line to a height of the view, from 0 to 1. */
  bring(line: HTMLElement, share: number): void {
    this.#scroller.scrollTop += this.#distance(line, share);
  }

  /** Lets a line stand at a height of the view without scrolling, as far as the space allows. */
  lay(line: HTMLElement, share: number): void {
    this.#setBefore(this.before - this.#distance(line, share));
    this.bring(line, share);
  }

  #distance(line: HTMLElement, share: number): number {
    const offset = line.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
    return offset - this.view * share;
  }

  /** Gives by how much the space has changed. */
  #setBefore(height: number): number {
    const was = this.before;
    this.#before.style.height = `${Math.min(Math.max(0, height), highest)}px`;
    return this.before - was;
  }
}
