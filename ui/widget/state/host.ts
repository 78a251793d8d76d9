import type { Boot, Happening, ToFrame, ToLoader } from "../bridge";

/** What the loader wrote into the address; undefined where the page stands by itself. */
export function bootOf(fragment: string): Boot | undefined {
  try {
    const boot = JSON.parse(decodeURIComponent(fragment.slice(1))) as Partial<Boot> | null;
    const isWhole = typeof boot?.nonce === "string" && typeof boot.origin === "string";
    return isWhole ? (boot as Boot) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The page around the frame. It hears only its own parent, from the origin that the
 * loader named, with the loader's nonce; and it speaks to that origin alone. Which
 * websites may be a parent at all, the server says (frame-ancestors).
 */
export class Host {
  readonly #boot: Boot | undefined;

  constructor(boot: Boot | undefined, hear: (message: ToFrame) => void) {
    this.#boot = parent === window ? undefined : boot;
    addEventListener("message", (event) => {
      const { nonce, origin } = this.#boot ?? {};
      if (!nonce || event.source !== parent || event.origin !== origin) return;
      const { parley, message } = Object(event.data) as { parley?: unknown; message?: unknown };
      if (parley === nonce && typeof message === "object" && message) hear(message as ToFrame);
    });
  }

  /** Whether there is a page around. */
  get isThere(): boolean {
    return this.#boot !== undefined;
  }

  say(message: ToLoader): void {
    const { nonce, origin } = this.#boot ?? {};
    if (nonce && origin) parent.postMessage({ parley: nonce, message }, origin);
  }

  /** Tells the website's listeners; never what was written. */
  tell<Name extends keyof Happening>(type: Name, detail: Happening[Name]): void {
    this.say({ type, detail } as ToLoader);
  }
}
