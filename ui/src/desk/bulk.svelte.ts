import type { Api, BulkCommand } from "$api/api";
import { toApiError } from "$api/error";
import type { BulkResult, Conversation } from "$api/types";
import type { Conversations } from "./conversations.svelte";
import type { Query } from "./order";
import { Turns } from "./turns";

/** How many conversations the server changes in one call, and how many it lists in one. */
const step = 200;
const pageSize = 100;

export type Refusal = BulkResult["refused"][number];

/** A command and the conversations that it is for. */
export interface Errand {
  command: BulkCommand;
  numbers: number[];
}

/** What came of a change of many. */
export interface Outcome {
  /** The copies from before, of those that were changed. */
  before: Conversation[];
  refused: Refusal[];
}

/** Does one thing to many conversations, step by step, and finds all that a list would show. */
export class Bulk {
  #done = $state(0);
  #total = $state(0);
  #running: AbortController | undefined;
  readonly #turns = new Turns();
  readonly #api: Api;
  readonly #conversations: Conversations;

  constructor(api: Api, conversations: Conversations) {
    this.#api = api;
    this.#conversations = conversations;
  }

  /** How many of how many are done; a total of 0 while nothing is under way. */
  get done() {
    return this.#done;
  }

  get total() {
    return this.#total;
  }

  /** Ends what is under way after its present step. */
  stop(): void {
    this.#running?.abort();
  }

  /**
   * Carries errands out. A step that gets no answer ends the work; what it and those
   * after it were for is refused with the reason, so that it can be tried again.
   */
  run(errands: readonly Errand[]): Promise<Outcome> {
    return this.#turns.take(() => this.#carryOut(errands));
  }

  /** Lists every conversation that a list shows, also what it has not loaded. Throws an ApiError. */
  gather(query: Query, about: number): Promise<number[]> {
    return this.#turns.take(() => this.#gather(query, about));
  }

  async #carryOut(errands: readonly Errand[]): Promise<Outcome> {
    const steps = errands.flatMap(({ command, numbers }) =>
      inSteps(numbers).map((part) => ({ command, part })),
    );
    const outcome: Outcome = { before: [], refused: [] };
    let fault: string | undefined;
    const signal = this.#begin(steps.reduce((sum, { part }) => sum + part.length, 0));
    for (const { command, part } of steps) {
      fault ??= signal.aborted ? "aborted" : undefined;
      fault ??= await this.#step(command, part, outcome);
      const why = fault;
      if (why) outcome.refused.push(...part.map((number) => ({ number, code: why, detail: "" })));
      this.#done += part.length;
    }
    this.#end();
    return outcome;
  }

  async #gather(query: Query, about: number): Promise<number[]> {
    const numbers: number[] = [];
    const signal = this.#begin(Math.max(about, 1));
    try {
      let cursor = "";
      do {
        const page = await this.#api.conversations({ ...query, cursor, limit: pageSize }, signal);
        this.#conversations.putAll(page.conversations);
        numbers.push(...page.conversations.map((conversation) => conversation.number));
        cursor = page.next;
        this.#done = numbers.length;
        this.#total = Math.max(this.#total, numbers.length);
      } while (cursor !== "");
      return numbers;
    } finally {
      this.#end();
    }
  }

  /** One call; the code of its fault, if it had one. */
  async #step(command: BulkCommand, numbers: number[], outcome: Outcome): Promise<string | undefined> {
    const rest = this.#conversations.act(numbers);
    try {
      const before = new Map(numbers.map((number) => [number, this.#conversations.known(number)]));
      const result = await this.#api.sayToMany(command, numbers);
      this.#conversations.putAll(result.conversations);
      outcome.before.push(...result.conversations.flatMap(({ number }) => before.get(number) ?? []));
      outcome.refused.push(...result.refused);
      return undefined;
    } catch (thrown) {
      return toApiError(thrown).code;
    } finally {
      rest();
    }
  }

  #begin(total: number): AbortSignal {
    this.#running = new AbortController();
    this.#done = 0;
    this.#total = total;
    return this.#running.signal;
  }

  #end(): void {
    this.#running = undefined;
    this.#total = 0;
  }
}

function inSteps(numbers: readonly number[]): number[][] {
  const parts: number[][] = [];
  for (let at = 0; at < numbers.length; at += step) parts.push(numbers.slice(at, at + step));
  return parts;
}

/** What takes a change of many back, from the copies before it; empty where nothing does. */
export function reverse(command: BulkCommand, before: readonly Conversation[]): Errand[] {
  const errand = (command: BulkCommand, chosen: readonly Conversation[]): Errand => ({
    command,
    numbers: chosen.map((conversation) => conversation.number),
  });
  const open = before.filter(({ state, archived }) => state === "open" && !archived);
  const resolved = errand(
    { verb: "resolve" },
    before.filter(({ state, archived }) => state === "resolved" && !archived),
  );
  const archived = errand(
    { verb: "archive" },
    before.filter(({ archived }) => archived),
  );
  const reopen = errand({ verb: "reopen" }, open);
  const [tag = ""] = command.tags ?? [];
  const had = (has: boolean) => before.filter(({ tags }) => tags.includes(tag) === has);
  const errands: Partial<Record<BulkCommand["verb"], () => Errand[]>> = {
    resolve: () => [reopen],
    reopen: () => [resolved, archived],
    archive: () => [reopen, { ...resolved, command: { verb: "unarchive" } }],
    unarchive: () => [archived],
    read: () => [
      errand(
        { verb: "unread" },
        before.filter(({ unread }) => unread > 0),
      ),
    ],
    unread: () => [
      errand(
        { verb: "read" },
        before.filter(({ unread }) => unread === 0),
      ),
    ],
    assign: () => [...backToLeads(open, errand), resolved, archived],
    unassign: () => backToLeads(open, errand),
    // Giving it back to a team takes the lead away, so who had it gets it last.
    team: () => [
      ...backToTeams(before, errand),
      ...backToLeads(open.filter(isLed), errand),
      resolved,
      archived,
    ],
    tag: () => [errand({ verb: "untag", tags: [tag] }, had(false))],
    untag: () => [errand({ verb: "tag", tags: [tag] }, had(true))],
  };
  return (errands[command.verb]?.() ?? []).filter(({ numbers }) => numbers.length > 0);
}

type MakeErrand = (command: BulkCommand, chosen: readonly Conversation[]) => Errand;

const isLed = ({ lead }: Conversation) => lead === "agent";

/** Gives each conversation back to the team that it was assigned to, those of one team together. */
function backToTeams(before: readonly Conversation[], errand: MakeErrand): Errand[] {
  return [...new Set(before.map(({ team_id }) => team_id))].map((team) =>
    errand(
      { verb: "team", ...(team !== null && { team_id: team }) },
      before.filter(({ team_id }) => team_id === team),
    ),
  );
}

/** Gives each conversation back to whom it was with, those of one agent together. */
function backToLeads(open: readonly Conversation[], errand: MakeErrand): Errand[] {
  const leaderOf = ({ lead, agent_id }: Conversation) => (lead === "agent" ? agent_id : null);
  return [...new Set(open.map(leaderOf))].map((agent) =>
    errand(
      agent ? { verb: "assign", agent_id: agent } : { verb: "unassign" },
      open.filter((conversation) => leaderOf(conversation) === agent),
    ),
  );
}
