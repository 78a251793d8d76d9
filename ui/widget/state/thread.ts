import { toApiError } from "$api/error";
import type { Api, Conversation, Handle, Message } from "../api";
import { Signal } from "../view/signal";

const typingLasts = 6_000;

/** The messages of one conversation, from some moment up to now. */
export class Thread {
  readonly handle: Handle;
  readonly #messages = new Signal<readonly Message[]>([]);
  readonly #status = new Signal<"new" | "loading" | "ready" | "failed">("new");
  readonly #hasBefore = new Signal(false);
  readonly #isLoadingBefore = new Signal(false);
  readonly #typing = new Signal<string | undefined>(undefined);
  #typingEnds = 0;
  readonly #api: Api;
  readonly #take: (conversation: Conversation) => void;

  constructor(handle: Handle, api: Api, take: (conversation: Conversation) => void) {
    this.handle = handle;
    this.#api = api;
    this.#take = take;
  }

  get messages() {
    return this.#messages.value;
  }

  get status() {
    return this.#status.value;
  }

  get hasBefore() {
    return this.#hasBefore.value;
  }

  get isLoadingBefore() {
    return this.#isLoadingBefore.value;
  }

  /** Who is typing. */
  get typing() {
    return this.#typing.value;
  }

  /** Loads the newest messages. What comes meanwhile joins them: a message never changes. */
  async load(): Promise<void> {
    if (this.#status.value === "loading") return;
    this.#status.value = "loading";
    try {
      const { conversation, messages, before } = await this.#api.messages(this.handle);
      this.#take(conversation);
      const oldest = messages[0]?.seq ?? 0;
      // A gap between what was there and what came would never close: begin anew.
      if ((this.#messages.value.at(-1)?.seq ?? 0) < oldest) this.#messages.value = [];
      if (oldest < (this.#messages.value[0]?.seq ?? Infinity)) this.#hasBefore.value = before;
      this.add(...messages);
      this.#status.value = "ready";
    } catch {
      this.#status.value = "failed";
    }
  }

  /** Loads what was before; failing leaves things as they are. */
  async older(): Promise<void> {
    const first = this.#messages.value[0]?.seq;
    if (!this.#hasBefore.value || this.#isLoadingBefore.value || first === undefined) return;
    this.#isLoadingBefore.value = true;
    try {
      const { messages, before } = await this.#api.messages(this.handle, first);
      // Where loading began anew meanwhile, what was asked for does not join what is there.
      if (first !== this.#messages.value[0]?.seq) return;
      this.#hasBefore.value = before;
      this.add(...messages);
    } catch (thrown) {
      this.#hasBefore.value = toApiError(thrown).isPassing;
    } finally {
      this.#isLoadingBefore.value = false;
    }
  }

  add(...messages: Message[]): void {
    const all = new Map(this.#messages.value.map((message) => [message.seq, message]));
    for (const message of messages) all.set(message.seq, message);
    this.#messages.value = [...all.values()].sort((a, b) => a.seq - b.seq);
    if (messages.some(({ kind }) => kind === "agent" || kind === "bot")) this.#typing.value = undefined;
  }

  /** Somebody types: shown until they stop saying so. */
  types(name: string): void {
    this.#typing.value = name;
    clearTimeout(this.#typingEnds);
    this.#typingEnds = window.setTimeout(() => (this.#typing.value = undefined), typingLasts);
  }
}
