import { expect, it } from "vitest";
import { aConversation, aMessage } from "../../../../../test/shapes";
import { shownStages, stageOf } from "./delivery";

const agent = { kind: "agent", author: { kind: "agent", id: "a" } } as const;
const messages = [
  aMessage(1),
  aMessage(2, agent),
  aMessage(3, { kind: "bot", author: { kind: "bot", id: null } }),
  aMessage(4, { kind: "note", author: agent.author }),
  aMessage(5, agent),
  aMessage(6, agent),
];
const conversation = (delivered: number, read: number) =>
  aConversation({ customer_delivered: delivered, customer_read: read });

it("a message to the customer is sent, delivered, read", () => {
  const stages = messages.map((message) => stageOf(message, conversation(5, 3)));
  expect(stages).toEqual([undefined, "read", "read", undefined, "delivered", "sent"]);
});

it("each stage is shown once, at the last message that came so far", () => {
  const shown = (delivered: number, read: number) => [
    ...shownStages(messages, conversation(delivered, read)),
  ];
  expect(shown(0, 0)).toEqual([6]);
  expect(shown(5, 3)).toEqual([3, 5, 6]);
  expect(shown(6, 6)).toEqual([6]);
  expect(shown(6, 2)).toEqual([2, 6]);
  expect([...shownStages([aMessage(1)], conversation(0, 0))]).toEqual([]);
});
