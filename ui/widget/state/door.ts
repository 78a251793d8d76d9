import type { Door } from "$live/live";
import type { Entry } from "$live/frames";
import type { Conversation, Handle, Message, Teammate, Visitor } from "../api";

/** An entry of the journal, as far as it is this visitor's. */
export type Change = Entry &
  (
    | { type: "message"; conversation: Conversation; message: Message }
    | { type: "conversation"; conversation: Conversation }
    | { type: "visitor"; visitor: Visitor }
  );

/** What is shown of the team at a moment. */
export interface Team {
  agents: readonly Teammate[];
  open: boolean;
  /** Within how many minutes it usually answers; undefined where nothing is promised. */
  wait?: number | undefined;
}

/** What goes past without being kept. */
export type Passing =
  { type: "typing"; handle: Handle; name: string; bot: boolean } | ({ type: "team" } & Team);

/** What a visitor's page tells the server. */
export type Say = { type: "typing"; handle: Handle } | { type: "viewing"; open: boolean };

/** Visitors come in by their first words: an address may not hold a token. */
export const visitorsDoor = (token: () => string | undefined): Door => ({
  address: () => new URL("/api/widget/v1/socket", location.href),
  knock: (position) => ({
    type: "auth",
    token: token(),
    ...(position && { since: position.sequence, epoch: position.epoch }),
  }),
});
