import type { Conversation, Message } from "$api/types";
import type { Change, Signal } from "$live/frames";
import type { Phase } from "$live/link";
import type { Hearer } from "$live/live";
import type { Desk } from "./desk.svelte";

/** Brings what comes over the socket to the parts of the desk that keep it. */
export class Hearing implements Hearer {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  change(change: Change): void {
    const desk = this.#desk;
    if ("conversation" in change) this.#conversation(change.type, change.conversation, change.message);
    else if ("customer" in change) desk.customers.put(change.customer);
    else if ("agent" in change) {
      desk.people.putAgent(change.agent);
      desk.session.putAgent(change.agent);
    } else if ("agent_team" in change) desk.teams.put(change.agent_team);
    else if ("team" in change) desk.session.putTeam(change.team);
    else if ("reply" in change) desk.replies.put(change.reply);
    else if ("number" in change) this.#removed(change.number);
    else if (change.type === "reply.deleted") desk.replies.remove(change.id);
    else if (change.type.startsWith("category.")) void desk.categories.load().catch(() => undefined);
    else if (change.type === "customer.removed") desk.customers.remove(change.id);
  }

  signal(signal: Signal): void {
    const desk = this.#desk;
    switch (signal.type) {
      case "views":
        return desk.counts.put(signal);
      case "presence":
        return desk.people.putPresence(signal.agents);
      case "presence.changed":
        return desk.people.changePresence(signal.agents);
      case "viewing":
        return desk.people.putViewing(signal.number, signal.agents);
      case "visitors_online":
        return desk.people.putGuests(signal.customer_ids);
      case "visitor_online":
        return desk.people.changeGuest(signal.customer_id, signal.online);
      case "typing": {
        const id = signal.agent_id ?? signal.customer_id;
        if (id) desk.people.putTyping(signal.number, id, signal.agent_id !== undefined);
      }
    }
  }

  /** What was loaded before the greeting may be older than it: look once more. */
  greeted(): void {
    this.#desk.connection.greeted();
    void this.#desk.refresh();
  }

  reset(): void {
    const desk = this.#desk;
    desk.counts.clear();
    for (const part of [desk.conversations, desk.threads, desk.people, desk.teams, desk.session])
      part.mistrust();
    desk.customers.mistrust();
    desk.replies.clear();
    void desk.refresh();
  }

  restored(messages: number): void {
    this.#desk.connection.return(messages);
  }

  ended(): void {
    void this.#desk.session.end();
  }

  phase(phase: Phase, wait: number, isRestarting: boolean): void {
    this.#desk.connection.phase(phase, wait, isRestarting);
    if (phase === "open") {
      this.#desk.attendance.connected();
      this.#desk.hurry();
    } else this.#desk.people.forgetMoments();
  }

  /** A conversation is gone for good, wherever it is shown. */
  #removed(number: number): void {
    const desk = this.#desk;
    desk.conversations.remove(number);
    desk.lists.remove(number);
    desk.threads.remove(number);
    desk.search.remove(number);
    for (const { id } of desk.outbox.of(number)) desk.outbox.discard(id);
  }

  #conversation(type: string, conversation: Conversation, message: Message | undefined): void {
    const desk = this.#desk;
    desk.conversations.put(conversation);
    if (!message) return;
    void desk.threads.receive(message);
    if (type === "conversation.carded") return; // the message was told before
    desk.alerts.heard(conversation, message);
    desk.people.stopTyping(message.number, message.author.id);
    if (message.client_id) desk.outbox.arrived(message.client_id);
  }
}
