/**
 * What this browser keeps: small texts under names of our own. Where storage is full or
 * forbidden they are lost, and nothing else is.
 */
export interface Shelf {
  get(name: string): string | null;
  set(name: string, value: string): void;
  remove(name: string): void;
  /** The names that begin so. */
  names(start: string): string[];
}

const prefix = "parley.";

export const browserShelf: Shelf = {
  get: (name) => quietly(() => localStorage.getItem(prefix + name)) ?? null,
  set: (name, value) => quietly(() => localStorage.setItem(prefix + name, value)),
  remove: (name) => quietly(() => localStorage.removeItem(prefix + name)),
  names: (start) =>
    quietly(() =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith(prefix + start))
        .map((key) => key.slice(prefix.length)),
    ) ?? [],
};

function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
