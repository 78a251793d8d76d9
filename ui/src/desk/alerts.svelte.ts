import type { Conversation, ID, Message } from "$api/types";
import { Chimes } from "$kit/chimes";
import { visitorNumber } from "$text/visitorNumber";
import type { News } from "./notices.svelte";
import type { Chime, Occasion, Preferences, Scope } from "./preferences";
import { Ringer } from "./ringer";

/** insecure: the page came over plain HTTP, where browsers have no notices */
export type Permission = "insecure" | "unsupported" | NotificationPermission;

/**
 * Tells an agent what came in a conversation that they don't see: who looks at another one
 * by a notice on the page, who looks elsewhere by one of the system; both by a sound. Of
 * all tabs that are open one does it, the one that is looked at if any is.
 */
export class Alerts {
  #permission = $state<Permission>(permission());
  #hasNews = $state(false);
  readonly #chimes = new Chimes();
  readonly #ringer = new Ringer();
  readonly #preferences: () => Preferences;
  readonly #own: () => ID | undefined;
  readonly #tell: (news: News) => void;
  /** The conversation on the screen. */
  #shown: number | undefined;
  /** Opens a conversation when its notice is pressed. */
  open: ((number: number) => void) | undefined;

  constructor(preferences: () => Preferences, own: () => ID | undefined, tell: (news: News) => void) {
    this.#preferences = preferences;
    this.#own = own;
    this.#tell = tell;
  }

  get permission() {
    return this.#permission;
  }

  /** Whether something came that was told about, and the page was not looked at since. */
  get hasNews() {
    return this.#hasNews;
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

  /** Says which conversation is on the screen; the answer ends that. */
  look(number: number): () => void {
    this.#shown = number;
    return () => {
      if (this.#shown === number) this.#shown = undefined;
    };
  }

  /** A message has come. */
  heard(conversation: Conversation, message: Message): void {
    const wanted = this.#preferences();
    const occasion = occasionOf(message, this.#own());
    if (!occasion || !concerns(conversation, wanted.notifyOf, this.#own())) return;
    const isHere = isWatched();
    if (isHere && this.#shown === conversation.number) return;
    const ways = wanted.occasions[occasion];
    if (isHere && (ways.desktop || ways.sound))
      this.#tell(newsOf(occasion, conversation, message, this.#opens));
    if (!isHere) this.#hasNews = true;
    if (!this.#ringer.isMine()) return;
    if (wanted.sound && ways.sound) this.#chimes.ring(wanted.chime, wanted.volume);
    if (isHere) return;
    if (wanted.desktop && ways.desktop && this.#permission === "granted") this.#show(conversation, message);
  }

  readonly #opens = (number: number) => this.open?.(number);

  /** Gets ready: browsers let a page sound only after it was touched. */
  run(): () => void {
    const arm = () => this.#chimes.arm();
    addEventListener("pointerdown", arm, { once: true });
    addEventListener("keydown", arm, { once: true });
    const look = () => {
      if (!isWatched()) return;
      this.#hasNews = false;
      this.#ringer.take();
    };
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    const leave = this.#ringer.run();
    look();
    return () => {
      removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
      removeEventListener("pointerdown", arm);
      removeEventListener("keydown", arm);
      leave();
    };
  }

  #show(conversation: Conversation, message: Message): void {
    const name = conversation.customer.name || conversation.customer.email;
    const title = [name, `#${conversation.number}`].filter(Boolean).join(" · ");
    const notice = show(title, {
      body: (message.text || conversation.last?.text || "").slice(0, 140),
      tag: `conversation-${conversation.number}`,
    });
    if (!notice) return;
    notice.onclick = () => {
      window.focus();
      notice.close();
      this.open?.(conversation.number);
    };
  }
}

/** Undefined where a page may not show one by itself, as in Chrome on Android. */
function show(title: string, options: NotificationOptions): Notification | undefined {
  try {
    return new Notification(title, options);
  } catch {
    return undefined;
  }
}

/** Which occasion a message is for an agent; undefined for what nobody is told about. */
function occasionOf(message: Message, own: ID | undefined): Occasion | undefined {
  if (message.kind === "customer") return message.seq === 1 ? "opened" : "message";
  if (message.event?.type === "conversation.handed_over") return "opened";
  const isGiven = message.event?.type === "conversation.assigned" && message.event.to === own;
  return isGiven && message.author.id !== own ? "assigned" : undefined;
}

/** What the page tells of a message in a conversation that is not on the screen. */
function newsOf(
  occasion: Occasion,
  { number, customer, last }: Conversation,
  message: Message,
  open: (number: number) => void,
): News {
  const text = message.text || (last?.text ?? "");
  return {
    number,
    text: (t) => {
      const who = customer.name || customer.email || t("cust.anonymous", { n: visitorNumber(customer.id) });
      const values = { n: String(number), who, text: text.slice(0, 80) };
      if (occasion === "assigned") return t("notice.assigned", values);
      return t(text === "" ? "notice.wrote" : "notice.said", values);
    },
    open: () => open(number),
  };
}

function isWatched(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** Whether a conversation is one that an agent wants to be told of. */
function concerns(conversation: Conversation, scope: Scope, own: ID | undefined): boolean {
  if (scope === "all") return true;
  if (conversation.agent_id !== null && conversation.lead === "agent") return conversation.agent_id === own;
  return scope === "unassigned" && conversation.lead === "nobody";
}

function permission(): Permission {
  if (!window.isSecureContext) return "insecure";
  return "Notification" in window ? Notification.permission : "unsupported";
}
