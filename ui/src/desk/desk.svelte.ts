import { createContext } from "svelte";
import { Api } from "$api/api";
import { toApiError } from "$api/error";
import type { About, Posted } from "$api/types";
import { Live } from "$live/live";
import { Actions } from "./actions";
import { Alerts } from "./alerts.svelte";
import { Attendance } from "./attendance.svelte";
import { Beginning } from "./beginning.svelte";
import { Bulk } from "./bulk.svelte";
import { Categories } from "./categories.svelte";
import { Clock } from "./clock.svelte";
import { Composings } from "./composings";
import { Connection } from "./connection.svelte";
import { Conversations } from "./conversations.svelte";
import { Counts } from "./counts.svelte";
import { Customers } from "./customers.svelte";
import { SentEmoji } from "./emoji.svelte";
import { Hearing } from "./hearing";
import { Hits } from "./hits.svelte";
import { browserShelf } from "./keep";
import { KeptUnread } from "./kept.svelte";
import { Lists } from "./lists";
import { Notices } from "./notices.svelte";
import { Outbox } from "./outbox.svelte";
import { resting, type Outgoing } from "./outgoing";
import { Past } from "./past.svelte";
import { People } from "./people.svelte";
import { PreferencesKeeper } from "./preferences.svelte";
import { Replies } from "./replies.svelte";
import { Samples } from "./samples.svelte";
import { Search } from "./search.svelte";
import { Session, type SessionStatus } from "./session.svelte";
import { Tags } from "./tags.svelte";
import { Team } from "./team";
import { Teams } from "./teams.svelte";
import { Threads } from "./threads";

/**
 * The page's state, put together. Screens read from here and ask here; only the parts
 * that are given the api or the socket speak to the server.
 */
export class Desk {
  readonly #api = new Api();
  readonly shelf = browserShelf;
  readonly clock = new Clock();
  readonly notices = new Notices();
  readonly people = new People();
  readonly counts = new Counts();
  readonly connection = new Connection();
  readonly conversations = new Conversations();
  readonly keptUnread = new KeptUnread(this.conversations);
  readonly lists = new Lists(this.#api, this.conversations);
  readonly threads = new Threads(this.#api, this.conversations);
  readonly customers = new Customers(this.#api, this.conversations);
  readonly bulk = new Bulk(this.#api, this.conversations);
  readonly tags = new Tags(this.#api);
  readonly categories = new Categories(this.#api.settings);
  readonly replies = new Replies(this.#api);
  readonly past = new Past(this.#api);
  readonly preferences = new PreferencesKeeper(this.#api, this.shelf);
  readonly emoji = new SentEmoji(this.#api);
  readonly settings = this.#api.settings;
  readonly factors = this.#api.factors;
  readonly team = new Team(this.#api, this.people);
  readonly teams = new Teams(this.#api);
  readonly hits = new Hits(this.#api);
  readonly search = new Search(this.#api, this.conversations, this.shelf);
  readonly composings = new Composings(this.#api, this.shelf);
  readonly beginning = new Beginning(this.#api, this.shelf);
  readonly actions = new Actions(this.#api, this.conversations, this.people, this.teams, this.notices, {
    mayResolve: (number, category) => this.composings.mayResolve(number, category),
    letGo: (number) => this.outbox.letGo((outgoing) => outgoing.number === number),
    keepUnread: (number) => this.keptUnread.add([number]),
  });
  readonly session = new Session(
    this.#api,
    (status) => this.#sessionBecame(status),
    () => this.outbox.letGo(),
  );
  readonly samples = new Samples(this);
  readonly outbox = new Outbox(this.#api, this.shelf, {
    isConnected: () => this.connection.isOpen,
    posted: (posted) => this.#posted(posted),
    confirmed: (outgoing) => this.#confirmed(outgoing),
    collided: (outgoing) => this.composings.get(outgoing.number).collide(outgoing),
  });
  readonly alerts = new Alerts(
    () => this.preferences.now,
    () => this.session.agent?.id,
    (news) => this.notices.tellNews(news),
  );
  readonly live = new Live(new Hearing(this));
  readonly attendance = new Attendance(
    () => this.preferences.now.standing,
    (say) => this.live.say(say),
  );
  /** Something that every screen shows could not be loaded. */
  #isIncomplete = false;

  constructor() {
    // The socket may not have noticed that the network was gone; what waits need not wait longer.
    addEventListener("online", () => this.hurry());
    // Nobody takes back what they don't see, and a page out of sight may never wake again.
    document.addEventListener("visibilitychange", () => document.hidden && void this.outbox.letGo());
  }

  /** Asks who is signed in, and starts everything when somebody is. Throws when no answer came. */
  async start(): Promise<void> {
    await this.session.load();
  }

  /** Signs out; where that cannot be done, says so. */
  async signOut(): Promise<void> {
    try {
      await this.session.signOut();
    } catch (thrown) {
      this.notices.failed(thrown);
    }
  }

  /** Which Parley this is. Throws an ApiError. */
  about(): Promise<About> {
    return this.#api.about();
  }

  /** Whether the server is there, whatever it says. */
  async answers(): Promise<boolean> {
    try {
      await this.#api.about();
      return true;
    } catch (thrown) {
      return !toApiError(thrown).isPassing;
    }
  }

  /** Whether the one-time code of the set-up page is good. */
  setupIsOpen(code: string): Promise<boolean> {
    return this.#api.setupIsOpen(code);
  }

  /**
   * Sends what was written in a conversation, and resolves it then if that is wanted. What
   * waits for its files goes by itself when they are there, also from a screen that was
   * left meanwhile. False while nothing went.
   */
  send(number: number, resolve = false): boolean {
    const composing = this.composings.get(number);
    // What the list shows was seen too, also while the messages are away or lie in the past.
    const seen = this.threads.known(number)?.newest ?? 0;
    const category = composing.resolveAs;
    const outgoing = composing.take(Date.now(), seen);
    const wanted = outgoing && { ...outgoing, ...(resolve && { resolve, category }) };
    if (wanted) this.outbox.send(resting(wanted, this.preferences.now.sendDelay));
    else if (composing.uploading > 0) void this.#sendLater(number, resolve);
    else composing.sendLater(false);
    return outgoing !== undefined;
  }

  /** The connection is back: what waited for it goes on. */
  hurry(): void {
    if (this.#isIncomplete) void this.refresh();
    for (const shown of [this.lists, this.threads, this.customers]) shown.hurry();
    this.outbox.hurry();
    this.composings.hurry();
  }

  /** Takes a message that was not sent back into the field. */
  edit(outgoing: Outgoing): void {
    if (this.outbox.discard(outgoing.id)) this.composings.get(outgoing.number).takeBack(outgoing);
  }

  /** Loads what every screen shows; called at the start and whenever changes may have been missed. */
  async refresh(): Promise<void> {
    const counts = this.#api.counts().then((counts) => this.counts.put(counts));
    const { told } = this.people;
    const roster = this.#api.roster().then((roster) => this.people.putRoster(roster, told));
    const team = this.#api.team().then((team) => this.session.putTeam(team));
    const results = await Promise.allSettled([
      counts,
      roster,
      team,
      this.teams.load(),
      this.categories.load(),
      this.lists.reload(),
      this.threads.expire(),
    ]);
    this.#isIncomplete = results.some((result) => result.status === "rejected");
    for (const result of results) {
      if (result.status === "rejected" && toApiError(result.reason).code === "internal") throw result.reason;
    }
  }

  /** Looks who is there and how busy each is. Failing is no matter: what is known stays. */
  async lookAround(): Promise<void> {
    await this.#api.roster().then(
      (roster) => this.people.putRoster(roster),
      () => undefined,
    );
  }

  async #sendLater(number: number, resolve: boolean): Promise<void> {
    const composing = this.composings.get(number);
    composing.sendLater(true);
    await composing.arrived();
    if (composing.isSendPending) this.send(number, resolve);
  }

  /** What follows a message that arrived. */
  #confirmed({ number, note, resolve, category }: Outgoing): void {
    const conversation = this.conversations.known(number);
    if (resolve) void this.actions.resolve(number, category);
    else if (!note && conversation?.lead === "nobody" && conversation.state === "open") this.#take(number);
  }

  /** A reply went to a conversation that nobody leads: its writer may want to. */
  #take(number: number): void {
    const { onReply } = this.preferences.now;
    if (onReply === "take") void this.actions.assign(number, this.session.agent?.id ?? null);
    else if (onReply === "ask") this.composings.get(number).offerToTake(true);
  }

  async #posted(posted: Posted): Promise<void> {
    this.conversations.put(posted.conversation);
    this.emoji.sent(posted.message.text);
    await this.threads.receive(posted.message);
  }

  #sessionBecame(status: SessionStatus): void {
    const agent = this.session.agent;
    if (status === "in" && agent) {
      this.people.putAgent(agent);
      this.preferences.takeUp(this.session.me?.preferences);
      this.emoji.takeUp(this.session.me?.recent_emoji ?? []);
      this.composings.takeUp(agent.id);
      this.beginning.takeUp(agent.id);
      this.outbox.takeUp(agent.id);
      void this.composings.refresh();
      this.search.remember(agent.id);
      this.live.start();
    } else if (status === "ended") {
      this.composings.rest();
    } else if (status === "due") {
      this.live.stop();
      this.composings.rest();
    } else if (status === "out") {
      this.#forget();
    }
  }

  #forget(): void {
    this.live.stop();
    this.outbox.release();
    this.conversations.clear();
    this.lists.clear();
    this.threads.clear();
    this.customers.clear();
    this.replies.clear();
    this.past.clear();
    this.tags.clear();
    this.counts.clear();
    this.people.clear();
    this.teams.clear();
    this.notices.clear();
    this.search.clear();
    this.hits.clear();
  }
}

export const [useDesk, provideDesk] = createContext<Desk>();
