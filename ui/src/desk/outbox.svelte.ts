import type { Api } from "$api/api";
import { toApiError } from "$api/error";
import type { ID, Posted } from "$api/types";
import { backoff } from "$live/backoff";
import type { Shelf } from "./keep";
import { afterFault, draftOf, readOutgoing, ready, retried, sending, type Outgoing } from "./outgoing";

/** The longest wait between tries: somebody watches the message. */
const longestWait = 5_000;

export interface OutboxLinks {
  isConnected: () => boolean;
  /** The server has it. The message is let go when the promise is kept: the thread shows it then. */
  posted: (posted: Posted) => Promise<void>;
  /** It has arrived, whichever way that became known. Told once. */
  confirmed: (outgoing: Outgoing) => void;
  /** Another agent replied first; the message is handed back. */
  collided: (outgoing: Outgoing) => void;
}

/**
 * The messages on their way out. Each is kept in this browser until the server has it,
 * so neither a reload nor a lost connection loses a word; every try of a message carries
 * the same id, so the server keeps one.
 */
export class Outbox {
  #all = $state.raw<readonly Outgoing[]>([]);
  #owner: ID | undefined;
  /** Nobody is signed in: trying would be in vain. */
  #isHeld = false;
  readonly #waits = new Map<ID, number>();
  readonly #api: Pick<Api, "post">;
  readonly #shelf: Shelf;
  readonly #links: OutboxLinks;

  constructor(api: Pick<Api, "post">, shelf: Shelf, links: OutboxLinks) {
    this.#api = api;
    this.#shelf = shelf;
    this.#links = links;
  }

  /** What is on its way in a conversation, in the order of writing. */
  of(number: number): Outgoing[] {
    return this.#all.filter((outgoing) => outgoing.number === number);
  }

  hasFailed(number: number): boolean {
    return this.#all.some((outgoing) => outgoing.number === number && outgoing.stage === "failed");
  }

  /** The newest message that can still be taken back. */
  get resting(): Outgoing | undefined {
    return this.#all.findLast((outgoing) => outgoing.stage === "resting");
  }

  /**
   * Takes up what an agent left unsent in this browser. What this page still holds of theirs
   * stays as it is: where storage is full or forbidden, nothing else has it.
   */
  takeUp(owner: ID): void {
    const held = owner === this.#owner ? this.#all : [];
    this.#owner = owner;
    this.#isHeld = false;
    const names = this.#shelf.names(this.#name(""));
    const kept = names.flatMap((name) => readOutgoing(this.#shelf.get(name)) ?? []);
    const left = kept.filter(({ id }) => !held.some((outgoing) => outgoing.id === id));
    this.#all = [...held, ...left].sort((a, b) => a.at - b.at);
    void this.pump();
  }

  /** Lets go of it, after signing out; what is kept stays kept. */
  release(): void {
    this.#owner = undefined;
    this.#all = [];
  }

  /** Sends a message: it is in the thread when this returns. */
  send(outgoing: Outgoing): void {
    this.#all = [...this.#all, outgoing];
    this.#keep(outgoing);
    if (outgoing.stage === "resting")
      setTimeout(() => void this.letGo(({ id }) => id === outgoing.id), (outgoing.delay ?? 0) * 1000);
    void this.pump();
  }

  /** Ends the rest of these messages, or of all. The promise is kept when they were tried. */
  async letGo(isMeant: (outgoing: Outgoing) => boolean = () => true): Promise<void> {
    const meant = this.#all.filter((outgoing) => outgoing.stage === "resting" && isMeant(outgoing));
    for (const { id } of meant) this.#change(id, retried);
    if (meant.length > 0) await this.pump();
  }

  retry(id: ID): void {
    this.#change(id, retried);
    void this.pump();
  }

  /** Takes a message back; gives it, if it was still here. */
  discard(id: ID): Outgoing | undefined {
    const outgoing = this.#find(id);
    this.#remove(id);
    void this.pump();
    return outgoing;
  }

  /** The thread shows the message: it has arrived, whatever became of the answer. */
  arrived(id: ID): void {
    const outgoing = this.#find(id);
    if (!outgoing) return;
    this.#remove(id);
    this.#links.confirmed(outgoing);
  }

  /** Sends what may be sent now, and what follows it. Safe to call at any time. */
  async pump(): Promise<void> {
    if (this.#owner === undefined || this.#isHeld) return;
    const due = ready(this.#all).filter(({ id }) => !this.#waits.has(id));
    await Promise.all(due.map((outgoing) => this.#try(outgoing)));
  }

  /** The connection is back: nothing waits for its turn any longer. */
  hurry(): void {
    for (const timer of this.#waits.values()) clearTimeout(timer);
    this.#waits.clear();
    void this.pump();
  }

  async #try(outgoing: Outgoing): Promise<void> {
    this.#change(outgoing.id, (there) => sending(there, Date.now()));
    try {
      const posted = await this.#api.post(outgoing.number, draftOf(outgoing));
      await this.#links.posted(posted);
      this.arrived(outgoing.id);
    } catch (thrown) {
      this.#failed(outgoing.id, thrown);
    }
    await this.pump();
  }

  #failed(id: ID, thrown: unknown): void {
    const error = toApiError(thrown);
    const isConnected = this.#links.isConnected();
    this.#isHeld = error.code === "unauthorized";
    this.#change(id, (there) => afterFault(there, error, Date.now(), isConnected));
    const now = this.#find(id);
    if (now?.stage === "collided") {
      this.#remove(id);
      this.#links.collided(now);
    } else if (now?.stage === "queued") {
      this.#wait(now, error.retryAfter);
    }
  }

  #wait(outgoing: Outgoing, seconds: number | undefined): void {
    const own = Math.min(longestWait, backoff(outgoing.tries + 1, Math.random()));
    const milliseconds = seconds === undefined ? own : seconds * 1000;
    const timer = setTimeout(() => {
      this.#waits.delete(outgoing.id);
      void this.pump();
    }, milliseconds);
    this.#waits.set(outgoing.id, Number(timer));
  }

  #find(id: ID): Outgoing | undefined {
    return this.#all.find((outgoing) => outgoing.id === id);
  }

  #change(id: ID, change: (outgoing: Outgoing) => Outgoing): void {
    this.#all = this.#all.map((outgoing) => {
      if (outgoing.id !== id) return outgoing;
      const next = change(outgoing);
      this.#keep(next);
      return next;
    });
  }

  #remove(id: ID): void {
    this.#all = this.#all.filter((outgoing) => outgoing.id !== id);
    this.#shelf.remove(this.#name(id));
  }

  #keep(outgoing: Outgoing): void {
    this.#shelf.set(this.#name(outgoing.id), JSON.stringify(outgoing));
  }

  #name(id: ID | ""): string {
    return `outbox.${this.#owner ?? ""}.${id}`;
  }
}
