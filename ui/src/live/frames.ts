import type {
  Agent,
  AgentTeam,
  Conversation,
  Counts,
  Customer,
  ID,
  Message,
  PresenceState,
  Reply,
  Team,
} from "$api/types";

/** An entry of the journal, whoever is told of it. */
export interface Entry {
  seq: number;
  type: string;
}

/** An entry of the journal, with the whole of what it changed. */
export type Change = Entry &
  (
    | { conversation: Conversation; message?: Message }
    | { customer: Customer }
    | { agent: Agent }
    | { agent_team: AgentTeam }
    | { reply: Reply }
    | { id: ID }
    /** A conversation that was removed. */
    | { number: number }
    | { team: Team }
  );

/** What goes past without being kept. */
export type Signal =
  | ({ type: "views" } & Counts)
  /** Everybody who is there; it comes when the socket opens. */
  | { type: "presence"; agents: Record<ID, PresenceState> }
  /** Those who have come, gone or turned away since. */
  | { type: "presence.changed"; agents: Record<ID, PresenceState> }
  | { type: "viewing"; number: number; agents: ID[] }
  /** Every customer who has a page with the widget open; it comes when the socket opens. */
  | { type: "visitors_online"; customer_ids: ID[] }
  /** One who has come since, or gone. */
  | { type: "visitor_online"; customer_id: ID; online: boolean }
  | { type: "typing"; number: number; agent_id?: ID; customer_id?: ID };

/** What the link itself needs to know. */
export type Control =
  | { type: "hello"; epoch: string; sequence: number }
  | { type: "reset"; epoch: string; sequence: number }
  | { type: "ping"; sequence?: number };

/** What comes over a socket whose changes are C and whose passing signals are S. */
export type Frame<C = Change, S = Signal> = C | S | Control;

/** What an agent's page tells the server. */
export type Say =
  | { type: "viewing"; number: number }
  | { type: "typing"; number: number }
  | { type: "presence"; state: PresenceState }
  | { type: "pong" };

export function isChange<C extends Entry>(frame: object): frame is C {
  return "seq" in frame && typeof frame.seq === "number";
}

/** Reads a frame; what is not one gives undefined, so that a newer server does no harm. */
export function readFrame<F extends { type: string }>(text: string): F | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    const isFrame = typeof frame === "object" && frame !== null && "type" in frame;
    return isFrame && typeof frame.type === "string" ? (frame as F) : undefined;
  } catch {
    return undefined;
  }
}
