import type { Api, BulkCommand } from "$api/api";
import { toApiError } from "$api/error";
import type { BulkResult, Conversation } from "$api/types";
import type { Conversations } from "./conversations.svelte";
import type { Query } from "./order";
import { mostTags } from "./tags.svelte";

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
  async run(errands: readonly Errand[]): Promise<Outcome> {
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

  /** Lists every conversation that a list shows, also what it has not loaded. Throws an ApiError. */
  async gather(query: Query, about: number): Promise<number[]> {
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

/**
 * Adding a tag, as errands: the server takes whole sets of tags, so those with equal
 * sets go together. What has the tag already, or takes no more, is left out.
 */
export function tagErrands(conversations: readonly Conversation[], tag: string): Errand[] {
  const bySet = new Map<string, Errand>();
  for (const { number, tags } of conversations) {
    if (tags.includes(tag) || tags.length >= mostTags) continue;
    const next = [...tags, tag].sort();
    const key = JSON.stringify(next);
    const errand = bySet.get(key) ?? { command: { verb: "tags", tags: next }, numbers: [] };
    errand.numbers.push(number);
    bySet.set(key, errand);
  }
  return [...bySet.values()];
}

/** What takes a change of many back, from the copies before it; empty where nothing does. */
export function reverse(command: BulkCommand, before: readonly Conversation[]): Errand[] {
  const errand = (verb: BulkCommand["verb"], chosen: readonly Conversation[]): Errand => ({
    command: { verb },
    numbers: chosen.map((conversation) => conversation.number),
  });
  const wasOpen = before.filter(({ state, archived }) => state === "open" && !archived);
  const wasResolved = before.filter(({ state, archived }) => state === "resolved" && !archived);
  const errands: Partial<Record<BulkCommand["verb"], Errand[]>> = {
    resolve: [errand("reopen", wasOpen)],
    archive: [errand("reopen", wasOpen), errand("unarchive", wasResolved)],
  };
  return (errands[command.verb] ?? []).filter(({ numbers }) => numbers.length > 0);
}
