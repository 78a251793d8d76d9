import type { Api } from "$api/api";
import { toApiError } from "$api/error";
import type { Customer, CustomerChange, CustomerNote, Deed, ID, Moment } from "$api/types";
import type { Conversations } from "./conversations.svelte";
import { Edits } from "./edits.svelte";
import { lasting } from "./lasting.svelte";
import { Newest } from "./newest";
import { Part } from "./part.svelte";
import { Turns } from "./turns";

/** One customer with what the panel shows beside them; each part is loaded by itself. */
export class CustomerFile {
  #customer = $state.raw<Customer | undefined>();
  #fault = $state<string | undefined>();
  /** The numbers of their conversations, newest first. */
  readonly conversations: Part<number>;
  /** What the team wrote down, newest first. */
  readonly notes: Part<CustomerNote>;
  /** What was done to them, newest first; loaded when it is asked for. */
  readonly history: Part<Deed>;
  /** What is being changed and not saved yet; it stays while other customers are looked at. */
  readonly edits = new Edits();
  readonly #newest = new Newest<ID>();
  readonly #turns = new Turns();
  readonly #id: ID;
  readonly #api: Api;
  readonly #book: Conversations;

  constructor(id: ID, api: Api, book: Conversations) {
    this.#id = id;
    this.#api = api;
    this.#book = book;
    this.conversations = new Part(async (cursor) => {
      const page = await api.customerConversations(id, cursor);
      book.putAll(page.conversations);
      return { items: page.conversations.map((conversation) => conversation.number), next: page.next };
    });
    this.notes = new Part(async (cursor) => {
      const { notes, next } = await api.customerNotes(id, cursor);
      return { items: notes, next };
    });
    this.history = new Part(async (cursor) => {
      const { deeds, next } = await api.customerHistory(id, cursor);
      return { items: deeds, next };
    });
  }

  get customer() {
    return this.#customer;
  }

  /** Why the profile could not be loaded: an ApiError's code. */
  get fault() {
    return this.#fault;
  }

  /** Whether each part but the history is there, or could not be loaded. */
  get isSettled(): boolean {
    return (
      (this.#customer !== undefined || this.#fault !== undefined) &&
      [this.notes, this.conversations].every(({ items, fault }) => items !== undefined || fault !== undefined)
    );
  }

  /** Loads everything but the history anew; what is there stays on the screen meanwhile. */
  async load(): Promise<void> {
    await Promise.all([this.loadProfile(), this.conversations.load(), this.notes.load()]);
  }

  /** Tries again what could not be loaded. */
  retry(): void {
    if (this.#fault) void this.loadProfile();
    for (const part of [this.conversations, this.notes, this.history]) if (part.fault) void part.retry();
  }

  /** Loads what is known of them. */
  async loadProfile(): Promise<void> {
    try {
      this.put(await this.#api.customer(this.#id));
      this.#fault = undefined;
    } catch (thrown) {
      this.#fault = toApiError(thrown).code;
    }
  }

  /** Writes a note down. Throws an ApiError. */
  async addNote(text: string): Promise<void> {
    const { note, customer } = await this.#api.addCustomerNote(this.#id, text);
    if (!this.notes.items?.some((known) => known.seq === note.seq)) this.notes.prepend(note);
    this.put(customer);
  }

  /** Changes what is known of them. Throws an ApiError. */
  async change(change: CustomerChange): Promise<void> {
    this.#take(await this.#turns.take(() => this.#api.changeCustomer(this.#id, change)));
  }

  /**
   * Refuses their messages from now on, or until a moment, and says so in the thread of a
   * conversation of theirs. Throws an ApiError.
   */
  async block(reason: string, number: number, until?: Moment): Promise<void> {
    this.#take(await this.#api.blockCustomer(this.#id, reason, number, until));
  }

  /** Takes their messages again, and says so in a conversation. Throws an ApiError. */
  async unblock(number: number): Promise<void> {
    this.#take(await this.#api.unblockCustomer(this.#id, number));
  }

  /** What is known may be of another state of the data: what is loaded next goes before it. */
  mistrust(): void {
    this.#newest.doubt([this.#id]);
  }

  put(customer: Customer): void {
    if (!this.#newest.isNewer(this.#id, this.#customer, customer)) return;
    this.#customer = customer;
    // Another agent wrote a note down.
    if (this.notes.items && customer.notes > (this.notes.items[0]?.seq ?? 0)) void this.notes.load();
  }

  #take(customer: Customer): void {
    this.put(customer);
    this.#book.putCustomer(customer);
  }
}

/** The customers whose panels were opened. */
export class Customers {
  readonly #files = new Map<ID, CustomerFile>();
  /** The one that was asked for last, which may be on the screen. */
  #current: CustomerFile | undefined;
  readonly #api: Api;
  readonly #book: Conversations;

  constructor(api: Api, book: Conversations) {
    this.#api = api;
    this.#book = book;
  }

  get(id: ID): CustomerFile {
    const file = this.#files.get(id) ?? lasting(() => new CustomerFile(id, this.#api, this.#book));
    this.#files.set(id, file);
    this.#current = file;
    return file;
  }

  put(customer: Customer): void {
    this.#files.get(customer.id)?.put(customer);
    this.#book.putCustomer(customer);
  }

  /** A customer is gone for good. */
  remove(id: ID): void {
    this.#files.delete(id);
  }

  /** The connection is back. */
  hurry(): void {
    for (const file of this.#files.values()) file.retry();
  }

  /** The data may be other ones now. What is on the screen is loaded again, the others when they are opened. */
  mistrust(): void {
    for (const file of this.#files.values()) file.mistrust();
    if (this.#current?.customer) void this.#current.load();
  }

  clear(): void {
    this.#files.clear();
    this.#current = undefined;
  }
}
