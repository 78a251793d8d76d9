import type {
  Agent,
  Conversation,
  Counts,
  Customer,
  ID,
  Message,
  PresenceState,
  Reply,
  Team,
} from "$api/types";

/** An entry of the journal, with the whole of what it changed. */
export type Change = { seq: number; type: string } & (
  | { conversation: Conversation; message?: Message }
  | { customer: Customer }
  | { agent: Agent }
  | { reply: Reply }
  | { id: ID }
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
  | { type: "typing"; number: number; agent_id?: ID; customer_id?: ID };

/** What the link itself needs to know. */
export type Control =
  | { type: "hello"; epoch: string; sequence: number }
  | { type: "reset"; epoch: string; sequence: number }
  | { type: "ping"; sequence?: number };

export type Frame = Change | Signal | Control;

/** What an agent's page tells the server. */
export type Say =
  | { type: "viewing"; number: number }
  | { type: "typing"; number: number }
  | { type: "presence"; state: "online" | "away" }
  | { type: "pong" };

export function isChange(frame: Frame): frame is Change {
  return "seq" in frame && typeof frame.seq === "number";
}

/** Reads a frame; what is not one gives undefined, so that a newer server does no harm. */
export function readFrame(text: string): Frame | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    const isFrame = typeof frame === "object" && frame !== null && "type" in frame;
    return isFrame && typeof frame.type === "string" ? (frame as Frame) : undefined;
  } catch {
    return undefined;
  }
}
