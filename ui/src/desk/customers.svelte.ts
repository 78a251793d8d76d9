import type { Api } from "$api/api";
import type { Customer, CustomerChange, CustomerNote, ID } from "$api/types";
import type { Conversations } from "./conversations.svelte";
import { Edits } from "./edits.svelte";
import { lasting } from "./lasting.svelte";

/** One customer with what the panel shows beside them. */
export class CustomerFile {
  #customer = $state.raw<Customer | undefined>();
  #conversations = $state.raw<readonly number[] | undefined>();
  #notes = $state.raw<readonly CustomerNote[] | undefined>();
  #hasFailed = $state(false);
  /** What is being changed and not saved yet; it stays while other customers are looked at. */
  readonly edits = new Edits();
  readonly #id: ID;
  readonly #api: Api;
  readonly #book: Conversations;

  constructor(id: ID, api: Api, book: Conversations) {
    this.#id = id;
    this.#api = api;
    this.#book = book;
  }

  get customer() {
    return this.#customer;
  }

  /** The numbers of their conversations, newest first; undefined until loaded. */
  get conversations() {
    return this.#conversations;
  }

  /** Newest first; undefined until loaded. */
  get notes() {
    return this.#notes;
  }

  get hasFailed() {
    return this.#hasFailed;
  }

  /** Loads what is not there; what is stays on the screen meanwhile. */
  async load(): Promise<void> {
    try {
      const [customer, page, notes] = await Promise.all([
        this.#api.customer(this.#id),
        this.#api.customerConversations(this.#id),
        this.#api.customerNotes(this.#id),
      ]);
      this.put(customer);
      this.#book.putAll(page.conversations);
      this.#conversations = page.conversations.map((conversation) => conversation.number);
      this.#notes = notes;
      this.#hasFailed = false;
    } catch {
      this.#hasFailed = true;
    }
  }

  /** Writes a note down. Throws an ApiError. */
  async addNote(text: string): Promise<void> {
    const { note, customer } = await this.#api.addCustomerNote(this.#id, text);
    this.put(customer);
    this.#notes = [note, ...(this.#notes ?? [])];
  }

  /** Changes what is known of them. Throws an ApiError. */
  async change(change: CustomerChange): Promise<void> {
    this.#take(await this.#api.changeCustomer(this.#id, change));
  }

  /** Refuses their messages from now on. Throws an ApiError. */
  async block(reason: string): Promise<void> {
    this.#take(await this.#api.blockCustomer(this.#id, reason));
  }

  /** Takes their messages again. Throws an ApiError. */
  async unblock(): Promise<void> {
    this.#take(await this.#api.unblockCustomer(this.#id));
  }

  #take(customer: Customer): void {
    this.put(customer);
    this.#book.putCustomer(customer);
  }

  put(customer: Customer): void {
    if (!this.#customer || customer.rev > this.#customer.rev) this.#customer = customer;
  }
}

/** The customers whose panels were opened. */
export class Customers {
  readonly #files = new Map<ID, CustomerFile>();
  readonly #api: Api;
  readonly #book: Conversations;

  constructor(api: Api, book: Conversations) {
    this.#api = api;
    this.#book = book;
  }

  get(id: ID): CustomerFile {
    const file = this.#files.get(id) ?? lasting(() => new CustomerFile(id, this.#api, this.#book));
    this.#files.set(id, file);
    return file;
  }

  put(customer: Customer): void {
    this.#files.get(customer.id)?.put(customer);
    this.#book.putCustomer(customer);
  }

  clear(): void {
    this.#files.clear();
  }
}
