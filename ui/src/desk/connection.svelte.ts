import type { Phase } from "$live/link";

const quietFor = 1500;
const restoredFor = 3000;

export type Trouble = "offline" | "reconnecting" | "restarting";

/** What the page says about its connection: nothing, unless it stays bad for a moment. */
export class Connection {
  #isOpen = $state(false);
  #trouble = $state<Trouble | undefined>();
  #retryAt = $state<number | undefined>();
  #restored = $state<number | undefined>();
  #timer = 0;

  get isOpen() {
    return this.#isOpen;
  }

  /** What is wrong, once it has been for 1.5 s. */
  get trouble() {
    return this.#trouble;
  }

  /** When the next try comes. */
  get retryAt() {
    return this.#retryAt;
  }

  /** How many messages came with the return of the connection; undefined when that is old news. */
  get restored() {
    return this.#restored;
  }

  phase(phase: Phase, wait: number, isRestarting: boolean): void {
    this.#isOpen = phase === "open";
    this.#retryAt = phase === "waiting" ? Date.now() + wait : undefined;
    if (phase === "waiting") this.#worry(isRestarting);
    if (phase === "idle" || phase === "ended") this.#calm();
  }

  /** The connection is back. Says so only where its loss was said too. */
  return(messages: number): void {
    const wasTold = this.#trouble !== undefined;
    this.#calm();
    if (!wasTold) return;
    this.#restored = messages;
    this.#timer = Number(setTimeout(() => (this.#restored = undefined), restoredFor));
  }

  #worry(isRestarting: boolean): void {
    const trouble = isRestarting ? "restarting" : navigator.onLine ? "reconnecting" : "offline";
    if (this.#trouble) this.#trouble = trouble;
    else if (!this.#timer) this.#timer = Number(setTimeout(() => (this.#trouble = trouble), quietFor));
  }

  #calm(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#trouble = undefined;
    this.#restored = undefined;
  }
}
