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
  /** Runs while a loss is not said yet. */
  #worrying = 0;
  /** Runs while the return is being said. */
  #welcoming = 0;

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
    if (phase === "open") this.#endWorry();
    if (phase === "idle" || phase === "ended") this.#calm();
  }

  /** The first connection of the page stands: there is nothing to be back to. */
  greeted(): void {
    this.#calm();
  }

  /** The connection is back. Says so only where its loss was said too. */
  return(messages: number): void {
    const wasTold = this.#trouble !== undefined;
    this.#calm();
    if (!wasTold) return;
    this.#restored = messages;
    this.#welcoming = Number(setTimeout(() => (this.#restored = undefined), restoredFor));
  }

  #worry(isRestarting: boolean): void {
    const trouble = isRestarting ? "restarting" : navigator.onLine ? "reconnecting" : "offline";
    if (this.#trouble) this.#trouble = trouble;
    else if (!this.#worrying) this.#worrying = Number(setTimeout(() => this.#say(trouble), quietFor));
  }

  #say(trouble: Trouble): void {
    this.#calm();
    this.#trouble = trouble;
  }

  #endWorry(): void {
    clearTimeout(this.#worrying);
    this.#worrying = 0;
  }

  #calm(): void {
    this.#endWorry();
    clearTimeout(this.#welcoming);
    this.#trouble = undefined;
    this.#restored = undefined;
  }
}
