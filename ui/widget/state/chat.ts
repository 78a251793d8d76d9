import { toApiError } from "$api/error";
import { Live, type Hearer } from "$live/live";
import type { Phase } from "$live/link";
import type { Api, Field, MeChange, Seed, Site, Wanted } from "../api";
import type { Language, Page } from "../bridge";
import { visitorsDoor, type Change, type Passing, type Say, type Team } from "./door";
import { Bell } from "./bell";
import { Exchange, fresh } from "./exchange";
import type { Host } from "./host";
import type { Kept } from "./kept";
import { isNew } from "./outgoing";
import { Place } from "./place";
import { Tabs } from "./tabs";
import { Visit } from "./visit";
import { Signal } from "../view/signal";

const typingEvery = 3_000;
/** Within so long another tab tells of the token that it has got in place of one that ended. */
const tokenSettles = 1_000;
/** For so long what is known of the site is taken for what it is now. */
const siteLasts = 60_000;

/** Everything that the panel knows; its screens only show it. */
export class Chat {
  readonly #status = new Signal<"loading" | "ready" | "failed" | "gone">("loading");
  readonly #site = new Signal<Site | undefined>(undefined);
  readonly #team = new Signal<Team>({ agents: [], open: true });
  readonly #phase = new Signal<Phase>("idle");
  /** The page that the visitor is on. */
  page: Page = { url: "", title: "" };
  readonly kept: Kept;
  readonly api: Api;
  readonly visit: Visit;
  readonly exchange: Exchange;
  readonly place: Place;
  readonly bell: Bell;
  readonly #live: Live<Change, Passing, Say>;
  readonly #tabs: Tabs;
  readonly #key: string;
  readonly #host: Host;
  readonly #language: () => Language;
  #saidTyping = 0;
  #lookedAt = 0;
  #begins: Promise<void> = Promise.resolve();

  constructor(key: string, api: Api, kept: Kept, host: Host, language: () => Language) {
    this.#key = key;
    this.api = api;
    this.kept = kept;
    this.#host = host;
    this.#live = new Live<Change, Passing, Say>(
      this.#hearer(),
      visitorsDoor(() => api.token),
    );
    this.#language = language;
    this.visit = new Visit(api, kept, {
      make: () => api.enter(this.#seed),
      begun: () => this.#begun(),
    });
    this.#tabs = new Tabs(key, (word) => {
      if (word.type === "draft") this.exchange.composing(word.target).hear(word.text);
      else if (word.type === "token") void this.#reenter();
      else if (word.type === "mute") this.bell.hear(word.on);
      else host.say({ type: word.on ? "open" : "close", detail: { focus: false } });
    });
    this.bell = new Bell(kept, (on) => this.#tabs.tell({ type: "mute", on }));
    this.place = new Place(kept, () => {
      this.#sayViewing();
      this.#look();
    });
    this.exchange = new Exchange({
      api,
      kept,
      host,
      tabs: this.#tabs,
      ensure: () => this.visit.ensure(),
      page: () => this.page,
      renamed: (from, to) => this.place.rename(from, to),
      lacking: () => void this.#lack().catch(() => undefined),
    });
  }

  get status() {
    return this.#status.value;
  }

  get site() {
    return this.#site.value;
  }

  /** Who of the team is shown, whether it is open now, and how soon it answers. */
  get team() {
    return this.#team.value;
  }

  /** How the connection is; a visitor whom the server does not know has none. */
  get phase() {
    return this.#phase.value;
  }

  /** What was there before is taken up, or can't be. */
  get begins() {
    return this.#begins;
  }

  /** Loads the site, and what this browser's visitor had before. Safe to call again. */
  start(): Promise<void> {
    return (this.#begins = this.#start());
  }

  /** The website asks for more than it did when the page was loaded. */
  async #lack(): Promise<void> {
    await this.#loadSite();
    if (this.place.screen.name === "thread" && this.needsForm) this.place.show({ name: "form" });
  }

  async #loadSite(): Promise<void> {
    this.#lookedAt = Date.now();
    const site = await this.api.site(this.#key);
    this.#site.value = site;
    this.#team.value = { agents: site.agents, open: site.hours.open, wait: site.wait };
  }

  /**
   * Who is there, and whether the bot answers, may have changed since the visitor last
   * looked; to those who have not written yet, nothing tells it.
   */
  #look(): void {
    if (!this.place.isSeen || this.#status.value !== "ready") return;
    if (Date.now() - this.#lookedAt > siteLasts) void this.#loadSite().catch(() => undefined);
  }

  async #start(): Promise<void> {
    this.#status.value = "loading";
    try {
      await this.#loadSite();
      if (this.visit.takeUp()) await this.#enter();
      this.exchange.outbox.takeUp();
      this.#status.value = "ready";
      if (this.place.isOpen) this.#resume();
    } catch (thrown) {
      const { status, code } = toApiError(thrown);
      this.#status.value = status === 404 ? "gone" : "failed";
      this.#host.tell("error", { code });
    }
  }

  /** Whether something must be asked before the first message. */
  get needsForm(): boolean {
    const [site, visitor] = [this.#site.value, this.visit.visitor];
    if (!site) return false;
    if (this.needsConsent) return true;
    if (visitor?.verified) return false;
    const fields = Object.entries(site.fields) as [Field, Wanted][];
    if (fields.some(([field, wanted]) => wanted === "required" && !visitor?.[field])) return true;
    const isKnown = visitor?.name || visitor?.email || visitor?.phone;
    const isAsked = fields.some(([, wanted]) => wanted !== "off");
    return !this.kept.get("form") && !isKnown && (isAsked || this.isClosed);
  }

  /** Whether the version of the privacy notice that is shown now has not been agreed to. */
  get needsConsent(): boolean {
    const consent = this.#site.value?.consent;
    return !!consent?.on && this.visit.visitor?.consent?.version !== consent.version;
  }

  /** Whether nobody is there to answer, not even the bot. */
  get isClosed(): boolean {
    return !this.#team.value.open && !this.#site.value?.bot.leads;
  }

  /** Goes to a new conversation, by way of the form if something must be asked. */
  begin(): void {
    const { outbox } = this.exchange;
    const begun = outbox.all.find(({ target }) => isNew(target));
    if (this.needsForm) return this.place.show({ name: "form" });
    if (begun?.stage === "failed") outbox.retry(begun.id);
    this.place.show({ name: "thread", target: begun?.target ?? fresh });
  }

  /** Sends to a conversation, or begins one, and goes there. */
  say(...words: Parameters<Exchange["say"]>): void {
    const target = this.exchange.say(...words);
    if (target !== words[0]) this.place.show({ name: "thread", target });
  }

  /** Opens; with `focus` the first thing on the screen gets it. */
  open(focus = false): void {
    if (this.place.isOpen) return;
    this.place.isCalled = focus;
    this.place.isOpen = true;
    this.#resume();
    this.#turned();
  }

  close(): void {
    if (!this.place.isOpen) return;
    this.place.isOpen = false;
    this.#turned();
  }

  /** Closes the panel at the visitor's wish. */
  leave(): void {
    this.#host.say({ type: "close", detail: { focus: true } });
  }

  /** Whether there is a page around that the panel can close to. */
  get canLeave(): boolean {
    return this.#host.isThere;
  }

  /** Tells the team that the visitor types: from the tab in front, at most every 3 s. */
  typing(target: string): void {
    const now = Date.now();
    const isKnown = this.exchange.conversations.get(target) !== undefined;
    if (!this.place.isVisible || !isKnown || now - this.#saidTyping < typingEvery) return;
    this.#saidTyping = now;
    this.#live.say({ type: "typing", handle: target });
  }

  /** Tells the server who the visitor is and what they agreed to, before the first message. */
  async introduce(change: MeChange): Promise<void> {
    if (Object.keys(change).length > 0) {
      await this.visit.ensure();
      await this.visit.say(change);
    }
    this.kept.set("form", "1");
  }

  /**
   * Takes a visitor whom the website vouches for. The same one again, as on every page of
   * theirs, stays where they were; after somebody else nothing is left of them.
   */
  async identify(jwt: string): Promise<void> {
    await this.#begins; // who was there before counts
    const before = this.visit.visitor;
    this.#live.stop(); // the token that it came in with ends
    const { token, visitor } = await this.api.identify(this.#seed, jwt).catch((thrown: unknown) => {
      if (before) this.#live.start();
      throw thrown;
    });
    if (visitor.id !== before?.id) {
      this.#forget();
      if (before?.verified) this.#wipe();
    }
    this.visit.take(token, visitor);
    await this.#begun();
  }

  /** Says goodbye: the token ends, and this browser forgets everything of this site. */
  async logout(): Promise<void> {
    await this.api.forget().catch(() => undefined);
    this.#lose();
    this.#wipe();
    this.#tabs.tell({ type: "token" });
  }

  /** Leaves nothing in this browser, not even what was never sent. */
  #wipe(): void {
    this.exchange.outbox.clear();
    this.kept.clear();
  }

  get #seed(): Seed {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return { site: this.#key, language: this.#language(), page: this.page, zone };
  }

  /** Goes where the visitor was, to what is not sent yet, or to the one conversation that has something new. */
  #resume(): void {
    const { conversations, outbox } = this.exchange;
    const { last, screen } = this.place;
    const isThere = last && (conversations.get(last) || outbox.of(last).length > 0);
    const news = conversations.list.filter(({ unread }) => unread > 0);
    const begun = outbox.all.find(({ target }) => isNew(target));
    if (isThere) this.place.show({ name: "thread", target: last });
    else if (begun) this.place.show({ name: "thread", target: begun.target });
    else if (screen.name === "home" && news.length === 1 && news[0]) {
      this.place.show({ name: "thread", target: news[0].handle });
    }
  }

  #turned(): void {
    this.#sayViewing();
    this.#look();
    // Only what is done in the tab in front is news to the others.
    if (this.place.isVisible) this.#tabs.tell({ type: "open", on: this.place.isOpen });
  }

  /** Loads the visitor and listens from there; a token that is no good any more is let go. */
  async #enter(): Promise<void> {
    try {
      const { visitor, conversations, sequence, epoch } = await this.api.me();
      if (this.visit.visitor && this.visit.visitor.id !== visitor.id) this.#forget();
      this.visit.visitor = visitor;
      this.exchange.reset(conversations);
      this.#live.start({ sequence, epoch });
      void this.visit.catchUp().catch(() => undefined);
      void this.visit.rotate().catch(() => undefined);
    } catch (thrown) {
      if (toApiError(thrown).status !== 401) throw thrown;
      this.#lose();
    }
  }

  async #begun(): Promise<void> {
    this.#live.stop();
    await this.#enter();
    this.#tabs.tell({ type: "token" });
  }

  /** Another token is in this browser: the visitor's next one, another visitor's, or none. */
  async #reenter(): Promise<void> {
    const before = this.api.token;
    this.visit.takeUp();
    if (this.api.token === before) return;
    this.#live.stop();
    if (this.api.token) return this.#enter().catch(() => this.#forget());
    this.visit.visitor = undefined;
    this.#forget();
    this.exchange.outbox.clear();
  }

  /** A token has ended. Where another tab has got the next one, that is taken. */
  #ended(token: string | undefined): void {
    if (this.api.token !== token) return; // there is another already
    if (this.visit.takeUp() && this.api.token !== token) void this.#enter().catch(() => this.#forget());
    else this.#lose();
  }

  #lose(): void {
    this.#live.stop();
    this.visit.lose();
    this.#forget();
  }

  #forget(): void {
    this.exchange.forget();
    this.place.show({ name: "home" });
  }

  #sayViewing(): void {
    this.#live.say({ type: "viewing", open: this.place.isSeen });
  }

  #hearer(): Hearer<Change, Passing> {
    return {
      change: (change) => this.#heard(change),
      signal: (signal) => {
        if (signal.type === "typing") this.exchange.thread(signal.handle).types(signal.name);
        else if (signal.type === "team") this.#turnTeam(signal);
      },
      reset: () => void this.#enter().catch(() => undefined),
      greeted: () => undefined,
      restored: () => undefined,
      ended: () => {
        const { token } = this.api;
        setTimeout(() => this.#ended(token), tokenSettles);
      },
      phase: (phase) => {
        this.#phase.value = phase;
        if (phase !== "open") return;
        this.#sayViewing();
        this.exchange.outbox.hurry();
      },
    };
  }

  #turnTeam(team: Team): void {
    const isTurn = team.open !== this.#team.value.open;
    this.#team.value = team;
    // With the hours, the next opening changes, and whether the bot answers.
    if (isTurn) void this.#loadSite().catch(() => undefined);
  }

  #heard(change: Change): void {
    if (change.type === "visitor") {
      this.visit.visitor = change.visitor;
      return;
    }
    const message = change.type === "message" ? change.message : undefined;
    this.exchange.take(change.conversation, message);
    if (message?.kind === "agent" || message?.kind === "bot") {
      const { handle } = change.conversation;
      this.place.heard = `${message.author?.name ?? ""}: ${message.text}`;
      if (this.site?.sound && !(this.place.isSeen && document.hasFocus())) this.bell.ring();
      this.#host.tell("message:received", { conversation: handle, from: message.kind });
    }
  }
}
