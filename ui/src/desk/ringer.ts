import { newId } from "./id";

const key = "parley.ringer";
const beat = 2000;
/** A tab that gave no sign for so long has gone. */
const gone = 3 * beat;

/**
 * Settles which of an agent's open tabs rings: one of them says that it does, again and
 * again, in storage that all of them read; when it falls silent or closes, another takes
 * over. Web Locks would be simpler, but are not there on plain HTTP.
 */
export class Ringer {
  readonly #id = newId(Date.now());
  #channel: BroadcastChannel | undefined;

  /** Whether it is this tab. Also true where storage is forbidden: better twice than never. */
  isMine(): boolean {
    try {
      this.#claim();
      return this.#holder() === this.#id;
    } catch {
      return true;
    }
  }

  /** Rings from now on: somebody looks at this tab, and knows best what they see. */
  take(): void {
    try {
      localStorage.setItem(key, `${this.#id} ${Date.now()}`);
    } catch {
      // Without storage every tab rings.
    }
  }

  run(): () => void {
    const claim = () => void this.isMine();
    this.#channel = new BroadcastChannel(key);
    this.#channel.onmessage = claim;
    const timer = setInterval(claim, beat);
    addEventListener("pagehide", this.#leave);
    claim();
    return () => {
      clearInterval(timer);
      removeEventListener("pagehide", this.#leave);
      this.#leave();
      this.#channel?.close();
    };
  }

  readonly #leave = () => {
    try {
      if (this.#holder() !== this.#id) return;
      localStorage.removeItem(key);
      this.#channel?.postMessage("left");
    } catch {
      // Without storage there was nothing to give up.
    }
  };

  #claim(): void {
    const holder = this.#holder();
    if (holder !== undefined && holder !== this.#id) return;
    localStorage.setItem(key, `${this.#id} ${Date.now()}`);
  }

  /** Who rings now, if they gave a sign lately. */
  #holder(): string | undefined {
    const [id, at] = localStorage.getItem(key)?.split(" ") ?? [];
    return id && Date.now() - Number(at) < gone ? id : undefined;
  }
}
