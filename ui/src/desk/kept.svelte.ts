import { SvelteSet } from "svelte/reactivity";
import type { Conversations } from "./conversations.svelte";

/**
 * The conversations that somebody wants to stay unread: here, or somebody else of the
 * team. To have one of them open is not to read it, until it is left and entered again.
 */
export class KeptUnread {
  readonly #numbers = new SvelteSet<number>();

  constructor(conversations: Pick<Conversations, "watch">) {
    conversations.watch((now, { before }) => {
      const isMarked = before?.unread === 0 && now.unread > 0 && now.last_seq === before.last_seq;
      if (isMarked) this.add([now.number]);
      if (now.unread === 0) this.leave(now.number);
    });
  }

  has(number: number): boolean {
    return this.#numbers.has(number);
  }

  /** Says at once, before the server does, that these are to stay unread. */
  add(numbers: Iterable<number>): void {
    for (const number of numbers) this.#numbers.add(number);
  }

  /** It is left, or entered: looking at it means reading it again. */
  leave(number: number): void {
    this.#numbers.delete(number);
  }
}
