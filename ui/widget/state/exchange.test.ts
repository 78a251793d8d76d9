import { expect, test } from "vitest";
import type { Api, Conversation, Posted } from "../api";
import { Exchange } from "./exchange";
import type { Host } from "./host";
import { Kept } from "./kept";
import type { Tabs } from "./tabs";

/** A server that goes on in another conversation than the one that was written into. */
function make(answersIn: string) {
  const targets: string[] = [];
  const renamed: string[] = [];
  const post = (handle: string, draft: { client_id: string; text: string }): Promise<Posted> => {
    targets.push(handle);
    const message = { seq: targets.length, kind: "customer", text: draft.text, client_id: draft.client_id };
    return Promise.resolve({ conversation: { handle: answersIn, rev: targets.length }, message } as Posted);
  };
  const kept = new Kept("site");
  const exchange = new Exchange({
    api: { post } as unknown as Api,
    kept,
    host: { say: () => undefined, tell: () => undefined } as unknown as Host,
    tabs: { tell: () => undefined } as unknown as Tabs,
    ensure: () => Promise.resolve(),
    page: () => ({ url: "", title: "" }),
    renamed: (from, to) => void renamed.push(`${from} ${to}`),
    lacking: () => undefined,
  });
  return { exchange, kept, targets, renamed };
}

const settle = async () => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

test("a message into one that was closed long ago is followed into the new one", async () => {
  const { exchange, kept, targets, renamed } = make("new");
  exchange.conversations.take({ handle: "old", rev: 9, state: "resolved" } as Conversation);
  kept.set("welcome.old", "Hello");
  exchange.say("old", "Me again");
  exchange.say("old", "And one more thing");
  exchange.composing("old").text = "not sent yet";
  await settle();
  expect(targets).toEqual(["old", "new"]);
  expect(renamed).toEqual(["old new"]);
  expect(exchange.outbox.all).toEqual([]);
  expect(exchange.thread("new").messages.map(({ text }) => text)).toEqual(["Me again", "And one more thing"]);
  expect(exchange.thread("old").messages).toEqual([]);
  expect(exchange.composing("new").text).toBe("not sent yet");
  expect(exchange.welcomeOf("old")).toBe("Hello");
});
