import type { Key } from "$words/en";

/** The variables of saved replies and what they are called. */
export const variables = [
  { name: "customer.name", label: "var.customer.name" },
  { name: "customer.first_name", label: "var.customer.first_name" },
  { name: "customer.email", label: "var.customer.email" },
  { name: "agent.name", label: "var.agent.name" },
  { name: "agent.first_name", label: "var.agent.first_name" },
  { name: "conversation.number", label: "var.conversation.number" },
  { name: "company.name", label: "var.company.name" },
  { name: "date", label: "var.date" },
  { name: "attr.x", label: "var.attr" },
  { name: "cursor", label: "var.cursor" },
] as const satisfies readonly { name: string; label: Key }[];

/** Values to show a reply with, before there is a conversation. */
export function sampleOf(agent: string, company: string, date: string): Record<string, string> {
  return {
    "customer.name": "Elif Yılmaz",
    "customer.first_name": "Elif",
    "customer.email": "elif@example.com",
    "agent.name": agent,
    "agent.first_name": agent.split(/\s+/u)[0] ?? "",
    "conversation.number": "1042",
    "company.name": company,
    date,
  };
}

/** The variables of a text that there are not, each once. Attributes have names of their own. */
export function unknownIn(text: string): string[] {
  const known = new Set<string>(variables.map(({ name }) => name));
  const used = [...text.matchAll(/\{\{\s*([^{}|]*?)\s*(?:\|[^{}]*)?\}\}/gu)].map((match) => match[1] ?? "");
  return [...new Set(used)].filter((name) => !known.has(name) && !/^attr\.\S/.test(name));
}
