/**
 * The shapes that the server speaks, by the desk's words. Everything else imports
 * them from here, so where they come from is this file's matter alone.
 */

export type ID = string;

/** RFC 3339, UTC, milliseconds. */
export type Moment = string;

export type View = "inbox" | "unassigned" | "assigned" | "resolved" | "unresolved" | "jetbot" | "archive";
export type Sort = "newest" | "oldest" | "waiting";
export type Role = "owner" | "admin" | "agent" | "reporter";
export type PresenceState = "online" | "away" | "offline";

export interface Conversation {
  number: number;
  rev: number;
  customer: CustomerRef;
  channel: string;
  state: "open" | "resolved";
  archived: boolean;
  lead: "nobody" | "bot" | "agent";
  agent_id: ID | null;
  views: View[];
  tags: string[];
  last_seq: number;
  unread: number;
  opened_at: Moment;
  active_at: Moment;
  waiting_since: Moment | null;
  last: Preview | null;
}

export interface CustomerRef {
  id: ID;
  rev: number;
  name: string;
  email: string;
  blocked: boolean;
}

export interface Preview {
  kind: "customer" | "agent" | "bot" | "note";
  author_id: ID | null;
  text: string;
  files: number;
  at: Moment;
}

export interface Message {
  number: number;
  seq: number;
  kind: "customer" | "agent" | "bot" | "note" | "event";
  author: Actor;
  client_id: ID | null;
  text: string;
  at: Moment;
  attachments: Attachment[];
  event: EventLine | null;
}

export interface Actor {
  kind: "system" | "customer" | "agent" | "bot";
  id: ID | null;
}

export interface EventLine {
  type: string;
  from: ID | null;
  to: ID | null;
}

export interface Attachment {
  id: ID;
  name: string;
  size: number;
  type: string;
  width: number;
  height: number;
  inline: boolean;
}

export interface Customer {
  id: ID;
  rev: number;
  external_id: string;
  name: string;
  email: string;
  phone: string;
  language: string;
  attributes: Record<string, string>;
  tags: string[];
  blocked: Block | null;
  notes: number;
  created_at: Moment;
}

export interface Block {
  by: ID | null;
  at: Moment;
  reason: string;
}

export interface CustomerNote {
  seq: number;
  author_id: ID | null;
  text: string;
  at: Moment;
}

export interface Agent {
  id: ID;
  rev: number;
  name: string;
  email: string;
  role: Role;
  active: boolean;
  language: string;
}

export interface Reply {
  id: ID;
  rev: number;
  mine: boolean;
  title: string;
  shortcut: string;
  category: string;
  language: string;
  text: string;
  enabled: boolean;
  uses: number;
  used_at: Moment | null;
  updated_at: Moment;
}

/** What may be set of a saved reply; what is left out stays. */
export interface ReplyChange {
  title?: string;
  shortcut?: string;
  category?: string;
  language?: string;
  text?: string;
  enabled?: boolean;
  mine?: boolean;
}

export interface NewAgent {
  name: string;
  email: string;
  role: Role;
  password: string;
  language: string;
}

export interface AgentChange {
  name?: string;
  email?: string;
  role?: Role;
  active?: boolean;
  password?: string;
}

export interface TeamChange {
  name?: string;
  bot_name?: string;
  bot_on?: boolean;
  language?: "tr" | "en";
}

export interface Team {
  rev: number;
  name: string;
  bot_name: string;
  bot_on: boolean;
  language: "tr" | "en";
}

export interface Counts {
  rev: number;
  counts: Record<View, number>;
}

/** Who is signed in. */
export interface Me {
  agent: Agent;
  team: Team;
  recent_emoji: string[];
  /** The page's own settings, as the page last gave them. */
  preferences: Record<string, unknown>;
}

/** A tag in use. */
export interface Tag {
  tag: string;
  /** How many conversations have it; 1000 stands for that and more. */
  count: number;
}

/** What may be changed of a customer; what is absent stays, null takes an attribute away. */
export interface CustomerChange {
  name?: string;
  email?: string;
  phone?: string;
  attributes?: Record<string, string | null>;
  tags?: string[];
}

/** What a change of many did: those that changed, and those that were left as they were. */
export interface BulkResult {
  conversations: Conversation[];
  refused: { number: number; code: string; detail: string }[];
}

export interface ConversationPage {
  conversations: Conversation[];
  /** Where the next page starts; empty at the end. */
  next: string;
}

export interface Opened {
  conversation: Conversation;
  /** The newest ones, ascending. */
  messages: Message[];
  /** Whether older ones exist. */
  before: boolean;
  /** The journal's position that this is true of. */
  sequence: number;
}

export interface MessagePage {
  messages: Message[];
  before: boolean;
  after: boolean;
}

export interface Posted {
  conversation: Conversation;
  message: Message;
}

export interface Draft {
  client_id: ID;
  text: string;
  note?: boolean;
  attachments?: ID[];
  /** The newest message that the sender saw; leave it out to send in spite of another reply. */
  seen_seq?: number;
}

export interface Snippet {
  seq: number;
  kind: Message["kind"];
  author: Actor;
  at: Moment;
  text: string;
  /** Half-open, in UTF-16 units. */
  ranges: [number, number][];
}

export interface Hit {
  conversation: Conversation;
  hits: number;
  snippets: Snippet[];
  fields?: { name: string; text: string; ranges: [number, number][] }[];
}

export interface SearchPage {
  /** Set when the query is a conversation's number. */
  number?: { number: number; found: boolean } | null;
  hits: Hit[];
  next: string;
  total: number;
  total_exact: boolean;
  terms: string[];
  state: "ready" | "building";
  progress?: number;
}

export interface Roster {
  agents: Agent[];
  presence: Record<ID, PresenceState>;
  /** How many open conversations each agent leads. */
  open: Record<ID, number>;
}

export interface Upload {
  attachment: Attachment;
  /** Bytes; every part but the last has this size. */
  part_size: number;
  parts: number;
  /** The parts that the server already has, from 1. */
  have: number[];
}
