import type { Api } from "$api/api";
import type { Agent, AgentChange, ID, NewAgent } from "$api/types";
import type { People } from "./people.svelte";

/** Who belongs to the team: what an administrator may change. Every failure is an ApiError. */
export class Team {
  readonly #api: Pick<Api, "createAgent" | "changeAgent" | "removePhoto">;
  readonly #people: People;

  constructor(api: Pick<Api, "createAgent" | "changeAgent" | "removePhoto">, people: People) {
    this.#api = api;
    this.#people = people;
  }

  async create(agent: NewAgent): Promise<Agent> {
    const created = await this.#api.createAgent(agent);
    this.#people.putAgent(created);
    return created;
  }

  async change(id: ID, change: AgentChange): Promise<Agent> {
    const changed = await this.#api.changeAgent(id, change);
    this.#people.putAgent(changed);
    return changed;
  }

  async removePhoto(id: ID): Promise<void> {
    this.#people.putAgent(await this.#api.removePhoto(id));
  }
}
