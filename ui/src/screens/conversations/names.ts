import type { Actor, CustomerRef } from "$api/types";
import type { Words } from "$words/words.svelte";

/** What a customer is called: by name, else by address, else a visitor. */
export function customerName(t: Words["t"], customer: CustomerRef): string {
  return customer.name || customer.email || t("cust.visitor");
}

/** What a way in is called. Those that a team's own systems name are called as they name them. */
export function channelName(t: Words["t"], channel: string): string {
  switch (channel) {
    case "widget":
      return t("channel.widget");
    case "api":
      return t("channel.api");
    case "desk":
      return t("channel.desk");
  }
  return channel;
}

/** Whose names there are to know. */
export interface Names {
  customer: string;
  bot: string;
  agent: (id: string | null) => string | undefined;
}

/** Whose names the lines of a thread tell. */
export interface LineNames extends Names {
  team: (id: string | null) => string | undefined;
  /** As what a conversation was resolved. */
  category: (id: string | null) => string | undefined;
}

/** What an actor is called. */
export function actorName(t: Words["t"], actor: Actor, names: Names): string {
  if (actor.kind === "customer") return names.customer;
  if (actor.kind === "bot") return names.bot;
  if (actor.kind === "system") return t("actor.system");
  return names.agent(actor.id) ?? t("actor.unknown");
}
