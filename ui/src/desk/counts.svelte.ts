import type { Counts as Snapshot, View } from "$api/types";

/** How many conversations each view holds. Only the server counts; this keeps its newest word. */
export class Counts {
  #snapshot = $state.raw<Snapshot | undefined>();

  /** Undefined until known. */
  of(view: View): number | undefined {
    return this.#snapshot?.counts[view];
  }

  put(snapshot: Snapshot): void {
    if (this.#snapshot && snapshot.rev < this.#snapshot.rev) return;
    this.#snapshot = { rev: snapshot.rev, counts: snapshot.counts };
  }

  /** Forgets the rev too: another data file counts from anew. */
  clear(): void {
    this.#snapshot = undefined;
  }
}
