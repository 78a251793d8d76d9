import { newId } from "$desk/id";
import type { Chimes } from "$kit/chimes";
import { Signal } from "../view/signal";
import type { Kept } from "./kept";

const loudness = 60;

/**
 * Rings when there is an answer that the visitor may not have seen. Browsers allow a
 * sound only after a gesture, and of several tabs the one that was used last rings.
 */
export class Bell {
  readonly #id = newId();
  readonly #isMuted: Signal<boolean>;
  #chimes: Chimes | undefined;
  readonly #kept: Kept;
  readonly #turned: (isMuted: boolean) => void;

  constructor(kept: Kept, turned: (isMuted: boolean) => void) {
    this.#kept = kept;
    this.#turned = turned;
    this.#isMuted = new Signal(kept.get("mute") !== undefined);
    for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, () => void this.#used());
  }

  /** Whether the visitor wants to hear nothing. */
  get isMuted() {
    return this.#isMuted.value;
  }

  toggle(): void {
    const isMuted = !this.isMuted;
    this.hear(isMuted);
    if (isMuted) this.#kept.set("mute", "1");
    else this.#kept.remove("mute");
    this.#turned(isMuted);
  }

  /** It was turned in another tab. */
  hear(isMuted: boolean): void {
    this.#isMuted.value = isMuted;
  }

  ring(): void {
    if (!this.isMuted && this.#kept.get("bell") === this.#id) this.#chimes?.ring("drop", loudness);
  }

  async #used(): Promise<void> {
    if (this.#kept.get("bell") !== this.#id) this.#kept.set("bell", this.#id);
    this.#chimes ??= new (await import("$kit/chimes")).Chimes();
    this.#chimes.arm();
  }
}
