import type { Api } from "$api/api";
import { toApiError } from "$api/error";
import type { CustomerRef, ID, Posted } from "$api/types";
import { newId } from "./id";
import type { Shelf } from "./keep";

/** What is said of a customer who is not known yet. */
export interface Newcomer {
  name: string;
  email: string;
  phone: string;
}

interface Written {
  /** With whom: somebody known, somebody new, or not chosen yet. */
  who: CustomerRef | undefined;
  newcomer: Newcomer | undefined;
  text: string;
  /** Who leads it; empty for the one who writes. */
  lead: ID;
}

const blank: Written = { who: undefined, newcomer: undefined, text: "", lead: "" };

/** Why it was not begun: an ApiError's code, with the field that is wrong. */
export interface Refusal {
  code: string;
  field: string | undefined;
}

/** So many customers are proposed. */
const mostFound = 8;

/**
 * A conversation that an agent is about to begin. What is typed stays in this browser
 * until the server has it; trying again what got no answer makes no second conversation.
 */
export class Beginning {
  #written = $state<Written>({ ...blank });
  #isBusy = $state(false);
  #refusal = $state.raw<Refusal | undefined>();
  /** What was tried last, under which client id: the same again is the same conversation. */
  #tried: { id: ID; body: string } | undefined;
  #owner: ID = "";
  readonly #api: Pick<Api, "begin" | "search" | "customersAt">;
  readonly #shelf: Shelf;

  constructor(api: Pick<Api, "begin" | "search" | "customersAt">, shelf: Shelf) {
    this.#api = api;
    this.#shelf = shelf;
  }

  /** What was written so far, for the fields. */
  get written() {
    return this.#written;
  }

  get isBusy() {
    return this.#isBusy;
  }

  get refusal() {
    return this.#refusal;
  }

  /** Takes up what an agent began to write in this browser. */
  takeUp(owner: ID): void {
    this.#owner = owner;
    this.#refusal = undefined;
    try {
      const kept = JSON.parse(this.#shelf.get(this.#name) ?? "{}") as Partial<Written>;
      this.#written = { ...blank, ...kept };
    } catch {
      this.#written = { ...blank };
    }
  }

  /** Chooses with whom; undefined chooses anew. What was written stays. */
  choose(who: CustomerRef | undefined): void {
    this.#written = { ...this.#written, who, newcomer: undefined };
    this.#refusal = undefined;
  }

  /** It is somebody new: of what was looked for, something is known of them. */
  welcome(sought: string): void {
    const text = sought.trim();
    const isPhone = /^\+?[\d\s()-]{5,}$/.test(text);
    const isEmail = text.includes("@");
    const newcomer = {
      name: isPhone || isEmail ? "" : text,
      email: isEmail ? text : "",
      phone: isPhone ? text : "",
    };
    this.#written = { ...this.#written, who: undefined, newcomer };
  }

  /** Keeps what was written. */
  keep(): void {
    this.#shelf.set(this.#name, JSON.stringify(this.#written));
  }

  /** Looks for customers by name, e-mail or phone. Throws an ApiError. */
  async find(sought: string, signal?: AbortSignal): Promise<CustomerRef[]> {
    const text = sought.trim().replaceAll('"', " ");
    const [page, same] = await Promise.all([
      this.#api.search(`customer:"${text}"`, "", signal),
      // Who has not written yet is in no conversation; the address finds them.
      text.includes("@") ? this.#api.customersAt(text, signal).catch(() => []) : [],
    ]);
    const refs = [
      ...same.map((customer): CustomerRef => ({ ...customer, blocked: Boolean(customer.blocked) })),
      ...page.hits.map((hit) => hit.conversation.customer),
    ];
    return [...new Map(refs.map((ref) => [ref.id, ref])).values()].slice(0, mostFound);
  }

  /** Begins it; undefined when it was refused, and everything stays as it was written. */
  async send(): Promise<Posted | undefined> {
    const { who, newcomer, text, lead } = this.#written;
    if (this.#isBusy) return undefined;
    const what = {
      text,
      ...(who ? { customer_id: who.id } : { customer: trimmed(newcomer) }),
      ...(lead && { agent_id: lead }),
    };
    const body = JSON.stringify(what);
    if (this.#tried?.body !== body) this.#tried = { id: newId(), body };
    this.#isBusy = true;
    try {
      const posted = await this.#api.begin({ client_id: this.#tried.id, ...what });
      this.#tried = this.#refusal = undefined;
      this.#written = { ...blank };
      this.#shelf.remove(this.#name);
      return posted;
    } catch (thrown) {
      const { code, field } = toApiError(thrown);
      this.#refusal = { code, field };
      return undefined;
    } finally {
      this.#isBusy = false;
    }
  }

  get #name(): string {
    return `begin.${this.#owner}`;
  }
}

/** Only what was filled in is said. */
function trimmed(newcomer: Newcomer | undefined): Partial<Newcomer> {
  const given = Object.entries(newcomer ?? {}).map(([field, text]) => [field, text.trim()] as const);
  return Object.fromEntries(given.filter(([, text]) => text !== ""));
}
