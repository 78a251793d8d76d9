import type { PresenceState } from "$api/types";
import type { Say } from "$live/frames";
import type { Standing } from "./preferences";

/** After so long without a key or a pointer an agent counts as away. */
export const idleAfter = 5 * 60_000;

const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "focus"] as const;

/** What a pointer says need not be heard more often. */
const hearEvery = 1000;

/**
 * Tells the team whether an agent is there: as they wish it to be told, or by whether
 * anything moved lately. The server takes an agent for online until it hears otherwise,
 * so a new connection is told again.
 */
export class Attendance {
  #isIdle = $state(false);
  #told: PresenceState = "online";
  #heardAt = 0;
  #timer = 0;
  readonly #standing: () => Standing;
  readonly #say: (say: Say) => void;

  constructor(standing: () => Standing, say: (say: Say) => void) {
    this.#standing = standing;
    this.#say = say;
  }

  /** What is told of this page. */
  get state(): PresenceState {
    const standing = this.#standing();
    if (standing === "auto") return this.#isIdle ? "away" : "online";
    return standing;
  }

  /** A connection has come about, which knows nothing yet. */
  connected(): void {
    this.#told = "online";
    this.tell();
  }

  /** Tells the server where it does not know. */
  tell(): void {
    const { state } = this;
    if (state === this.#told) return;
    this.#told = state;
    this.#say({ type: "presence", state });
  }

  /** Looks whether somebody is there; the returned function ends that. */
  run(page: EventTarget = window): () => void {
    const hear = () => this.#hear();
    for (const sign of signs) page.addEventListener(sign, hear, { passive: true, capture: true });
    this.#wait();
    return () => {
      clearTimeout(this.#timer);
      for (const sign of signs) page.removeEventListener(sign, hear, { capture: true });
    };
  }

  #hear(): void {
    const now = Date.now();
    if (!this.#isIdle && now - this.#heardAt < hearEvery) return;
    this.#heardAt = now;
    this.#isIdle = false;
    this.tell();
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = Number(setTimeout(() => this.#idle(), idleAfter));
  }

  #idle(): void {
    this.#isIdle = true;
    this.tell();
  }
}
