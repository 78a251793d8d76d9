import type { Shelf } from "$desk/keep";

/** A shelf without a browser. */
export class MemoryShelf implements Shelf {
  readonly kept = new Map<string, string>();
  get = (name: string) => this.kept.get(name) ?? null;
  set = (name: string, value: string) => void this.kept.set(name, value);
  remove = (name: string) => void this.kept.delete(name);
  names = (start: string) => [...this.kept.keys()].filter((name) => name.startsWith(start));
}
