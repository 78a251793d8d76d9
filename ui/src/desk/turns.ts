/**
 * Calls in the order in which they were made, one after the other: two at once may come to
 * the server in another order, and what was done last would be undone by what was before it.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Calls when all earlier calls are over, whatever became of them. */
  take<T>(call: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(call);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}
