import type { Api } from "$api/api";
import type { ID, Reply, ReplyChange } from "$api/types";
import { fold } from "$text/fold";

/** The saved replies that this agent may use. */
export class Replies {
  #all = $state.raw<readonly Reply[] | undefined>();
  #hasFailed = $state(false);
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Undefined until loaded. */
  get all() {
    return this.#all;
  }

  get hasFailed() {
    return this.#hasFailed;
  }

  async open(): Promise<void> {
    if (this.#all) return;
    try {
      this.#all = await this.#api.replies();
      this.#hasFailed = false;
    } catch {
      this.#hasFailed = true;
    }
  }

  /**
   * The enabled ones that match what was typed, best first: shortcut, then title, then text;
   * among equals those in the customer's language, then those in none.
   */
  match(query: string, language = ""): Reply[] {
    const wanted = fold(query);
    const ranked = (this.#all ?? [])
      .filter((reply) => reply.enabled)
      .map((reply) => ({ reply, rank: rank(reply, wanted) }))
      .filter(({ rank }) => rank > 0);
    ranked.sort(
      (a, b) =>
        b.rank - a.rank || suits(b.reply, language) - suits(a.reply, language) || b.reply.uses - a.reply.uses,
    );
    return ranked.map(({ reply }) => reply);
  }

  put(reply: Reply): void {
    const known = this.#all?.find((other) => other.id === reply.id);
    if (!this.#all || (known && known.rev >= reply.rev)) return;
    this.#all = [...this.#all.filter((other) => other.id !== reply.id), reply];
  }

  remove(id: ID): void {
    this.#all = this.#all?.filter((reply) => reply.id !== id);
  }

  /** Saves a new reply. Every failure is an ApiError. */
  async create(reply: ReplyChange): Promise<Reply> {
    const created = await this.#api.createReply(reply);
    this.put(created);
    return created;
  }

  async change(id: ID, change: ReplyChange): Promise<Reply> {
    const changed = await this.#api.changeReply(id, change);
    this.put(changed);
    return changed;
  }

  /** Deletes a reply for good. */
  async delete(id: ID): Promise<void> {
    await this.#api.deleteReply(id);
    this.remove(id);
  }

  /** Tells the server that a reply was used. Only a statistic: failing is no matter. */
  used(id: ID): void {
    this.#api.usedReply(id).then(
      ({ reply }) => this.put(reply),
      () => undefined,
    );
  }

  clear(): void {
    this.#all = undefined;
  }
}

/** How well a reply suits who speaks a language; without one all do alike. */
function suits(reply: Reply, language: string): number {
  if (language === "") return 0;
  return reply.language === language ? 2 : Number(reply.language === "");
}

function rank(reply: Reply, wanted: string): number {
  if (wanted === "") return 1;
  if (fold(reply.shortcut).startsWith(wanted)) return 4;
  if (fold(reply.title).includes(wanted)) return 3;
  if (fold(reply.shortcut).includes(wanted)) return 2;
  return fold(reply.text).includes(wanted) ? 1 : 0;
}
