import type { Api, Verb } from "$api/api";
import { toApiError } from "$api/error";
import type { Conversation, ID } from "$api/types";
import { faultWords } from "$words/faults";
import type { Conversations } from "./conversations.svelte";
import type { Notice, Notices } from "./notices.svelte";
import type { People } from "./people.svelte";
import type { Teams } from "./teams.svelte";
import { Turns } from "./turns";

type Says = Notice["text"];

export interface ActionLinks {
  mayResolve: (number: number, category?: ID) => boolean;
  /** Sends what rests in a conversation: a reply that came after the closing would open it again. */
  letGo: (number: number) => Promise<void>;
  /** Told that a conversation is to stay unread, though somebody may be looking at it. */
  keepUnread: (number: number) => void;
}

/** What an agent does to a conversation: shown at once, told to the server, and undone from a notice. */
export class Actions {
  readonly #api: Api;
  readonly #conversations: Conversations;
  readonly #people: People;
  readonly #teams: Teams;
  readonly #notices: Notices;
  readonly #links: ActionLinks;
  /** What is done to a conversation comes to the server in the order in which it was done. */
  readonly #turns = new Map<number, Turns>();

  constructor(
    api: Api,
    conversations: Conversations,
    people: People,
    teams: Teams,
    notices: Notices,
    links: ActionLinks,
  ) {
    this.#api = api;
    this.#conversations = conversations;
    this.#people = people;
    this.#teams = teams;
    this.#notices = notices;
    this.#links = links;
  }

  /**
   * Resolves it, as something where that is said. False when it was not: a reply stands
   * unsent and its writer is asked, or it failed.
   */
  async resolve(number: number, category?: ID): Promise<boolean> {
    await this.#links.letGo(number);
    if (!this.#links.mayResolve(number, category)) return false;
    const n = String(number);
    const hope: Partial<Conversation> = { state: "resolved", waiting_since: null };
    return this.#undoably(
      number,
      () => this.#do(number, hope, () => this.#api.resolve(number, category)),
      (t) => t("toast.resolved", { n }),
      () => this.#say(number, "reopen", open),
    );
  }

  async reopen(number: number): Promise<void> {
    const n = String(number);
    await this.#undoably(
      number,
      () => this.#say(number, "reopen", open),
      (t) => t("toast.reopened", { n }),
      (before) => this.#say(number, before?.archived ? "archive" : "resolve", {}),
    );
  }

  async archive(number: number): Promise<void> {
    await this.#links.letGo(number);
    const n = String(number);
    await this.#undoably(
      number,
      () => this.#say(number, "archive", { state: "resolved", archived: true }),
      (t) => t("toast.archived", { n }),
      // An open one was resolved on the way: reopening undoes both.
      (before) => this.#say(number, before?.state === "open" ? "reopen" : "unarchive", {}),
    );
  }

  async unarchive(number: number): Promise<void> {
    const n = String(number);
    await this.#undoably(
      number,
      () => this.#say(number, "unarchive", { archived: false }),
      (t) => t("toast.unarchived", { n }),
      () => this.#say(number, "archive", {}),
    );
  }

  /** Gives the lead to an agent, or to nobody. */
  async assign(number: number, agent: ID | null): Promise<void> {
    const name = this.#people.agent(agent)?.name ?? "";
    await this.#undoably(
      number,
      () => this.#lead(number, agent),
      (t) => (agent ? t("toast.assigned", { agent: name }) : t("toast.unassigned")),
      (before) => this.#lead(number, leaderOf(before)),
    );
  }

  /** Gives it to a team, for which it then waits; or takes it out of its team, whoever leads it. */
  async assignTeam(number: number, team: ID | null): Promise<void> {
    const name = this.#teams.nameOf(team) ?? "";
    const says: Says = (t) => (team ? t("toast.teamAssigned", { team: name }) : t("toast.teamUnassigned"));
    // Giving it back takes the lead away, so whoever had it gets it last.
    const undo = async (before: Conversation | undefined) => {
      const led = leaderOf(before);
      const isBack = await this.#team(number, before?.team_id ?? null);
      if (isBack && led) return this.#lead(number, led);
      if (isBack && before?.state === "resolved")
        return this.#say(number, before.archived ? "archive" : "resolve", {});
      return isBack;
    };
    await this.#undoably(number, () => this.#team(number, team), says, undo);
  }

  /** Gives it these tags and no others. */
  async tag(number: number, tags: string[]): Promise<boolean> {
    return this.#do(number, { tags }, () => this.#api.tag(number, tags));
  }

  /** Says that the team has read it. Quiet: failing leaves it unread, which is true. */
  async read(number: number): Promise<void> {
    try {
      this.#conversations.put(await this.#api.say(number, "read"));
    } catch {
      // It stays unread and is tried again with the next look.
    }
  }

  async unread(number: number): Promise<void> {
    this.#links.keepUnread(number);
    await this.#say(number, "unread", {});
  }

  #lead(number: number, agent: ID | null): Promise<boolean> {
    const hope: Partial<Conversation> = agent
      ? { ...open, lead: "agent", agent_id: agent }
      : { lead: "nobody", agent_id: null };
    return this.#do(number, hope, () =>
      agent ? this.#api.assign(number, agent) : this.#api.say(number, "unassign"),
    );
  }

  #team(number: number, team: ID | null): Promise<boolean> {
    const hope: Partial<Conversation> = team
      ? { ...open, lead: "nobody", agent_id: null, team_id: team }
      : { team_id: null };
    return this.#do(number, hope, () => this.#api.assignTeam(number, team));
  }

  #say(number: number, verb: Verb, hope: Partial<Conversation>): Promise<boolean> {
    return this.#do(number, hope, () => this.#api.say(number, verb));
  }

  async #do(
    number: number,
    hope: Partial<Conversation>,
    call: () => Promise<Conversation>,
  ): Promise<boolean> {
    const settle = this.#conversations.hope(number, hope);
    const rest = this.#conversations.act([number]);
    try {
      await this.#turnsOf(number).take(async () => this.#conversations.put(await call()));
      return true;
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.code !== "unauthorized")
        this.#notices.fault((t) => t("action.failed", { why: faultWords(t, error.code) }));
      return false;
    } finally {
      settle();
      rest();
    }
  }

  #turnsOf(number: number): Turns {
    const turns = this.#turns.get(number) ?? new Turns();
    this.#turns.set(number, turns);
    return turns;
  }

  /**
   * Does something and tells it; undoing it is told what was before it, which is what the
   * calls in turn before it have left. False where it failed, which is told by then.
   */
  async #undoably(
    number: number,
    act: () => Promise<boolean>,
    text: Says,
    undo: (before: Conversation | undefined) => Promise<boolean>,
  ): Promise<boolean> {
    const end = this.#notices.begin();
    const before = this.#turnsOf(number).take(() => Promise.resolve(this.#conversations.known(number)));
    const isDone = await act();
    const known = await before;
    end(isDone ? { text, undo: () => void undo(known) } : undefined);
    return isDone;
  }
}

/** Who leads a conversation that is open. */
function leaderOf(conversation: Conversation | undefined): ID | null {
  const isLed = conversation?.lead === "agent" && conversation.state === "open";
  return isLed ? conversation.agent_id : null;
}

const open: Partial<Conversation> = { state: "open", archived: false };
