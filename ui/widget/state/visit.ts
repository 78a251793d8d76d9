import type { Api, Entered, MeChange, Visitor } from "../api";
import type { Kept } from "./kept";
import { Signal } from "../view/signal";

/** After a day a token is changed for a new one. */
const tokenAge = 24 * 60 * 60 * 1000;

export interface VisitLinks {
  make: () => Promise<Entered>;
  /** A new visitor is there. */
  begun: () => Promise<void>;
}

/**
 * Who the visitor is. Nobody, as far as the server is concerned, until they write: only
 * then is a token made, and what the website has said about them goes along.
 */
export class Visit {
  readonly #visitor = new Signal<Visitor | undefined>(undefined);
  #making: Promise<void> | undefined;
  /** What the website said about somebody whom the server does not know yet. */
  #unsaid: MeChange = {};
  readonly #api: Api;
  readonly #kept: Kept;
  readonly #links: VisitLinks;

  constructor(api: Api, kept: Kept, links: VisitLinks) {
    this.#api = api;
    this.#kept = kept;
    this.#links = links;
  }

  get visitor() {
    return this.#visitor.value;
  }

  set visitor(visitor: Visitor | undefined) {
    this.#visitor.value = visitor;
  }

  /** Takes the token that this browser keeps; false where there is none. */
  takeUp(): boolean {
    this.#api.token = this.#keptToken()?.token;
    return this.#api.token !== undefined;
  }

  /** Makes sure that the server knows the visitor. */
  ensure(): Promise<void> {
    if (this.#api.token) return Promise.resolve();
    return (this.#making ??= this.#begin().finally(() => (this.#making = undefined)));
  }

  /** Takes a token that the server gave for a visitor. */
  take(token: string, visitor: Visitor): void {
    this.#api.token = token;
    this.#visitor.value = visitor;
    this.#kept.set("token", JSON.stringify({ token, at: Date.now() }));
  }

  /** Tells the server about the visitor; nothing is sent for one whom it does not know. */
  async say(change: MeChange): Promise<void> {
    if (this.#api.token) {
      this.#visitor.value = (await this.#api.change(change)).visitor;
      return;
    }
    const attributes = { ...this.#unsaid.attributes, ...change.attributes };
    this.#unsaid = { ...this.#unsaid, ...change, ...(change.attributes && { attributes }) };
  }

  /** Changes an old token for a new one; the old one is good for a while, for other tabs. */
  async rotate(): Promise<void> {
    const kept = this.#keptToken();
    if (!kept || Date.now() - kept.at < tokenAge || !this.#visitor.value) return;
    this.take((await this.#api.rotate()).token, this.#visitor.value);
  }

  lose(): void {
    this.#api.token = undefined;
    this.#visitor.value = undefined;
    this.#unsaid = {};
    this.#kept.remove("token");
  }

  /** Tells the server what was said before it knew the visitor. */
  async catchUp(): Promise<void> {
    const unsaid = this.#unsaid;
    this.#unsaid = {};
    if (Object.keys(unsaid).length > 0) await this.say(unsaid);
  }

  async #begin(): Promise<void> {
    const { token, visitor } = await this.#links.make();
    this.take(token, visitor);
    await this.catchUp();
    await this.#links.begun();
  }

  #keptToken(): { token: string; at: number } | undefined {
    try {
      const kept = JSON.parse(this.#kept.get("token") ?? "null") as { token?: unknown; at?: unknown } | null;
      return typeof kept?.token === "string" ? { token: kept.token, at: Number(kept.at) || 0 } : undefined;
    } catch {
      return undefined;
    }
  }
}
