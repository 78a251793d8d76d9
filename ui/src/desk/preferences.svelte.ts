import type { Api } from "$api/api";
import type { Shelf } from "./keep";
import { readPreferences, type Preferences } from "./preferences";

/** How long changes are gathered before they go to the server. */
const saveAfter = 400;

/**
 * An agent's own settings of the page. A change holds at once; the server keeps it for
 * the next browser, and this browser keeps what its first paint needs.
 */
export class PreferencesKeeper {
  #now = $state.raw<Preferences>(readPreferences({}));
  #hasFailed = $state(false);
  /** Everything the server keeps, also what this page knows nothing of. */
  #whole: Record<string, unknown> = {};
  #timer = 0;
  #saving: Promise<void> = Promise.resolve();
  readonly #api: Pick<Api, "prefer">;
  readonly #shelf: Shelf;

  constructor(api: Pick<Api, "prefer">, shelf: Shelf) {
    this.#api = api;
    this.#shelf = shelf;
    // Until the server has answered, this browser's last ones hold.
    this.#now = readPreferences(parsed(shelf.get("preferences")));
  }

  get now(): Preferences {
    return this.#now;
  }

  /** Whether the last change is only here: the server didn't take it. */
  get hasFailed() {
    return this.#hasFailed;
  }

  /** Takes what the server keeps. A theme that only this browser was told stays. */
  takeUp(kept: Record<string, unknown> | undefined): void {
    const theme = this.#shelf.get("theme");
    this.#whole = { ...(theme !== null && { theme }), ...kept };
    this.#apply();
    this.#keep();
  }

  /** Changes some of them. */
  change(change: Partial<Preferences>): void {
    this.#whole = { ...this.#whole, ...change };
    this.#apply();
    this.#keep();
    clearTimeout(this.#timer);
    this.#timer = Number(setTimeout(() => (this.#saving = this.#saving.then(() => this.#save())), saveAfter));
  }

  /** Follows what is changed in other tabs of this browser; the returned function ends that. */
  run(): () => void {
    const hear = (event: StorageEvent) => {
      if (event.key !== "parley.preferences" || event.newValue === null) return;
      this.#whole = { ...this.#whole, ...(parsed(event.newValue) as Record<string, unknown>) };
      // The other tab has kept it: kept here again, the two would answer each other for ever.
      this.#apply();
    };
    addEventListener("storage", hear);
    return () => removeEventListener("storage", hear);
  }

  async #save(): Promise<void> {
    try {
      await this.#api.prefer(this.#whole);
      this.#hasFailed = false;
    } catch {
      this.#hasFailed = true;
    }
  }

  /** Lets them hold on this page. */
  #apply(): void {
    this.#now = readPreferences(this.#whole);
    const root = document.documentElement;
    for (const [name, value] of Object.entries(firstPaintOf(this.#now))) {
      if (value === undefined) root.removeAttribute(`data-${name}`);
      else root.setAttribute(`data-${name}`, value);
    }
    root.style.fontSize = this.#now.size === 100 ? "" : `${this.#now.size}%`;
  }

  /** Keeps them in this browser. */
  #keep(): void {
    this.#shelf.set("preferences", JSON.stringify(this.#now));
    for (const [name, value] of Object.entries(firstPaintOf(this.#now))) {
      if (value === undefined) this.#shelf.remove(name);
      else this.#shelf.set(name, value);
    }
  }
}

/** What theme/first-paint.js reads, and tokens.css goes by; undefined where it is as at first. */
function firstPaintOf({ theme, density, size }: Preferences): Record<string, string | undefined> {
  return {
    theme: theme === "system" ? undefined : theme,
    density: density === "comfortable" ? undefined : density,
    size: size === 100 ? undefined : String(size),
  };
}

function parsed(kept: string | null): unknown {
  try {
    return JSON.parse(kept ?? "{}");
  } catch {
    return {};
  }
}
