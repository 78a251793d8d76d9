import type { Webhook, WebhookDelivery, WebhookOutcome } from "$api/types";
import type { ChannelKey } from "$words/channels/en";
import type { ChannelWords } from "./words";

type Say = ChannelWords["t"];
type EventKey = ChannelKey & `webhooks.event.${string}`;

/** The events that a webhook can be told, in the order in which they are offered. */
export const webhookEvents = [
  "conversation.opened",
  "conversation.assigned",
  "conversation.handed_over",
  "conversation.resolved",
  "conversation.reopened",
  "conversation.archived",
  "conversation.rated",
  "message.posted",
  "customer.created",
  "customer.updated",
] as const;

const events: Readonly<Record<string, EventKey>> = {
  "conversation.opened": "webhooks.event.conversation.opened",
  "conversation.assigned": "webhooks.event.conversation.assigned",
  "conversation.handed_over": "webhooks.event.conversation.handed_over",
  "conversation.resolved": "webhooks.event.conversation.resolved",
  "conversation.reopened": "webhooks.event.conversation.reopened",
  "conversation.archived": "webhooks.event.conversation.archived",
  "conversation.rated": "webhooks.event.conversation.rated",
  "message.posted": "webhooks.event.message.posted",
  "customer.created": "webhooks.event.customer.created",
  "customer.updated": "webhooks.event.customer.updated",
  "webhook.test": "webhooks.event.webhook.test",
} satisfies Record<(typeof webhookEvents)[number] | "webhook.test", EventKey>;

const outcomes = {
  status: "webhooks.what.status",
  redirect: "webhooks.what.redirect",
  address: "webhooks.what.address",
  timeout: "webhooks.what.timeout",
  no_answer: "webhooks.what.no_answer",
  secret: "webhooks.what.secret",
  gone: "webhooks.what.gone",
  dropped: "webhooks.what.dropped",
} as const satisfies Record<NonNullable<WebhookOutcome["code"]>, ChannelKey>;

/** How far a delivery has come: its icon and its word. */
export const deliveryStates = {
  sent: { icon: "circleCheck", word: "webhooks.state.sent" },
  waiting: { icon: "clock", word: "webhooks.state.waiting" },
  failed: { icon: "triangleAlert", word: "webhooks.state.failed" },
} as const satisfies Record<WebhookDelivery["state"], object>;

/** An event in words; one that this page has none for is said as it is written. */
export function eventWords(t: Say, type: string): string {
  const key = events[type];
  return key === undefined ? type : t(key);
}

/** What came of a try, in words. */
export function outcomeWords(t: Say, { code, status }: WebhookOutcome): string {
  return t(code === undefined ? "webhooks.what.good" : outcomes[code], { status });
}

/** How a webhook is, in words. */
export function stateWords(t: Say, webhook: Webhook, when: (moment: string) => string): string {
  const { on, last, failing_since: since } = webhook;
  const what = last ? outcomeWords(t, last) : "";
  if (!on) return last && isStopped(last.at, since) ? t("webhooks.stopped", { what }) : t("webhooks.off");
  if (!last) return t("webhooks.never");
  if (since !== undefined) return t("webhooks.failing", { when: when(since), what });
  return t("webhooks.well", { when: when(last.at), what });
}

/** Whether a webhook that is off was switched off because it had failed for so long. */
function isStopped(last: string, since: string | undefined): boolean {
  return since !== undefined && Date.parse(last) - Date.parse(since) >= 3 * 24 * 3_600_000;
}
