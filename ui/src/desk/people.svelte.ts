import { SvelteSet } from "svelte/reactivity";
import type { Agent, ID, PresenceState, Roster } from "$api/types";

const typingLasts = 6000;

interface Typing {
  /** An agent's or a customer's id. */
  id: ID;
  isAgent: boolean;
}

/** The team, and who is about, who looks at what, who is typing where; and which customers are on a website. */
export class People {
  #agents = $state.raw<ReadonlyMap<ID, Agent>>(new Map());
  #presence = $state.raw<Readonly<Record<ID, PresenceState>>>({});
  #open = $state.raw<Readonly<Record<ID, number>>>({});
  #viewing = $state.raw<ReadonlyMap<number, readonly ID[]>>(new Map());
  #typing = $state.raw<ReadonlyMap<number, readonly Typing[]>>(new Map());
  /** A set that tells of each by itself: thousands may come and go while a list is on the screen. */
  readonly #guests = new SvelteSet<ID>();
  /** Whether the guests are known. */
  #hasGuests = $state(false);
  readonly #timers = new Map<string, number>();

  agent(id: ID | null | undefined): Agent | undefined {
    return id ? this.#agents.get(id) : undefined;
  }

  /** Everyone of the team, also who was disabled. */
  readonly all = $derived([...this.#agents.values()]);

  /** Those who can be given a conversation. */
  readonly assignable = $derived(
    [...this.#agents.values()].filter((agent) => agent.active && agent.role !== "reporter"),
  );

  presence(id: ID): PresenceState {
    return this.#presence[id] ?? "offline";
  }

  /** How many open conversations an agent leads, as of the last look. */
  load(id: ID): number {
    return this.#open[id] ?? 0;
  }

  /** The agents who look at a conversation now. */
  viewing(number: number): readonly ID[] {
    return this.#viewing.get(number) ?? [];
  }

  /** Whether a customer has a page with the widget open; undefined while that is not known. */
  isGuest(customer: ID): boolean | undefined {
    return this.#hasGuests ? this.#guests.has(customer) : undefined;
  }

  typing(number: number): readonly Typing[] {
    return this.#typing.get(number) ?? [];
  }

  putRoster(roster: Roster): void {
    this.#agents = new Map(roster.agents.map((agent) => [agent.id, agent]));
    this.#presence = roster.presence;
    this.#open = roster.open;
  }

  putAgent(agent: Agent): void {
    const known = this.#agents.get(agent.id);
    if (known && known.rev >= agent.rev) return;
    this.#agents = new Map(this.#agents).set(agent.id, agent);
  }

  putPresence(presence: Record<ID, PresenceState>): void {
    this.#presence = presence;
  }

  changePresence(changed: Record<ID, PresenceState>): void {
    this.#presence = { ...this.#presence, ...changed };
  }

  putViewing(number: number, agents: ID[]): void {
    this.#viewing = new Map(this.#viewing).set(number, agents);
  }

  putGuests(customers: readonly ID[]): void {
    this.#guests.clear();
    for (const customer of customers) this.#guests.add(customer);
    this.#hasGuests = true;
  }

  changeGuest(customer: ID, isThere: boolean): void {
    if (isThere) this.#guests.add(customer);
    else this.#guests.delete(customer);
  }

  /** Somebody is typing; it is forgotten after a while, or when their message comes. */
  putTyping(number: number, id: ID, isAgent: boolean): void {
    const others = this.typing(number).filter((typing) => typing.id !== id);
    this.#typing = new Map(this.#typing).set(number, [...others, { id, isAgent }]);
    const key = `${number} ${id}`;
    clearTimeout(this.#timers.get(key));
    this.#timers.set(key, Number(setTimeout(() => this.stopTyping(number, id), typingLasts)));
  }

  stopTyping(number: number, id: ID | null): void {
    const left = this.typing(number).filter((typing) => typing.id !== id);
    if (left.length === this.typing(number).length) return;
    const typing = new Map(this.#typing);
    if (left.length > 0) typing.set(number, left);
    else typing.delete(number);
    this.#typing = typing;
  }

  /** What is only known while connected is not known any more. */
  forgetMoments(): void {
    this.#viewing = new Map();
    this.#typing = new Map();
    this.#hasGuests = false;
  }
}
