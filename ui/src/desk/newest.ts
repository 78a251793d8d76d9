interface Copy {
  rev: number;
}

/**
 * Which of two copies of a thing is the newer one: the one with the higher rev, unless the
 * known one is doubted. It may come from another state of the data file, put back since, where
 * revs were counted further; then any copy goes before it, once.
 */
export class Newest<K> {
  readonly #doubted = new Set<K>();

  /** Whether a copy takes the place of the known one. */
  isNewer(key: K, known: Copy | undefined, copy: Copy): boolean {
    return this.#doubted.delete(key) || !known || copy.rev > known.rev;
  }

  isDoubted(key: K): boolean {
    return this.#doubted.has(key);
  }

  /** The known copies of these may be of another state of the data. */
  doubt(keys: Iterable<K>): void {
    for (const key of keys) this.#doubted.add(key);
  }

  clear(): void {
    this.#doubted.clear();
  }
}
