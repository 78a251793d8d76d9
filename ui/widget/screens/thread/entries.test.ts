import { describe, expect, it } from "vitest";
import type { Message } from "../../api";
import type { Outgoing } from "../../state/outgoing";
import { entriesOf, isAnswered, type Entry, type Said } from "./entries";

const noon = new Date(2026, 2, 9, 12, 0).getTime();

function message(seq: number, kind: Message["kind"], minutes: number, more: Partial<Message> = {}): Message {
  return {
    id: `h-${seq}`,
    seq,
    kind,
    text: String(seq),
    at: new Date(noon + minutes * 60_000).toISOString(),
    attachments: [],
    ...more,
  };
}

const waiting = (id: string, stage: Outgoing["stage"], minutes: number): Outgoing => ({
  id,
  target: "h",
  text: id,
  files: [],
  at: noon + minutes * 60_000,
  stage,
  tries: 0,
});

const said = (entries: Entry[]) => entries.filter((entry): entry is Said => entry.type === "said");
const shape = (entries: Entry[]) =>
  said(entries)
    .map(({ id, isFirst, isLast }) => `${isFirst ? "(" : ""}${id}${isLast ? ")" : ""}`)
    .join(" ");

describe("the entries of a thread", () => {
  it("put a line before each day, in this browser's time", () => {
    const entries = entriesOf(
      [message(1, "agent", -24 * 60), message(2, "agent", 0), message(3, "agent", 1)],
      [],
      0,
    );
    expect(entries.map(({ type }) => type)).toEqual(["day", "said", "day", "said", "said"]);
  });

  it("put together what one person says within five minutes", () => {
    const ada = { author: { name: "Ada" } };
    const entries = entriesOf(
      [
        message(1, "agent", 0, ada),
        message(2, "agent", 1, ada),
        message(3, "agent", 1, { author: { name: "Eda" } }),
        message(4, "customer", 2),
        message(5, "customer", 8),
      ],
      [],
      9,
    );
    expect(shape(entries)).toBe("(h-1 h-2) (h-3) (h-4) (h-5)");
  });

  it("tell how far each of the visitor's has come, where that differs", () => {
    const own = [message(1, "customer", 0), message(2, "customer", 0), message(3, "customer", 0)];
    const entries = entriesOf(own, [waiting("a", "sending", 1)], 1);
    expect(said(entries).map(({ mark }) => mark)).toEqual(["read", "sent", "sent", "sending"]);
    expect(shape(entries)).toBe("(h-1) h-2 h-3) a)");
  });

  it("show a message once: on its way, or arrived, under one key", () => {
    const outgoing = waiting("c1", "sending", 0);
    const before = said(entriesOf([], [outgoing], 0));
    const after = said(entriesOf([message(7, "customer", 0, { client_id: "c1" })], [outgoing], 0));
    expect(before.map(({ key }) => key)).toEqual(["c1"]);
    expect(after.map(({ key, id }) => [key, id])).toEqual([["c1", "h-7"]]);
  });

  it("hold events apart", () => {
    const entries = entriesOf(
      [
        message(1, "bot", 0),
        message(2, "event", 0, { event: { type: "handed_over" } }),
        message(3, "bot", 0),
      ],
      [],
      0,
    );
    expect(entries.map(({ type }) => type)).toEqual(["day", "said", "event", "said"]);
    expect(shape(entries)).toBe("(h-1) (h-3)");
  });
});

describe("a thread", () => {
  const event = (seq: number, type: string) => message(seq, "event", seq, { event: { type } });
  const [asks, answers] = [message(1, "customer", 0), message(2, "agent", 1)];
  it.each([
    ["begun", [asks], false],
    ["answered", [asks, answers], true],
    ["answered, and written to again", [asks, answers, message(3, "customer", 2)], true],
    ["that only the bot has answered", [asks, message(2, "bot", 1)], false],
    ["handed over", [asks, message(2, "bot", 1), event(3, "handed_over")], false],
    ["handed over and answered", [asks, event(2, "handed_over"), message(3, "agent", 3)], true],
    ["opened again", [asks, answers, event(3, "resolved"), event(4, "reopened")], false],
    ["in which somebody took it over", [asks, event(2, "assigned")], false],
  ] as const)("%s", (_, messages, want) => expect(isAnswered(messages)).toBe(want));
});
