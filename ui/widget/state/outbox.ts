import { toApiError } from "$api/error";
import { backoff } from "$live/backoff";
import type { Posted } from "../api";
import type { Kept } from "./kept";
import { afterFault, readOutgoing, ready, type Outgoing } from "./outgoing";
import { Signal } from "../view/signal";

/** The longest wait between tries: somebody watches the message. */
const longestWait = 5_000;

export interface OutboxLinks {
  /** Brings one to the server; the same id again does no harm. */
  send: (outgoing: Outgoing) => Promise<Posted>;
  /** The server has one that is still here. */
  posted: (posted: Posted) => void;
  failed: (outgoing: Outgoing) => void;
}

/**
 * The messages on their way out. Each is kept in this browser until the server has it,
 * so neither a reload nor a lost connection loses a word; every try carries the same id,
 * also from another tab, so the server keeps one.
 */
export class Outbox {
  readonly #all = new Signal<readonly Outgoing[]>([]);
  readonly #waits = new Map<string, number>();
  readonly #kept: Kept;
  readonly #links: OutboxLinks;

  constructor(kept: Kept, links: OutboxLinks) {
    this.#kept = kept;
    this.#links = links;
  }

  /** What is on its way, in the order of writing. */
  get all() {
    return this.#all.value;
  }

  of(target: string): Outgoing[] {
    return this.#all.value.filter((outgoing) => outgoing.target === target);
  }

  /** Takes up what was left unsent in this browser. */
  takeUp(): void {
    const kept = this.#kept.names("outbox.").flatMap((name) => readOutgoing(this.#kept.get(name)) ?? []);
    this.#all.value = kept.sort((a, b) => a.at - b.at);
    this.#pump();
  }

  /** Sends a message: it is in the thread when this returns. */
  send(outgoing: Outgoing): void {
    this.#all.value = [...this.#all.value, outgoing];
    this.#keep(outgoing);
    this.#pump();
  }

  retry(id: string): void {
    this.#change(id, (there) => ({ ...there, stage: "queued", code: undefined, tries: 0 }));
    this.#pump();
  }

  /** The message has arrived, or its writer took it back. */
  remove(id: string): void {
    this.#all.value = this.#all.value.filter((outgoing) => outgoing.id !== id);
    this.#kept.remove(`outbox.${id}`);
    this.#pump();
  }

  /** The conversation that these went to goes by another name now. */
  retarget(from: string, to: string): void {
    for (const { id } of this.of(from)) this.#change(id, (there) => ({ ...there, target: to }));
  }

  /** The connection is back: nothing waits for its turn any longer. */
  hurry(): void {
    for (const timer of this.#waits.values()) clearTimeout(timer);
    this.#waits.clear();
    this.#pump();
  }

  clear(): void {
    for (const { id } of this.#all.value) this.#kept.remove(`outbox.${id}`);
    this.#all.value = [];
  }

  #pump(): void {
    for (const outgoing of ready(this.#all.value)) {
      if (!this.#waits.has(outgoing.id)) void this.#try(outgoing);
    }
  }

  async #try(outgoing: Outgoing): Promise<void> {
    this.#change(outgoing.id, (there) => ({ ...there, stage: "sending" }));
    try {
      const posted = await this.#links.send(outgoing);
      // It may have come back over the socket first, or been cleared with the visitor.
      if (this.#find(outgoing.id)) this.#links.posted(posted);
      this.remove(outgoing.id);
    } catch (thrown) {
      const error = toApiError(thrown);
      this.#change(outgoing.id, (there) => afterFault(there, error));
      const now = this.#find(outgoing.id);
      if (now?.stage === "queued") this.#wait(now, error.retryAfter);
      else if (now) this.#links.failed(now);
    }
  }

  #wait({ id, tries }: Outgoing, seconds: number | undefined): void {
    const own = Math.min(longestWait, backoff(tries, Math.random()));
    const timer = setTimeout(
      () => {
        this.#waits.delete(id);
        this.#pump();
      },
      seconds === undefined ? own : seconds * 1000,
    );
    this.#waits.set(id, Number(timer));
  }

  #find(id: string): Outgoing | undefined {
    return this.#all.value.find((outgoing) => outgoing.id === id);
  }

  #change(id: string, change: (outgoing: Outgoing) => Outgoing): void {
    this.#all.value = this.#all.value.map((outgoing) =>
      outgoing.id === id ? this.#keep(change(outgoing)) : outgoing,
    );
  }

  #keep(outgoing: Outgoing): Outgoing {
    this.#kept.set(`outbox.${outgoing.id}`, JSON.stringify(outgoing));
    return outgoing;
  }
}
