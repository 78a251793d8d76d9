import type { Conversation, ID, Message } from "$api/types";
import { Chimes } from "$kit/chimes";
import type { Chime, Preferences, Scope } from "./preferences";
import { Ringer } from "./ringer";

/** insecure: the page came over plain HTTP, where browsers have no notices */
export type Permission = "insecure" | "unsupported" | NotificationPermission;

/**
 * Tells an agent who looks elsewhere that a customer wrote: by a notice of the system,
 * by a sound. Of all tabs that are open, one does it.
 */
export class Alerts {
  #permission = $state<Permission>(permission());
  readonly #chimes = new Chimes();
  readonly #ringer = new Ringer();
  readonly #preferences: () => Preferences;
  readonly #own: () => ID | undefined;
  /** Opens a conversation when its notice is pressed. */
  open: ((number: number) => void) | undefined;

  constructor(preferences: () => Preferences, own: () => ID | undefined) {
    this.#preferences = preferences;
    this.#own = own;
  }

  get permission() {
    return this.#permission;
  }

  /** Asks the browser's leave; only ever from a click. True when it was given. */
  async ask(): Promise<boolean> {
    if (this.#permission === "default") {
      await Notification.requestPermission();
      this.#permission = permission();
    }
    return this.#permission === "granted";
  }

  /** Plays a sound as a sample. */
  play(chime: Chime): void {
    this.#chimes.play(chime, this.#preferences().volume);
  }

  /** A message has come. */
  heard(conversation: Conversation, message: Message): void {
    const wanted = this.#preferences();
    if (message.kind !== "customer" || !concerns(conversation, wanted.notifyOf, this.#own())) return;
    if (!this.#ringer.isMine()) return;
    const isWatched = document.visibilityState === "visible" && document.hasFocus();
    if (wanted.sound && !isWatched) this.#chimes.play(wanted.chime, wanted.volume);
    if (wanted.desktop && this.#permission === "granted" && !isWatched) this.#show(conversation, message);
  }

  /** Gets ready: browsers let a page sound only after it was touched. */
  run(): () => void {
    const arm = () => this.#chimes.arm();
    addEventListener("pointerdown", arm, { once: true });
    addEventListener("keydown", arm, { once: true });
    const leave = this.#ringer.run();
    return () => {
      removeEventListener("pointerdown", arm);
      removeEventListener("keydown", arm);
      leave();
    };
  }

  #show(conversation: Conversation, message: Message): void {
    const name = conversation.customer.name || conversation.customer.email;
    const title = [name, `#${conversation.number}`].filter(Boolean).join(" · ");
    const notice = new Notification(title, {
      body: message.text.slice(0, 140),
      tag: `conversation-${conversation.number}`,
    });
    notice.onclick = () => {
      window.focus();
      notice.close();
      this.open?.(conversation.number);
    };
  }
}

/** Whether a conversation is one that an agent wants to be told of. */
export function concerns(conversation: Conversation, scope: Scope, own: ID | undefined): boolean {
  if (scope === "all") return true;
  if (conversation.agent_id !== null && conversation.lead === "agent") return conversation.agent_id === own;
  return scope === "unassigned" && conversation.lead === "nobody";
}

function permission(): Permission {
  if (!window.isSecureContext) return "insecure";
  return "Notification" in window ? Notification.permission : "unsupported";
}
