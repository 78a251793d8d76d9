import type { Agent, Conversation, Customer, Team } from "$api/types";

/** What the variables of saved replies stand for in a conversation. */
export function variablesOf(
  conversation: Conversation,
  customer: Customer | undefined,
  agent: Agent | undefined,
  team: Team | undefined,
  date: string,
): Record<string, string | undefined> {
  const attributes = Object.entries(customer?.attributes ?? {}).map(([key, value]) => [`attr.${key}`, value]);
  return {
    "customer.name": conversation.customer.name,
    "customer.first_name": firstName(conversation.customer.name),
    "customer.email": conversation.customer.email,
    "agent.name": agent?.name,
    "agent.first_name": firstName(agent?.name),
    "conversation.number": String(conversation.number),
    "company.name": team?.name,
    date,
    ...(Object.fromEntries(attributes) as Record<string, string>),
  };
}

function firstName(name: string | undefined): string | undefined {
  return name?.split(/\s+/u)[0];
}
