import type { Api } from "$api/api";
import type { AgentTeam, AgentTeamChange, ID } from "$api/types";

type Asked = Pick<Api, "teams" | "createTeam" | "changeAgentTeam" | "deleteTeam">;

/** The teams of agents, to whom conversations are assigned together. */
export class Teams {
  #teams = $state.raw<ReadonlyMap<ID, AgentTeam>>(new Map());
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
    const teams = await this.#api.teams();
    this.#teams = new Map(teams.map((team) => [team.id, team]));
  }

  put(team: AgentTeam): void {
    const known = this.#teams.get(team.id);
    if (known && known.rev >= team.rev) return;
    this.#teams = new Map(this.#teams).set(team.id, team);
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
