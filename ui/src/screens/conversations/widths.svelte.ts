import type { Shelf } from "$desk/keep";

export interface Bounds {
  min: number;
  max: number;
  initial: number;
}

/** A pane's width in pixels, as this browser remembers it. */
export class Width {
  readonly bounds: Bounds;
  #value = $state(0);
  readonly #name: string;
  readonly #shelf: Shelf;

  constructor(name: string, bounds: Bounds, shelf: Shelf) {
    this.bounds = bounds;
    this.#name = `width.${name}`;
    this.#shelf = shelf;
    const kept = Number(shelf.get(this.#name));
    this.#value = kept >= bounds.min && kept <= bounds.max ? kept : bounds.initial;
  }

  get value(): number {
    return this.#value;
  }

  set value(width: number) {
    this.#value = width;
    if (width === this.bounds.initial) this.#shelf.remove(this.#name);
    else this.#shelf.set(this.#name, String(width));
  }
}
