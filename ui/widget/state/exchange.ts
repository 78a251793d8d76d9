import { newId } from "$desk/id";
import type { Api, Attachment, Conversation, Handle, Message, Posted, Site } from "../api";
import type { Page } from "../bridge";
import { Composing, PendingFile } from "./composing";
import { Conversations } from "./conversations";
import type { Host } from "./host";
import type { Kept } from "./kept";
import { Outbox } from "./outbox";
import { isNew, type Outgoing } from "./outgoing";
import type { Tabs } from "./tabs";
import { Thread } from "./thread";

/** What a conversation that has no message yet goes by. */
export const fresh = "fresh";

export interface ExchangeLinks {
  api: Api;
  kept: Kept;
  host: Host;
  tabs: Tabs;
  /** Makes sure that the server knows the visitor. */
  ensure: () => Promise<void>;
  page: () => Page;
  /** A conversation goes by another name now. */
  renamed: (from: string, to: string) => void;
  /** The server wants to know something first that the visitor was not asked for. */
  lacking: () => void;
}

/** What goes to and fro: the conversations, their messages, and what is on its way. */
export class Exchange {
  readonly conversations = new Conversations();
  readonly outbox: Outbox;
  readonly #threads = new Map<Handle, Thread>();
  readonly #composings = new Map<string, Composing>();
  readonly #links: ExchangeLinks;

  constructor(links: ExchangeLinks) {
    this.#links = links;
    this.outbox = new Outbox(links.kept, {
      send: (outgoing) => this.#send(outgoing),
      posted: ({ conversation, message }) => this.take(conversation, message),
      failed: ({ code = "other" }) => {
        links.host.tell("error", { code });
        if (code === "consent_required" || code === "empty") links.lacking();
      },
    });
  }

  thread(handle: Handle): Thread {
    const known = this.#threads.get(handle);
    if (known) return known;
    const thread = new Thread(handle, this.#links.api, (conversation) => this.take(conversation));
    this.#threads.set(handle, thread);
    return thread;
  }

  /** What is being written to a conversation. */
  composing(target: string): Composing {
    const known = this.#composings.get(target);
    if (known) return known;
    const { kept, tabs } = this.#links;
    const composing = new Composing(target, kept, (text) => tabs.tell({ type: "draft", target, text }));
    this.#composings.set(target, composing);
    return composing;
  }

  attach(composing: Composing, files: Iterable<File>, allowed: Site["files"]): void {
    const { api, ensure } = this.#links;
    composing.attach(files, (file) => new PendingFile(file, allowed, api, ensure));
  }

  /**
   * Sends to a conversation, or begins one; gives the name that it goes by. The words that
   * welcomed the visitor stay above what they began, in this browser: nobody else has them.
   */
  say(target: string, text: string, files: Attachment[] = [], welcome = ""): string {
    const id = newId();
    const real = target === fresh ? `new:${id}` : target;
    if (real !== target && welcome) this.#links.kept.set(`welcome.${real}`, welcome);
    this.outbox.send({ id, target: real, text, files, at: Date.now(), stage: "queued", tries: 0 });
    return real;
  }

  /** What welcomed the visitor to a conversation that they began here. */
  welcomeOf(target: string): string | undefined {
    return this.#links.kept.get(`welcome.${target}`);
  }

  /** Takes the whole list in, as the server has it now. */
  reset(conversations: readonly Conversation[]): void {
    this.conversations.reset(conversations);
    this.#links.host.say({ type: "known", detail: conversations.length > 0 });
    this.#tellUnread();
    for (const thread of this.#threads.values()) void thread.load();
  }

  /** Takes in what the server says of a conversation. */
  take(conversation: Conversation, message?: Message): void {
    const { handle, state } = conversation;
    const wasOpen = this.conversations.get(handle)?.state === "open";
    this.conversations.take(conversation);
    if (message) this.thread(handle).add(message);
    const outgoing = this.outbox.all.find(({ id }) => id === message?.client_id);
    if (outgoing) this.#arrived(outgoing, handle);
    if (wasOpen && state === "resolved") this.#links.host.tell("resolved", { conversation: handle });
    this.#tellUnread();
  }

  /** The visitor has seen a conversation up to a message. */
  async read(handle: Handle, seq: number): Promise<void> {
    try {
      this.take((await this.#links.api.read(handle, seq)).conversation);
    } catch {
      // The next message, or the next look, says it again.
    }
  }

  async handOver(handle: Handle): Promise<void> {
    this.take((await this.#links.api.handover(handle)).conversation);
    this.#links.host.tell("handover", { conversation: handle });
  }

  async rate(handle: Handle, score: number, comment: string): Promise<void> {
    this.take((await this.#links.api.rate(handle, score, comment)).conversation);
  }

  /** Lets go of everything: the visitor is another one now, or none. */
  forget(): void {
    this.#threads.clear();
    this.#composings.clear();
    this.reset([]);
  }

  async #send({ id, target, text, files }: Outgoing): Promise<Posted> {
    const { api, ensure, page } = this.#links;
    await ensure();
    const attachments = files.map((file) => file.id);
    const draft = { client_id: id, text, ...(attachments.length > 0 && { attachments }) };
    return isNew(target) ? api.start({ ...draft, page: page() }) : api.post(target, draft);
  }

  /** A message of this browser is with the server: its answer says so, or the socket was faster. */
  #arrived({ id, target }: Outgoing, handle: Handle): void {
    const { host } = this.#links;
    if (target !== handle) this.#rename(target, handle);
    this.outbox.remove(id);
    host.say({ type: "known", detail: true });
    host.tell("message:sent", { conversation: handle });
  }

  /** A conversation that was begun here has got its handle, or one that was closed long ago goes on in another. */
  #rename(target: string, handle: Handle): void {
    const { kept, renamed } = this.#links;
    const written = this.composing(target).text;
    const welcome = isNew(target) ? this.welcomeOf(target) : undefined;
    if (written) this.composing(handle).text = written;
    this.composing(target).text = "";
    if (welcome) kept.set(`welcome.${handle}`, welcome);
    if (isNew(target)) kept.remove(`welcome.${target}`);
    this.outbox.retarget(target, handle);
    renamed(target, handle);
  }

  #tellUnread(): void {
    this.#links.host.tell("unread", { count: this.conversations.unread });
  }
}
