import type { Api } from "$api/api";
import type { AgentTeam, AgentTeamChange, ID } from "$api/types";
import { Newest } from "./newest";

type Asked = Pick<Api, "teams" | "createTeam" | "changeAgentTeam" | "deleteTeam">;

/** The teams of agents, to whom conversations are assigned together. */
export class Teams {
  #teams = $state.raw<ReadonlyMap<ID, AgentTeam>>(new Map());
  readonly #newest = new Newest<ID>();
  readonly #api: Asked;

  constructor(api: Asked) {
    this.#api = api;
  }

  /** Those that there are; a deleted one is none. */
  readonly all = $derived([...this.#teams.values()].filter(({ active }) => active));

  /** The team that a conversation is assigned to; undefined for none and for one that was deleted. */
  of({ team_id }: { team_id: ID | null }): AgentTeam | undefined {
    const team = team_id === null ? undefined : this.#teams.get(team_id);
    return team?.active ? team : undefined;
  }

  /** What a team is called, or was called before it was deleted. */
  nameOf(id: ID | null): string | undefined {
    return id === null ? undefined : this.#teams.get(id)?.name;
  }

  /** The teams that an agent is in. */
  with(agent: ID): AgentTeam[] {
    return this.all.filter(({ members }) => members.includes(agent));
  }

  async load(): Promise<void> {
    const teams = new Map<ID, AgentTeam>();
    for (const team of await this.#api.teams()) {
      const known = this.#teams.get(team.id);
      const isNewer = !known || this.#newest.isNewer(team.id, known, team);
      teams.set(team.id, isNewer ? team : known);
    }
    // What was told while the answer was on its way is not in it.
    for (const [id, team] of this.#teams)
      if (!teams.has(id) && !this.#newest.isDoubted(id)) teams.set(id, team);
    this.#teams = teams;
  }

  put(team: AgentTeam): void {
    const known = this.#teams.get(team.id);
    if (!this.#newest.isNewer(team.id, known, team)) return;
    this.#teams = new Map(this.#teams).set(team.id, team);
  }

  /** The data may be other ones now: the next copy of each team is taken whatever its rev. */
  mistrust(): void {
    this.#newest.doubt(this.#teams.keys());
  }

  /** Forgets them, after signing out. */
  clear(): void {
    this.#teams = new Map();
    this.#newest.clear();
  }

  /** Makes a team. Every failure is an ApiError. */
  async create(change: AgentTeamChange): Promise<void> {
    this.put(await this.#api.createTeam(change));
  }

  async change(id: ID, change: AgentTeamChange): Promise<void> {
    this.put(await this.#api.changeAgentTeam(id, change));
  }

  async delete(id: ID): Promise<void> {
    await this.#api.deleteTeam(id);
    const team = this.#teams.get(id);
    if (team) this.put({ ...team, rev: team.rev + 1, active: false, members: [] });
  }
}
