import { Derived, Signal } from "../view/signal";
import type { Conversation, Handle } from "../api";

/** The visitor's conversations, each in its newest form. */
export class Conversations {
  readonly #all = new Signal<ReadonlyMap<Handle, Conversation>>(new Map());

  readonly #list = new Derived(() =>
    [...this.#all.value.values()].sort((a, b) => Date.parse(b.active_at) - Date.parse(a.active_at)),
  );

  /** Newest activity first. */
  get list() {
    return this.#list.value;
  }

  /** How many messages of the team the visitor has not seen. */
  get unread() {
    return this.list.reduce((sum, { unread }) => sum + unread, 0);
  }

  get(handle: Handle): Conversation | undefined {
    return this.#all.value.get(handle);
  }

  /** Takes one in, unless a newer form is there. */
  take(conversation: Conversation): void {
    const known = this.#all.value.get(conversation.handle);
    if (known && known.rev > conversation.rev) return;
    this.#all.value = new Map(this.#all.value).set(conversation.handle, conversation);
  }

  /** Takes the whole list in; what is not in it is gone. */
  reset(all: readonly Conversation[]): void {
    this.#all.value = new Map(all.map((each) => [each.handle, each]));
  }
}
