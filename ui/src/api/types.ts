/**
 * The shapes that the server speaks, by the desk's words. They come from the server's
 * own description (schema.d.ts, written by `npm run api`); what that can't say (which
 * texts are a view's name, that a range is a pair) is said here.
 */
import type { components } from "./schema";

type Schemas = components["schemas"];

/** The same shape with some members said more exactly. */
type Exactly<T, Members> = Omit<T, keyof Members> & Members;

export type ID = string;

/** RFC 3339, UTC, milliseconds. */
export type Moment = string;

export type View = "inbox" | "unassigned" | "assigned" | "resolved" | "unresolved" | "jetbot" | "archive";
export type Sort = "newest" | "oldest" | "waiting";
export type Role = Agent["role"];
export type PresenceState = "online" | "away" | "offline";

/** A half-open range in UTF-16 units. */
export type Range = [number, number];

export type Conversation = Exactly<Schemas["Conversation"], { views: View[] }>;
export type CustomerRef = Schemas["CustomerRef"];
export type Preview = Schemas["Preview"];
export type Message = Schemas["Message"];
export type Actor = Schemas["Actor"];
export type EventLine = Schemas["EventLine"];
export type Source = Schemas["Source"];
export type LinkCard = Schemas["LinkCard"];
export type Rating = Schemas["Rating"];
export type Attachment = Schemas["Attachment"];
export type Customer = Schemas["Customer"];
export type Block = Schemas["Block"];
export type Deed = Schemas["Deed"];
export type CustomerNote = Schemas["CustomerNote"];
export type Agent = Schemas["Agent"];
/** A team: some of the agents. Team, without more, is what is set for everyone. */
export type AgentTeam = Schemas["AgentTeam"];
export type AgentTeamChange = Schemas["AgentTeamBody"];
export type Reply = Schemas["Reply"];
/** What an agent answered before to a question like this one. */
export type PastAnswer = Schemas["Suggestion"];
export type Team = Schemas["Team"];
export type Tag = Schemas["Tag"];
/** The tags in use, and those that are being renamed or deleted. */
export type TagList = Schemas["TagList"];
export type Counts = Exactly<Schemas["Counts"], { counts: Record<View, number> }>;

/** One line of the audit log. */
export type AuditEntry = Schemas["AuditEntry"];
export type AuditKind = AuditEntry["kind"];
export type AuditPage = Schemas["AuditPage"];

/** What there is to know of backups. */
export type Backups = Schemas["Backups"];
export type Backup = Schemas["Backup"];
export type BackupOutcome = Schemas["BackupOutcome"];
export type BackupPlan = Schemas["BackupPlan"];

/** How one's two-step verification stands. */
export type SecondFactor = Schemas["SecondFactor"];
export type SecondFactorWithCodes = Schemas["FactorWithCodes"];
export type FactorOffer = Schemas["FactorOffer"];
/** Who of the team has two-step verification. */
export type Factors = Schemas["FactorHolders"];

/** Which Parley this is. */
export type About = Schemas["About"];
/** Who is signed in. */
export type Me = Schemas["Me"];

export type ConversationPage = Exactly<Schemas["ConversationPage"], { conversations: Conversation[] }>;
export type Opened = Exactly<Schemas["Thread"], { conversation: Conversation }>;
export type MessagePage = Schemas["MessagePage"];
export type Posted = Exactly<Schemas["Posted"], { conversation: Conversation }>;
/** What a change of many did: those that changed, and those that were left as they were. */
export type BulkResult = Exactly<Schemas["BulkResult"], { conversations: Conversation[] }>;
export type Roster = Exactly<Schemas["Roster"], { presence: Record<ID, PresenceState> }>;
export type Upload = Schemas["Uploading"];

/** A message on its way in. */
export type Draft = Schemas["PostInputBody"];
/** A text that was begun and not sent, as the server keeps it. */
export type BegunDraft = Schemas["Draft"];
/** A conversation that an agent starts. */
export type NewConversation = Schemas["BeginInputBody"];
export type ReplyChange = Schemas["ReplyBody"];
export type NewAgent = Schemas["CreateAgentInputBody"];
export type AgentChange = Schemas["ChangeAgentInputBody"];
export type TeamChange = Schemas["ChangeTeamInputBody"];
export type CustomerChange = Schemas["CustomerBody"];

export type Snippet = Exactly<Schemas["FoundSnippet"], { ranges: Range[] }>;
export type Hit = Exactly<
  Schemas["FoundHit"],
  {
    conversation: Conversation;
    snippets: Snippet[];
    fields: Exactly<Schemas["FoundField"], { ranges: Range[] }>[];
  }
>;
export type SearchPage = Exactly<Schemas["Found"], { hits: Hit[] }>;

export type Hours = Schemas["Hours"];
export type Span = Schemas["Span"];
export type Holiday = Schemas["Holiday"];
/** How the bot speaks; the same is read and, with a new key, written. */
export type BotChange = Schemas["BotBody"];
export type Resolver = Exactly<Schemas["Resolver"], { anew_days: number }>;
export type Category = Schemas["Category"];
export type CategoryChange = Schemas["CategoryBody"];
export type Knowledge = Schemas["Knowledge"];
export type KnowledgeChange = Schemas["KnowledgeBody"];
export type KnowledgePage = Schemas["KnowledgePage"];
export type KnowledgeFile = Schemas["KnowledgeFile"];
export type KnowledgeImport = Schemas["KnowledgeImport"];
export type KnowledgeTrial = Schemas["Tried"];
export type Rule = Schemas["Rule"];
export type RuleChange = Schemas["RuleBody"];
/** A browser in which one is signed in. */
export type SignedIn = Schemas["SignedIn"];
export type ChannelToken = Schemas["ChannelToken"];
export type Webhook = Schemas["Webhook"];
export type WebhookChange = Schemas["WebhookBody"];
export type WebhookDelivery = Schemas["WebhookDelivery"];
export type WebhookOutcome = Schemas["WebhookOutcome"];

/** A website that carries the widget, as its administrators see it. */
export type Site = Schemas["Site"];
export type SiteChange = Schemas["SiteBody"];

/** The messages of one conversation in which a query was found. */
export type ThreadHits = Exactly<
  Schemas["ThreadHits"],
  { hits: Exactly<Schemas["ThreadHit"], { ranges: Range[] }>[] }
>;
