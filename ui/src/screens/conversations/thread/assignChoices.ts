import type { Agent, AgentTeam, Conversation, ID, PresenceState } from "$api/types";
import { fold } from "$text/fold";
import type { Words } from "$words/words.svelte";

/** Whom or what the conversation can be given to, or taken from. */
export type Choice = { id: string; testid: string } & (
  | { type: "agent"; agent: Agent; isMe: boolean }
  | { type: "team"; team: AgentTeam }
  | { type: "nobody" | "noTeam" }
);

export interface ChoiceGroup {
  /** Empty for what stands under no heading. */
  heading: string;
  choices: Choice[];
}

/** What there is to choose from. */
export interface Ground {
  conversation: Conversation;
  me: ID | undefined;
  agents: readonly Agent[];
  teams: readonly AgentTeam[];
  presence: (agent: ID) => PresenceState;
  load: (agent: ID) => number;
  isIn: (team: AgentTeam) => boolean;
}

const rank: Record<PresenceState, number> = { online: 0, away: 1, offline: 2 };

/**
 * Oneself first, then who is about, the one with the least to do first; then the teams, and
 * what takes the conversation away from them. Headings stand where there are teams.
 */
export function choicesFor(query: string, ground: Ground, { t, language }: Words): ChoiceGroup[] {
  const { conversation, me, presence, load } = ground;
  const wanted = fold(query.trim());
  const fits = (...texts: string[]) => fold(texts.join(" ")).includes(wanted);
  const order = (a: Agent, b: Agent) =>
    Number(b.id === me) - Number(a.id === me) ||
    rank[presence(a.id)] - rank[presence(b.id)] ||
    load(a.id) - load(b.id) ||
    a.name.localeCompare(b.name, language);
  const agents = ground.agents
    .filter((agent) => (agent.id === me ? fits(agent.name, t("assign.me")) : fits(agent.name, agent.email)))
    .sort(order)
    .map((agent): Choice => {
      const testid = agent.id === me ? "assign-me" : `assign-opt-${agent.id}`;
      return { type: "agent", id: agent.id, testid, agent, isMe: agent.id === me };
    });
  const teams = ground.teams
    .filter(({ name }) => fits(name))
    .sort((a, b) => a.name.localeCompare(b.name, language))
    .map((team): Choice => ({ type: "team", id: team.id, testid: `assign-team-${team.id}`, team }));
  const isLed = conversation.state === "open" && conversation.lead !== "nobody";
  const ends: Choice[] = [
    ...(isLed && fits(t("assign.none"))
      ? [{ type: "nobody", id: "none", testid: "assign-none" } as const]
      : []),
    ...(ground.teams.some((team) => ground.isIn(team)) && fits(t("assign.noTeam"))
      ? [{ type: "noTeam", id: "no-team", testid: "assign-no-team" } as const]
      : []),
  ];
  const heading = (text: string) => (ground.teams.length > 0 ? text : "");
  return [
    { heading: heading(t("assign.agents")), choices: agents },
    { heading: heading(t("assign.teams")), choices: teams },
    { heading: "", choices: ends },
  ].filter(({ choices }) => choices.length > 0);
}
