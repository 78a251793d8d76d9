import type { Actor, CustomerRef } from "$api/types";
import { initials } from "$text/initials";
import { visitorNumber } from "$text/visitorNumber";
import type { Words } from "$words/words.svelte";

/** What of a customer says who they are. */
export type Known = Pick<CustomerRef, "id" | "name" | "email">;

/** What a customer is called: by name, else by address, else a visitor with a number of their own. */
export function customerName(t: Words["t"], { id, name, email }: Known): string {
  return name || email || t("cust.anonymous", { n: visitorNumber(id) });
}

/** The letters that stand for a customer; empty for one of whom nothing is known. */
export function customerInitials({ name, email }: Known, language: string): string {
  return initials(name || email, language);
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
