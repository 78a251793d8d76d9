/**
 * What the frame keeps between pages: in the storage that the browser gives our origin
 * inside this website, or in memory where it gives none.
 */
export class Kept {
  /** Whether what is kept outlasts the page. */
  readonly isLasting: boolean;
  readonly #prefix: string;
  readonly #memory = new Map<string, string>();
  readonly #storage: Storage | undefined;

  constructor(site: string) {
    this.#prefix = `parley.${site}.`;
    this.#storage = storage(this.#prefix);
    this.isLasting = this.#storage !== undefined;
  }

  get(name: string): string | undefined {
    const key = this.#prefix + name;
    return this.#memory.get(key) ?? this.#storage?.getItem(key) ?? undefined;
  }

  /** Keeps a text; where storage is full, for as long as the page lives. */
  set(name: string, value: string): void {
    const key = this.#prefix + name;
    try {
      if (!this.#storage) throw new Error("none");
      this.#storage.setItem(key, value);
      this.#memory.delete(key);
    } catch {
      this.#memory.set(key, value);
    }
  }

  remove(name: string): void {
    this.#memory.delete(this.#prefix + name);
    this.#storage?.removeItem(this.#prefix + name);
  }

  /** The names that begin so. */
  names(start = ""): string[] {
    const whole = this.#prefix + start;
    return [...this.#memory.keys(), ...Object.keys(this.#storage ?? {})]
      .filter((key) => key.startsWith(whole))
      .map((key) => key.slice(this.#prefix.length));
  }

  /** Forgets everything of this site. */
  clear(): void {
    for (const name of this.names()) this.remove(name);
  }
}

function storage(prefix: string): Storage | undefined {
  try {
    const probe = `${prefix}probe`;
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return undefined; // blocked, or full beyond a single letter
  }
}
