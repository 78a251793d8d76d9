import type { AuditEntry } from "$api/types";
import type { AdminKey } from "$words/admin/en";
import type { AdminWords } from "./words";

/** Says a key without places. */
export type Say = (key: AdminKey) => string;

/** What can happen, after the type of the event; what was made has a word of its own. */
const happenings = [
  "audit.agent.signed_in",
  "audit.agent.signed_out",
  "audit.agent.session_ended",
  "audit.agent.sign_in_failed",
  "audit.agent.wrong_code",
  "audit.agent.created",
  "audit.agent.updated",
  "audit.agent.password_set",
  "audit.agent.second_factor_on",
  "audit.agent.second_factor_off",
  "audit.agent.second_factor_reset",
  "audit.agent.recovery_codes_made",
  "audit.agent.recovery_code_used",
  "audit.team.second_factor_required",
  "audit.team.second_factor_optional",
  "audit.agent_team.created",
  "audit.agent_team.saved",
  "audit.agent_team.deleted",
  "audit.team.updated",
  "audit.hours.updated",
  "audit.bot.updated",
  "audit.resolver.updated",
  "audit.category.created",
  "audit.category.saved",
  "audit.category.deleted",
  "audit.rule.created",
  "audit.rule.saved",
  "audit.rule.deleted",
  "audit.site.created",
  "audit.site.saved",
  "audit.site.deleted",
  "audit.channel_token.created",
  "audit.channel_token.saved",
  "audit.channel_token.deleted",
  "audit.webhook.created",
  "audit.webhook.saved",
  "audit.webhook.deleted",
  "audit.knowledge.imported",
  "audit.samples.added",
  "audit.samples.removed",
  "audit.audit.exported",
  "audit.tag.renamed",
  "audit.tag.deleted",
  "audit.backup.planned",
  "audit.backup.made",
  "audit.backup.failed",
  "audit.backup.downloaded",
  "audit.backup.deleted",
  "audit.conversation.removed",
  "audit.customer.blocked",
  "audit.customer.unblocked",
  "audit.customer.removed",
] as const satisfies readonly AdminKey[];

/** What can be changed, after the name of the field. */
const fields = [
  "field.name",
  "field.email",
  "field.role",
  "field.language",
  "field.photo",
  "field.members",
  "field.disabled",
  "field.enabled",
  "field.bot_name",
  "field.bot_on",
  "field.cards",
  "field.origins",
  "field.bot",
  "field.look",
  "field.texts",
  "field.fields",
  "field.consent",
  "field.rating",
  "field.files",
  "field.sound",
  "field.secret",
  "field.url",
  "field.events",
  "field.first_contact",
  "field.every",
  "field.hour",
  "field.weekday",
  "field.keep",
] as const satisfies readonly AdminKey[];

/** What the server has learnt to tell before this page has words for it is said as it is written. */
function worded(say: Say, keys: readonly AdminKey[], key: string, otherwise: string): string {
  const known = keys.find((each) => each === key);
  return known ? say(known) : otherwise;
}

/** What happened, in words. A sign-in that the second step stopped has its own. */
export function happening(say: Say, entry: AuditEntry): string {
  if (entry.why === "second_factor_wrong") return say("audit.agent.wrong_code");
  const type = entry.new ? entry.type.replace(/\.saved$/, ".created") : entry.type;
  return worded(say, happenings, `audit.${type}`, entry.type);
}

/** What was changed, in words: fields, and of a role what it was and is. */
export function changes(say: Say, entry: AuditEntry, roles: Readonly<Record<string, string>>): string {
  const name = (role: string) => roles[role] ?? role;
  return entry.fields
    .map((field) => {
      const word = worded(say, fields, `field.${field}`, field);
      return field === "role" ? `${word} (${name(entry.from)} → ${name(entry.to)})` : word;
    })
    .join(", ");
}

/** What was changed; of a new agent, as what; of a webhook that gave up, that it did; of a backup, what it lacks. */
export function detail(
  t: AdminWords["t"],
  entry: AuditEntry,
  roles: Readonly<Record<string, string>>,
): string {
  if (entry.type === "webhook.saved" && entry.why !== "") return t("audit.gaveUp");
  if (entry.type === "backup.made") return entry.to ? t("audit.backup.lost", { n: Number(entry.to) }) : "";
  if (entry.fields.length > 0) return t("audit.changed", { fields: changes(t, entry, roles) });
  if (entry.type === "tag.renamed") return t("audit.renamed", { name: entry.to });
  return roles[entry.to] ?? "";
}
