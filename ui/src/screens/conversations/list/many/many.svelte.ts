import type { BulkCommand } from "$api/api";
import { toApiError } from "$api/error";
import { reverse, type Refusal } from "$desk/bulk.svelte";
import type { Desk } from "$desk/desk.svelte";
import type { List } from "$desk/list.svelte";
import type { Selection } from "$desk/selection.svelte";
import type { Announcer } from "$kit/announcer.svelte";
import type { Words } from "$words/words.svelte";
import { appliesTo, togglesFor } from "./applies";

/** What is done to the conversations that were picked, by the bar's buttons or by keys. */
export class Many {
  isAssigning = $state(false);
  isTagging = $state(false);
  isResolving = $state(false);
  #refused = $state.raw<readonly Refusal[]>([]);
  readonly selection: Selection;
  readonly #desk: Desk;
  readonly #announcer: Announcer;
  readonly #t: Words["t"];

  constructor(desk: Desk, announcer: Announcer, { t }: Words, selection: Selection) {
    this.#desk = desk;
    this.#announcer = announcer;
    this.#t = t;
    this.selection = selection;
  }

  /** Whether anything is picked: what is done then is done to all of that. */
  get isMeant(): boolean {
    return this.selection.size > 0;
  }

  get isBusy(): boolean {
    return this.#desk.bulk.total > 0;
  }

  /** What was left as it was when something was done last. */
  get refused(): readonly Refusal[] {
    return this.#refused;
  }

  /** The conversations that are picked, as far as the page knows them. */
  readonly picked = $derived.by(() =>
    this.selection.numbers.flatMap((number) => this.#desk.conversations.get(number) ?? []),
  );

  /** Of each pair of opposites the verb that makes sense for what is picked. */
  readonly toggles = $derived(togglesFor(this.picked));

  /** Carries a command out on those that it can change something about. */
  async carryOut(command: BulkCommand): Promise<void> {
    if (this.isBusy || !this.isMeant) return;
    const { bulk, notices, outbox } = this.#desk;
    const { selection } = this;
    const unmeant = this.picked.filter((each) => !appliesTo(command.verb, each));
    const numbers = selection.numbers.filter((number) => !unmeant.some((each) => each.number === number));
    const end = notices.begin();
    // A reply that came after the closing would open the conversation again.
    await outbox.letGo(({ number }) => selection.has(number));
    const outcome = await bulk.run([{ command, numbers }]);
    this.#refused = outcome.refused;
    const kept = new Set(outcome.refused.map(({ number }) => number));
    selection.remove(selection.numbers.filter((number) => !kept.has(number)));
    const back = reverse(command, outcome.before);
    const n = outcome.before.length;
    const undo = back.length > 0 ? () => void bulk.run(back) : undefined;
    end(n > 0 || kept.size === 0 ? { text: (t) => t("many.done", { n }), undo } : undefined);
    if (kept.size > 0) this.#announcer.interrupt(this.#t("many.refused", { n: kept.size }));
  }

  /** Gives them to whoever is at this page. */
  take(): Promise<void> {
    const me = this.#desk.session.agent?.id;
    return this.carryOut(me ? { verb: "assign", agent_id: me } : { verb: "unassign" });
  }

  /** Picks everything that a list shows, also what it has not loaded. */
  async all(list: List, about: number): Promise<void> {
    if (this.isBusy) return;
    try {
      this.selection.add(await this.#desk.bulk.gather(list.query, about));
    } catch (thrown) {
      if (toApiError(thrown).code !== "aborted") this.#desk.notices.failed(thrown);
    }
  }

  /** Lets go of all that is picked, and of what is under way. */
  clear(): void {
    this.#desk.bulk.stop();
    this.selection.clear();
    this.forget();
  }

  /** Nothing is picked any more: what was asked about that is over. */
  forget(): void {
    this.isAssigning = this.isTagging = this.isResolving = false;
    this.#refused = [];
  }
}
