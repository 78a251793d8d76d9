import type { Client, Method } from "./client";
import { Uploads } from "./uploads";
import type {
  BackupPlan,
  Backups,
  AuditKind,
  AuditPage,
  BotChange,
  Category,
  CategoryChange,
  ChannelToken,
  Hours,
  ID,
  Knowledge,
  KnowledgeChange,
  KnowledgeFile,
  KnowledgeImport,
  KnowledgePage,
  KnowledgeTrial,
  Moment,
  Resolver,
  Rule,
  RuleChange,
  SignedIn,
  Site,
  SiteChange,
  TagList,
  Webhook,
  WebhookChange,
  WebhookDelivery,
} from "./types";

/** What the audit log is narrowed to; what is absent lets everything through. */
export interface AuditFilter {
  kind?: AuditKind | undefined;
  agent?: ID | undefined;
  since?: Moment | undefined;
  /** Before this moment. */
  until?: Moment | undefined;
}

/** What a team sets: its website's widget, the bot, its hours. Every failure is an ApiError. */
export class SettingsApi {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Uploads a picture, to be named in what is set. */
  upload = (id: ID, file: File) =>
    new Uploads(this.#client).upload(id, file, () => undefined, new AbortController().signal);

  hours = () => this.#get<Hours>("/settings/hours");
  setHours = (hours: Hours) => this.#send<Hours>("PUT", "/settings/hours", hours);
  bot = () => this.#get<BotChange>("/settings/bot");
  setBot = (bot: BotChange) => this.#send<BotChange>("PUT", "/settings/bot", bot);
  resolver = () => this.#get<Resolver>("/settings/resolver");
  setResolver = (resolver: Resolver) => this.#send<Resolver>("PUT", "/settings/resolver", resolver);

  categories = async () => (await this.#get<{ categories: Category[] }>("/categories")).categories;
  createCategory = (category: CategoryChange) =>
    this.#send<{ category: Category }>("POST", "/categories", category);
  changeCategory = (id: ID, change: CategoryChange) =>
    this.#send<{ category: Category }>("PATCH", `/categories/${id}`, change);
  deleteCategory = (id: ID) => this.#send<undefined>("DELETE", `/categories/${id}`);

  /** A page of the knowledge list; what is empty narrows nothing. */
  knowledge = (
    query: { q: string; language: string; state: string; cursor: string },
    signal?: AbortSignal,
  ) => {
    const given = Object.entries(query).filter(([, value]) => value !== "");
    return this.#get<KnowledgePage>("/knowledge", Object.fromEntries(given), signal);
  };
  knowledgeEntry = async (id: ID) => (await this.#get<{ entry: Knowledge }>(`/knowledge/${id}`)).entry;
  createKnowledge = async (entry: KnowledgeChange) =>
    (await this.#send<{ entry: Knowledge }>("POST", "/knowledge", entry)).entry;
  changeKnowledge = async (id: ID, change: KnowledgeChange) =>
    (await this.#send<{ entry: Knowledge }>("PATCH", `/knowledge/${id}`, change)).entry;
  deleteKnowledge = (id: ID) => this.#send<undefined>("DELETE", `/knowledge/${id}`);
  tryKnowledge = (text: string, language: string) =>
    this.#send<KnowledgeTrial>("POST", "/knowledge/try", { text, language });
  exportKnowledge = () => this.#get<KnowledgeFile>("/knowledge/export");
  importKnowledge = (file: KnowledgeFile) => this.#send<KnowledgeImport>("POST", "/knowledge/import", file);

  rules = async () => (await this.#get<{ rules: Rule[] }>("/rules")).rules;
  createRule = async (rule: RuleChange) => (await this.#send<{ rule: Rule }>("POST", "/rules", rule)).rule;
  changeRule = async (id: ID, change: RuleChange) =>
    (await this.#send<{ rule: Rule }>("PATCH", `/rules/${id}`, change)).rule;
  deleteRule = (id: ID) => this.#send<undefined>("DELETE", `/rules/${id}`);

  sites = async () => (await this.#get<{ sites: Site[] }>("/sites")).sites;
  createSite = async (site: SiteChange) => (await this.#send<{ site: Site }>("POST", "/sites", site)).site;
  changeSite = async (id: ID, change: SiteChange) =>
    (await this.#send<{ site: Site }>("PATCH", `/sites/${id}`, change)).site;
  deleteSite = (id: ID) => this.#send<undefined>("DELETE", `/sites/${id}`);
  siteSecret = async (id: ID) => (await this.#send<{ secret: string }>("POST", `/sites/${id}/secret`)).secret;

  sessions = async () => (await this.#get<{ sessions: SignedIn[] }>("/me/sessions")).sessions;
  endSession = (id: ID) => this.#send<undefined>("DELETE", `/me/sessions/${id}`);
  endSessionsOf = (agent: ID) => this.#send<undefined>("DELETE", `/agents/${agent}/sessions`);
  endOtherSessions = () => this.#send<undefined>("DELETE", "/me/sessions");

  tokens = async () => (await this.#get<{ tokens: ChannelToken[] }>("/channel-tokens")).tokens;
  createToken = (name: string) =>
    this.#send<{ channel_token: ChannelToken; token: string }>("POST", "/channel-tokens", { name });
  deleteToken = (id: ID) => this.#send<undefined>("DELETE", `/channel-tokens/${id}`);

  webhooks = async () => (await this.#get<{ webhooks: Webhook[] }>("/webhooks")).webhooks;
  createWebhook = (webhook: WebhookChange) =>
    this.#send<{ webhook: Webhook; secret: string }>("POST", "/webhooks", webhook);
  changeWebhook = async (id: ID, change: WebhookChange) =>
    (await this.#send<{ webhook: Webhook }>("PATCH", `/webhooks/${id}`, change)).webhook;
  deleteWebhook = (id: ID) => this.#send<undefined>("DELETE", `/webhooks/${id}`);
  webhookSecret = async (id: ID) =>
    (await this.#send<{ secret: string }>("POST", `/webhooks/${id}/secret`)).secret;
  testWebhook = async (id: ID) =>
    (await this.#send<{ delivery: WebhookDelivery }>("POST", `/webhooks/${id}/test`)).delivery;
  deliveries = async (id: ID) =>
    (await this.#get<{ deliveries: WebhookDelivery[] }>(`/webhooks/${id}/deliveries`)).deliveries;
  resendDelivery = async (id: ID, seq: number) =>
    (await this.#send<{ delivery: WebhookDelivery }>("POST", `/webhooks/${id}/deliveries/${seq}/resend`))
      .delivery;

  audit = (filter: AuditFilter, cursor: string, signal?: AbortSignal) =>
    this.#get<AuditPage>("/audit", { ...filter, cursor: cursor || undefined }, signal);
  exportAudit = (filter: AuditFilter) => this.#client.file("/audit/export", filter);

  backups = () => this.#get<Backups>("/backups");
  makeBackup = () => this.#send<Backups>("POST", "/backups");
  setBackupPlan = (plan: BackupPlan) => this.#send<BackupPlan>("PUT", "/backups/plan", plan);
  deleteBackup = (name: string) => this.#send<undefined>("DELETE", `/backups/${name}`);
  /** Where a backup can be fetched, once, within a minute. */
  backupAddress = async (name: string) =>
    (await this.#send<{ url: string }>("POST", `/backups/${name}/ticket`)).url;

  tags = () => this.#get<TagList>("/tags");
  renameTag = (from: string, to: string) => this.#send<unknown>("POST", "/tags/rename", { from, to });
  deleteTag = (tag: string) => this.#send<unknown>("POST", "/tags/delete", { tag });

  #get<T>(path: string, query?: object, signal?: AbortSignal): Promise<T> {
    return this.#client.call<T>("GET", path, { query: { ...query }, signal });
  }

  #send<T>(method: Method, path: string, body?: unknown): Promise<T> {
    return this.#client.call<T>(method, path, { body });
  }
}
