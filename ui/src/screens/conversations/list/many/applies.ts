import type { BulkCommand } from "$api/api";
import type { Conversation } from "$api/types";

type Verb = BulkCommand["verb"];

const isOpen = ({ state, archived }: Conversation) => state === "open" && !archived;

/** What a verb is for. Those that are not named are for every conversation. */
const meant: Partial<Record<Verb, (conversation: Conversation) => boolean>> = {
  resolve: isOpen,
  reopen: (conversation) => !isOpen(conversation),
  archive: ({ archived }) => !archived,
  unarchive: ({ archived }) => archived,
  read: ({ unread }) => unread > 0,
  unread: ({ unread }) => unread === 0,
};

/** Whether a verb changes anything about a conversation. */
export function appliesTo(verb: Verb, conversation: Conversation): boolean {
  return meant[verb]?.(conversation) ?? true;
}

/** Of each pair of opposites the one that is offered. */
export interface Toggles {
  closing: "resolve" | "reopen";
  archiving: "archive" | "unarchive";
  reading: "read" | "unread";
}

/** What is offered for some conversations: what any of them still needs, else what takes it back. */
export function togglesFor(conversations: readonly Conversation[]): Toggles {
  const any = (verb: Verb) =>
    conversations.length === 0 || conversations.some((each) => appliesTo(verb, each));
  return {
    closing: any("resolve") ? "resolve" : "reopen",
    archiving: any("archive") ? "archive" : "unarchive",
    reading: any("read") ? "read" : "unread",
  };
}
