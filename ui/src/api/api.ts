import { ownZone } from "$text/zones";
import { Client, type Method } from "./client";
import { toApiError } from "./error";
import { FactorsApi } from "./factors";
import { SettingsApi } from "./settings";
import type {
  About,
  Agent,
  AgentChange,
  AgentTeam,
  AgentTeamChange,
  BegunDraft,
  BulkResult,
  Conversation,
  ConversationPage,
  Counts,
  Customer,
  CustomerChange,
  CustomerNote,
  Deed,
  Draft,
  ID,
  Me,
  MessagePage,
  Moment,
  NewAgent,
  NewConversation,
  Opened,
  PastAnswer,
  Posted,
  Reply,
  ReplyChange,
  Roster,
  SearchPage,
  Sort,
  Tag,
  Team,
  TeamChange,
  ThreadHits,
  View,
} from "./types";
import { Uploads } from "./uploads";

export interface ListQuery {
  view: View;
  agent?: ID | undefined;
  team?: ID | undefined;
  tag?: string | undefined;
  unread?: boolean | undefined;
  hideResolved?: boolean | undefined;
  channel?: string | undefined;
  language?: string | undefined;
  /** Only those active from this moment on, and before that one. */
  since?: number | undefined;
  until?: number | undefined;
  sort?: Sort | undefined;
  /** Backwards: the last row comes first. */
  fromEnd?: boolean | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

export interface Setup {
  code: string;
  name: string;
  email: string;
  password: string;
  language: string;
  zone: string;
}

/** A verb that changes where a conversation stands; each is safe to say twice. */
export type Verb = "unassign" | "resolve" | "reopen" | "archive" | "unarchive" | "read" | "unread";

/** The same verbs, said to several conversations; at most 200 at once. */
export interface BulkCommand {
  /** tag and untag add to the tags and take away from them; what else is there stays. */
  verb: Verb | "assign" | "team" | "tag" | "untag";
  agent_id?: ID;
  /** Absent takes them out of their teams. */
  team_id?: ID;
  tags?: string[];
  /** What they are resolved as. */
  category_id?: ID;
}

/** Of texts up to so many letters several fit into what browsers send for a page that leaves. */
const longestKeptAlive = 8_000;

/** So many notes or conversations of a customer come at once. */
const partSize = 20;

/** What the server can be asked, call by call. Every failure is an ApiError. */
export class Api {
  readonly uploads: Uploads;
  readonly settings: SettingsApi;
  readonly factors: FactorsApi;
  readonly #client: Client;
  /** This browser's time zone, in which the days of a search begin. */
  #zone: string | undefined = ownZone();

  constructor(client = new Client()) {
    this.#client = client;
    this.uploads = new Uploads(client);
    this.settings = new SettingsApi(client);
    this.factors = new FactorsApi(client);
  }

  set onSignedOut(tell: () => void) {
    this.#client.onSignedOut = tell;
  }

  set onFactorDue(tell: () => void) {
    this.#client.onFactorDue = tell;
  }

  me = () => this.#get<Me>("/me");
  signIn = (email: string, password: string, remember: boolean, code?: string) =>
    this.#send<Me>("POST", "/session", { email, password, remember, ...(code && { code }) });
  signOut = () => this.#send<undefined>("DELETE", "/session");
  changeMe = (change: { name?: string; language?: string; photo?: ID }) =>
    this.#send<Me>("PATCH", "/me", change);
  changePassword = (current: string, next: string) =>
    this.#send<undefined>("POST", "/me/password", { current, new: next });
  prefer = (preferences: Record<string, unknown>) =>
    this.#send<Me>("PUT", "/me/preferences", { preferences });
  about = () => this.#get<About>("/about");
  drafts = async () => (await this.#get<{ drafts: BegunDraft[] }>("/me/drafts")).drafts;
  /** Keeps what was begun. */
  saveDraft = async (number: number, text: string, note: boolean) =>
    (await this.#sendText<{ draft: BegunDraft }>("PUT", `/conversations/${number}/draft`, { text, note }))
      .draft;
  sentEmoji = (emoji: string) => this.#send<Me>("POST", "/me/emoji", { emoji });
  setupIsOpen = async (code: string) => (await this.#get<{ open: boolean }>("/setup", { code })).open;
  setUp = (setup: Setup) => this.#send<Me>("POST", "/setup", setup);
  addSamples = () => this.#send<Team>("POST", "/samples");
  removeSamples = () => this.#send<Team>("DELETE", "/samples");

  counts = () => this.#get<Counts>("/views");
  conversations = ({ hideResolved, since, until, fromEnd, ...query }: ListQuery, signal?: AbortSignal) => {
    const moments = { since: moment(since), until: moment(until) };
    const flags = {
      unread: query.unread || undefined,
      hide_resolved: hideResolved || undefined,
      from_end: fromEnd || undefined,
    };
    return this.#get<ConversationPage>("/conversations", { ...query, ...moments, ...flags }, signal);
  };
  open = (number: number, signal?: AbortSignal) =>
    this.#get<Opened>(`/conversations/${number}`, undefined, signal);
  messages = (
    number: number,
    where: { before?: number; after?: number; around?: number; at?: Moment; limit?: number },
    signal?: AbortSignal,
  ) => this.#get<MessagePage>(`/conversations/${number}/messages`, where, signal);
  hits = (number: number, q: string, signal?: AbortSignal) =>
    this.#inZone((zone) => this.#get<ThreadHits>(`/conversations/${number}/hits`, { q, zone }, signal));
  /** Starts a conversation with a customer, or with somebody new. */
  begin = (draft: NewConversation) => this.#sendText<Posted>("POST", "/conversations", draft);
  post = (number: number, draft: Draft) =>
    this.#sendText<Posted>("POST", `/conversations/${number}/messages`, draft);
  assign = (number: number, agent: ID) => this.#conversation(number, "assign", { agent_id: agent });
  assignTeam = (number: number, team: ID | null) => this.#conversation(number, "team", { team_id: team });
  tag = (number: number, tags: string[]) => this.#conversation(number, "tags", { tags });
  resolve = (number: number, category?: ID) =>
    this.#conversation(number, "resolve", category && { category_id: category });
  say = (number: number, verb: Verb) => this.#conversation(number, verb);
  sayToMany = (command: BulkCommand, numbers: readonly number[]) =>
    this.#send<BulkResult>("POST", "/conversations/bulk", { ...command, numbers });
  tags = async () => (await this.#get<{ tags: Tag[] }>("/tags")).tags;

  /** How questions like the one that waits in a conversation were answered before. */
  pastAnswers = async (number: number) =>
    (await this.#get<{ suggestions: PastAnswer[] }>(`/conversations/${number}/suggestions`)).suggestions;
  usedPastAnswer = (number: number, { number: from, seq }: PastAnswer) =>
    this.#send<undefined>("POST", `/conversations/${number}/suggestions/used`, { number: from, seq });

  search = (q: string, cursor = "", signal?: AbortSignal) =>
    this.#inZone((zone) => this.#get<SearchPage>("/search", { q, cursor, limit: 20, zone }, signal));

  /** Asks with this browser's zone, or without if the server doesn't know it: browsers know newer ones. */
  async #inZone<T>(ask: (zone?: string) => Promise<T>): Promise<T> {
    try {
      return await ask(this.#zone);
    } catch (thrown) {
      if (this.#zone === undefined || toApiError(thrown).field !== "zone") throw thrown;
      this.#zone = undefined;
      return ask();
    }
  }

  /** The customers who have this e-mail address. */
  customersAt = async (email: string, signal?: AbortSignal) =>
    (await this.#get<{ customers: Customer[] }>("/customers", { email }, signal)).customers;
  customer = async (id: ID) => (await this.#get<{ customer: Customer }>(`/customers/${id}`)).customer;
  customerConversations = (id: ID, cursor: string) =>
    this.#get<ConversationPage>(`/customers/${id}/conversations`, { cursor, limit: partSize });
  customerHistory = (id: ID, cursor: string) =>
    this.#get<{ deeds: Deed[]; next: string }>(`/customers/${id}/history`, { cursor, limit: partSize });
  customerNotes = (id: ID, cursor: string) =>
    this.#get<{ notes: CustomerNote[]; next: string }>(`/customers/${id}/notes`, {
      cursor,
      limit: partSize,
    });
  addCustomerNote = (id: ID, text: string) =>
    this.#send<{ note: CustomerNote; customer: Customer }>("POST", `/customers/${id}/notes`, { text });

  changeCustomer = (id: ID, change: CustomerChange) => this.#customer("PATCH", `/customers/${id}`, change);
  blockCustomer = (id: ID, reason: string, number: number, until?: Moment) =>
    this.#customer("POST", `/customers/${id}/block`, { reason, number, ...(until && { until }) });
  unblockCustomer = (id: ID, number: number) =>
    this.#customer("POST", `/customers/${id}/unblock?number=${number}`);

  replies = async () => (await this.#get<{ replies: Reply[] }>("/replies")).replies;
  createReply = async (reply: ReplyChange) =>
    (await this.#send<{ reply: Reply }>("POST", "/replies", reply)).reply;
  changeReply = async (id: ID, change: ReplyChange) =>
    (await this.#send<{ reply: Reply }>("PATCH", `/replies/${id}`, change)).reply;
  deleteReply = (id: ID) => this.#send<undefined>("DELETE", `/replies/${id}`);
  usedReply = (id: ID) => this.#send<{ reply: Reply }>("POST", `/replies/${id}/used`);

  roster = () => this.#get<Roster>("/agents");
  createAgent = async (agent: NewAgent) =>
    (await this.#send<{ agent: Agent }>("POST", "/agents", agent)).agent;
  removePhoto = async (id: ID) => (await this.#send<{ agent: Agent }>("DELETE", `/agents/${id}/photo`)).agent;
  changeAgent = async (id: ID, change: AgentChange) =>
    (await this.#send<{ agent: Agent }>("PATCH", `/agents/${id}`, change)).agent;
  teams = async () => (await this.#get<{ teams: AgentTeam[] }>("/teams")).teams;
  createTeam = async (team: AgentTeamChange) =>
    (await this.#send<{ team: AgentTeam }>("POST", "/teams", team)).team;
  changeAgentTeam = async (id: ID, change: AgentTeamChange) =>
    (await this.#send<{ team: AgentTeam }>("PATCH", `/teams/${id}`, change)).team;
  deleteTeam = (id: ID) => this.#send<undefined>("DELETE", `/teams/${id}`);
  changeTeam = async (change: TeamChange) =>
    (await this.#send<{ team: Team }>("PATCH", "/team", change)).team;
  team = async () => (await this.#get<{ team: Team }>("/team")).team;

  async #conversation(number: number, verb: string, body?: unknown): Promise<Conversation> {
    const path = `/conversations/${number}/${verb}`;
    return (await this.#send<{ conversation: Conversation }>("POST", path, body)).conversation;
  }

  async #customer(method: Method, path: string, body?: unknown): Promise<Customer> {
    return (await this.#send<{ customer: Customer }>(method, path, body)).customer;
  }

  #get<T>(path: string, query?: object, signal?: AbortSignal): Promise<T> {
    return this.#client.call<T>("GET", path, { query: { ...query }, signal });
  }

  #send<T>(method: Method, path: string, body?: unknown): Promise<T> {
    return this.#client.call<T>(method, path, { body });
  }

  /** Sends what was written; it may go out while the page is leaving. */
  #sendText<T>(method: Method, path: string, body: { text: string; note?: boolean }): Promise<T> {
    return this.#client.call<T>(method, path, { body, keepalive: body.text.length < longestKeptAlive });
  }
}

function moment(at: number | undefined): Moment | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
