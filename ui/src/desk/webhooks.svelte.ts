import { toApiError } from "$api/error";
import type { SettingsApi } from "$api/settings";
import type { ID, Webhook, WebhookChange, WebhookDelivery } from "$api/types";

/** The webhooks, what each was sent last, and what can be done with them. */
export class Webhooks {
  #all = $state.raw<readonly Webhook[] | undefined>();
  #deliveries = $state.raw<readonly WebhookDelivery[] | undefined>();
  #shown: ID | undefined;
  #fault = $state("");
  readonly #settings: SettingsApi;

  constructor(settings: SettingsApi) {
    this.#settings = settings;
  }

  /** undefined until they are known. */
  get all(): readonly Webhook[] | undefined {
    return this.#all;
  }

  /** What the webhook that is shown was sent last, newest first; undefined until it is known. */
  get deliveries(): readonly WebhookDelivery[] | undefined {
    return this.#deliveries;
  }

  /** The code of what went wrong while loading; empty when all is well. */
  get fault(): string {
    return this.#fault;
  }

  /** Loads the list, and what the webhook that is shown was sent. */
  async load(shown: ID | undefined = this.#shown): Promise<void> {
    if (shown !== this.#shown) this.#deliveries = undefined;
    this.#shown = shown;
    try {
      const [all, deliveries] = await Promise.all([
        this.#settings.webhooks(),
        shown === undefined ? undefined : this.#deliveriesOf(shown),
      ]);
      if (shown !== this.#shown) return;
      this.#all = all;
      this.#deliveries = deliveries;
      this.#fault = "";
    } catch (thrown) {
      this.#fault = toApiError(thrown).code;
    }
  }

  /** Makes one, and gives its secret. */
  async create(webhook: WebhookChange): Promise<{ id: ID; secret: string }> {
    const made = await this.#settings.createWebhook(webhook);
    await this.load();
    return { id: made.webhook.id, secret: made.secret };
  }

  async change(id: ID, change: WebhookChange): Promise<void> {
    await this.#settings.changeWebhook(id, change);
    await this.load();
  }

  async delete(id: ID): Promise<void> {
    await this.#settings.deleteWebhook(id);
    await this.load();
  }

  /** Gives it another secret. */
  async reseal(id: ID): Promise<string> {
    const secret = await this.#settings.webhookSecret(id);
    await this.load();
    return secret;
  }

  /** Sends a test, and gives what came of it. */
  async test(id: ID): Promise<WebhookDelivery> {
    const sent = await this.#settings.testWebhook(id);
    await this.load();
    return sent;
  }

  /** Sends a delivery once more, and gives what came of it. */
  async resend(id: ID, seq: number): Promise<WebhookDelivery> {
    const sent = await this.#settings.resendDelivery(id, seq);
    await this.load();
    return sent;
  }

  /** None where the webhook is gone, which the list says. */
  async #deliveriesOf(id: ID): Promise<WebhookDelivery[]> {
    try {
      return await this.#settings.deliveries(id);
    } catch (thrown) {
      if (toApiError(thrown).code === "not_found" || toApiError(thrown).code === "invalid") return [];
      throw thrown;
    }
  }
}
