import { untrack } from "svelte";
import type { Conversation, Customer, CustomerRef, ID } from "$api/types";
import { lasting } from "./lasting.svelte";
import { Newest } from "./newest";

/** One conversation as the page knows it; rows and headers read it and follow its changes. */
class Cell {
  value = $state.raw<Conversation | undefined>();
  /** What was just asked of the server and is taken for granted until it answers. */
  hope = $state.raw<Partial<Conversation> | undefined>();

  get shown(): Conversation | undefined {
    return this.value && this.hope ? { ...this.value, ...this.hope } : this.value;
  }
}

/** What a newer copy came after. */
export interface Change {
  before: Conversation | undefined;
  /** Whether it is what somebody at this page just asked for. */
  isOwn: boolean;
}

type Watcher = (conversation: Conversation, change: Change) => void;

/**
 * Every conversation that the page has seen, by number. Copies come from answers and
 * from the socket in any order; the one with the highest rev stays.
 */
export class Conversations {
  readonly #cells = new Map<number, Cell>();
  readonly #customers = new Map<ID, CustomerRef>();
  readonly #newestCells = new Newest<number>();
  readonly #newestCustomers = new Newest<ID>();
  readonly #watchers: Watcher[] = [];
  /** Those that are gone for good: an answer that was on its way does not bring one back. */
  readonly #removed = new Set<number>();
  readonly #bereaved = new Set<(number: number) => void>();
  /** The conversations that something is being done to from here, with how many times over. */
  readonly #acting = new Map<number, number>();

  /** The newest copy; undefined until there is one. */
  get(number: number): Conversation | undefined {
    return this.#cell(number).shown;
  }

  /** The newest copy that the server sent, without hopes. For rules, not for showing. */
  known(number: number): Conversation | undefined {
    return this.#cells.get(number)?.value;
  }

  /** The newest copies of all that the page has seen; not followed. */
  seen(): Conversation[] {
    return [...this.#cells.values()].flatMap((cell) => untrack(() => cell.value) ?? []);
  }

  /** Calls a watcher with each newer copy from now on. */
  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  /** Takes a copy; an older or equal one changes nothing. */
  put(conversation: Conversation): void {
    if (this.#removed.has(conversation.number)) return;
    const cell = this.#cell(conversation.number);
    const customer = this.#newest(conversation.customer);
    if (!this.#newestCells.isNewer(conversation.number, cell.value, conversation)) return;
    const next = customer === conversation.customer ? conversation : { ...conversation, customer };
    const change = { before: cell.value, isOwn: this.#acting.has(conversation.number) };
    cell.value = next;
    for (const watcher of this.#watchers) watcher(next, change);
  }

  putAll(conversations: readonly Conversation[]): void {
    for (const conversation of conversations) this.put(conversation);
  }

  /** Forgets a conversation for good. */
  remove(number: number): void {
    this.#removed.add(number);
    const cell = this.#cells.get(number);
    if (cell) cell.value = undefined;
    for (const tell of this.#bereaved) tell(number);
  }

  /** Tells of each conversation that is removed from now on; the answer ends that. */
  whenRemoved(tell: (number: number) => void): () => void {
    this.#bereaved.add(tell);
    return () => this.#bereaved.delete(tell);
  }

  /**
   * The data may be other ones now, in which a number is another conversation's, or an older
   * state of these: the next copy of each is taken whatever its rev.
   */
  mistrust(): void {
    this.#removed.clear();
    this.#newestCells.doubt(this.#cells.keys());
    this.#newestCustomers.doubt(this.#customers.keys());
  }

  /** Takes over what conversations show of a customer who changed. */
  putCustomer(customer: Customer): void {
    const { id, rev, name, email, language } = customer;
    this.#newest({ id, rev, name, email, language, blocked: Boolean(customer.blocked) });
  }

  /** Shows a change before the server confirms it; the returned function takes it back. */
  hope(number: number, change: Partial<Conversation>): () => void {
    const cell = this.#cell(number);
    cell.hope = change;
    return () => {
      if (cell.hope === change) cell.hope = undefined;
    };
  }

  /** Says that newer copies of these are this page's own doing, until the returned function is called. */
  act(numbers: readonly number[]): () => void {
    const count = (by: 1 | -1) => {
      for (const number of numbers) {
        const times = (this.#acting.get(number) ?? 0) + by;
        if (times > 0) this.#acting.set(number, times);
        else this.#acting.delete(number);
      }
    };
    count(1);
    return () => count(-1);
  }

  /** Forgets everything, after signing out. */
  clear(): void {
    this.#cells.clear();
    this.#removed.clear();
    this.#customers.clear();
    this.#newestCells.clear();
    this.#newestCustomers.clear();
  }

  #cell(number: number): Cell {
    let cell = this.#cells.get(number);
    if (!cell) this.#cells.set(number, (cell = lasting(() => new Cell())));
    return cell;
  }

  #newest(ref: CustomerRef): CustomerRef {
    const known = this.#customers.get(ref.id);
    if (known && !this.#newestCustomers.isNewer(ref.id, known, ref)) return known;
    this.#customers.set(ref.id, ref);
    if (known) this.#refresh(ref);
    return ref;
  }

  #refresh(ref: CustomerRef): void {
    for (const cell of this.#cells.values()) {
      if (cell.value?.customer.id === ref.id) cell.value = { ...cell.value, customer: ref };
    }
  }
}
