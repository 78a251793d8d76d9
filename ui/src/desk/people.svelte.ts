import { SvelteSet } from "svelte/reactivity";
import type { Agent, ID, PresenceState, Roster } from "$api/types";
import { Newest } from "./newest";

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
  readonly #newest = new Newest<ID>();
  #told = 0;

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

  /** How often the socket has told who is there: a roster that was asked for before is older. */
  get told(): number {
    return this.#told;
  }

  /** Takes a roster that was asked for when so much had been told; what is newer stays. */
  putRoster(roster: Roster, told = this.#told): void {
    const agents = new Map<ID, Agent>();
    for (const agent of roster.agents) {
      const known = this.#agents.get(agent.id);
      const isNewer = !known || this.#newest.isNewer(agent.id, known, agent);
      agents.set(agent.id, isNewer ? agent : known);
    }
    // Who came while it was on its way is not in it.
    for (const [id, agent] of this.#agents)
      if (!agents.has(id) && !this.#newest.isDoubted(id)) agents.set(id, agent);
    this.#agents = agents;
    this.#open = roster.open;
    if (told === this.#told) this.#presence = roster.presence;
  }

  putAgent(agent: Agent): void {
    const known = this.#agents.get(agent.id);
    if (!this.#newest.isNewer(agent.id, known, agent)) return;
    this.#agents = new Map(this.#agents).set(agent.id, agent);
  }

  putPresence(presence: Record<ID, PresenceState>): void {
    this.#told++;
    this.#presence = presence;
  }

  changePresence(changed: Record<ID, PresenceState>): void {
    this.#told++;
    this.#presence = { ...this.#presence, ...changed };
  }

  /** The data may be other ones now: the next copy of each agent is taken whatever its rev. */
  mistrust(): void {
    this.#newest.doubt(this.#agents.keys());
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
    this.#quieten(key);
    this.#timers.set(key, Number(setTimeout(() => this.stopTyping(number, id), typingLasts)));
  }

  stopTyping(number: number, id: ID | null): void {
    const left = this.typing(number).filter((typing) => typing.id !== id);
    if (left.length === this.typing(number).length) return;
    this.#quieten(`${number} ${id}`);
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
    for (const key of [...this.#timers.keys()]) this.#quieten(key);
  }

  /** Forgets everyone, after signing out. */
  clear(): void {
    this.forgetMoments();
    this.#guests.clear();
    this.#agents = new Map();
    this.#presence = {};
    this.#open = {};
    this.#newest.clear();
  }

  #quieten(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }
}
