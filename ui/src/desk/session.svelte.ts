import type { Api, Setup } from "$api/api";
import { toApiError } from "$api/error";
import type { Agent, ID, Me, Team, TeamChange } from "$api/types";
import { Newest } from "./newest";

/**
 * unknown: not asked yet · ended: it was there and ran out, the page keeps everything ·
 * due: signed in, and two-step verification must be set up before anything else
 */
export type SessionStatus = "unknown" | "in" | "out" | "ended" | "due";

/** Who is signed in on this page. */
export class Session {
  #status = $state<SessionStatus>("unknown");
  #me = $state.raw<Me | undefined>();
  readonly #newest = new Newest<"agent" | "team">();
  readonly #api: Api;
  readonly #changed: (status: SessionStatus) => void;
  readonly #leaving: () => Promise<void>;

  /** `leaving` does what only somebody who is signed in can, before that ends. */
  constructor(api: Api, changed: (status: SessionStatus) => void, leaving: () => Promise<void>) {
    this.#api = api;
    this.#changed = changed;
    this.#leaving = leaving;
    api.onSignedOut = () => {
      if (this.#status === "unknown") this.#become("out");
      else if (this.#status === "in") this.#become("ended");
      // Otherwise it is known: several calls may be refused for the one reason.
    };
    api.onFactorDue = () => this.#status === "in" && this.#become("due");
  }

  get status() {
    return this.#status;
  }

  get me(): Me | undefined {
    return this.#me;
  }

  get agent(): Agent | undefined {
    return this.#me?.agent;
  }

  /** Whether one may change anything; who is there to report only reads. */
  get mayAct(): boolean {
    return this.agent !== undefined && this.agent.role !== "reporter";
  }

  get team(): Team | undefined {
    return this.#me?.team;
  }

  /** What the bot is called. */
  get botName(): string {
    return this.team?.bot_name ?? "JetBot";
  }

  /** Asks who is signed in. Without an answer the status stays unknown and the error is thrown. */
  async load(): Promise<void> {
    try {
      this.#enter(await this.#api.me());
    } catch (thrown) {
      if (toApiError(thrown).code !== "unauthorized") throw thrown;
    }
  }

  /** Signs in; `code` is that of the second step. Throws an ApiError. */
  async signIn(email: string, password: string, remember: boolean, code?: string): Promise<void> {
    this.#enter(await this.#api.signIn(email, password, remember, code));
  }

  async setUp(setup: Setup): Promise<void> {
    this.#enter(await this.#api.setUp(setup));
  }

  /** Throws an ApiError. Who is not signed in any more is signed out. */
  async signOut(): Promise<void> {
    await this.#leaving();
    try {
      await this.#api.signOut();
    } catch (thrown) {
      if (toApiError(thrown).code !== "unauthorized") throw thrown;
    }
    this.#me = undefined;
    this.#become("out");
  }

  /** The server ended it, or closed every door but that of two-step verification. */
  async end(): Promise<void> {
    const me = await this.#api.me().catch(() => undefined);
    if (me?.second_factor_due) this.#enter(me);
    else this.#become("ended");
  }

  async speak(language: string): Promise<void> {
    if (this.#status === "in") this.#me = await this.#api.changeMe({ language });
  }

  async rename(name: string): Promise<void> {
    this.#me = await this.#api.changeMe({ name });
  }

  /** Makes a picture that was uploaded one's own photo; an empty id takes the photo away. */
  async portray(photo: ID): Promise<void> {
    this.#me = await this.#api.changeMe({ photo });
  }

  /** Changes one's own password; one's other sessions end. */
  async changePassword(current: string, next: string): Promise<void> {
    await this.#api.changePassword(current, next);
  }

  async changeTeam(change: TeamChange): Promise<void> {
    this.putTeam(await this.#api.changeTeam(change));
  }

  /** Fills an empty inbox with sample data. Throws an ApiError. */
  async addSamples(): Promise<void> {
    this.putTeam(await this.#api.addSamples());
  }

  /** Takes the sample data away. Throws an ApiError. */
  async removeSamples(): Promise<void> {
    this.putTeam(await this.#api.removeSamples());
  }

  putAgent(agent: Agent): void {
    if (this.#me?.agent.id !== agent.id) return;
    if (this.#newest.isNewer("agent", this.#me.agent, agent)) this.#me = { ...this.#me, agent };
  }

  putTeam(team: Team): void {
    if (!this.#me) return;
    const { team: known } = this.#me;
    if (this.#newest.isNewer("team", known, team) || team.rev === known.rev) this.#me = { ...this.#me, team };
  }

  /** The data may be other ones now: the next copies are taken whatever their rev. */
  mistrust(): void {
    this.#newest.doubt(["agent", "team"]);
  }

  #enter(me: Me): void {
    this.#me = me;
    this.#become(me.second_factor_due ? "due" : "in");
  }

  #become(status: SessionStatus): void {
    if (this.#status === status) return;
    this.#status = status;
    this.#changed(status);
  }
}
