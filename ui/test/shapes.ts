import type { Conversation, Customer, Message, View } from "$api/types";

/** The moment a number of minutes after a fixed one. */
export function minute(n: number): string {
  return new Date(Date.UTC(2026, 2, 9, 12, n)).toISOString();
}

/** A conversation with what matters to a test; the rest is plain. */
export function aConversation(given: Partial<Conversation> = {}): Conversation {
  return {
    number: 1,
    rev: 1,
    customer: { id: "c", rev: 1, name: "Ada", email: "", blocked: false, language: "" },
    channel: "web",
    state: "open",
    archived: false,
    lead: "nobody",
    agent_id: null,
    team_id: null,
    views: ["inbox", "unassigned", "unresolved"] as View[],
    tags: [],
    last_seq: 1,
    unread: 0,
    customer_delivered: 0,
    customer_read: 0,
    opened_at: minute(0),
    active_at: minute(0),
    waiting_since: null,
    ...given,
  };
}

export function aCustomer(given: Partial<Customer> = {}): Customer {
  return {
    id: "c",
    rev: 1,
    external_id: "",
    name: "Ada",
    email: "",
    phone: "",
    language: "",
    attributes: {},
    tags: [],
    notes: 0,
    verified: false,
    created_at: minute(0),
    ...given,
  };
}

export function aMessage(seq: number, given: Partial<Message> = {}): Message {
  return {
    number: 1,
    seq,
    kind: "customer",
    author: { kind: "customer", id: "c" },
    client_id: null,
    text: `message ${seq}`,
    at: minute(seq),
    attachments: [],
    ...given,
  };
}
