import { describe, expect, it } from "vitest";
import type { Message } from "$api/types";
import type { Outgoing } from "$desk/outgoing";
import { aMessage } from "../../../../test/shapes";
import { entriesOf } from "./entries";

const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute).toISOString();
const event = (seq: number, when: string): Message =>
  aMessage(seq, { kind: "event", at: when, event: { type: "conversation.resolved", from: null, to: null } });

const outgoing = (id: string, note = false): Outgoing => ({
  id,
  number: 1,
  text: id,
  note,
  files: [],
  at: 0,
  stage: "queued",
  tries: 0,
});

/** The entries in short: d for a day, u for the unread line, e with a count, and for messages M at the head of a group. */
const short = (messages: Message[], out: Outgoing[] = [], unread?: number) =>
  entriesOf(messages, out, unread).map((entry) => {
    if (entry.type === "day") return "d";
    if (entry.type === "unread") return "u";
    if (entry.type === "events") return `e${entry.events.length}`;
    const letter = entry.type === "message" ? "m" : "o";
    return entry.isFirst ? letter.toUpperCase() : letter;
  });

describe("entries", () => {
  it("begin each day with a line", () => {
    const messages = [aMessage(1, { at: at(9, 23, 59) }), aMessage(2, { at: at(10, 0, 1) })];
    expect(short(messages)).toEqual(["d", "M", "d", "M"]);
  });

  it("put one name over what one sender said within five minutes", () => {
    const messages = [
      aMessage(1, { at: at(9, 10, 0) }),
      aMessage(2, { at: at(9, 10, 4) }),
      aMessage(3, { at: at(9, 10, 10) }),
      aMessage(4, { at: at(9, 10, 11), kind: "agent", author: { kind: "agent", id: "a" } }),
      aMessage(5, { at: at(9, 10, 12), kind: "agent", author: { kind: "agent", id: "b" } }),
      aMessage(6, { at: at(9, 10, 13), kind: "note", author: { kind: "agent", id: "b" } }),
    ];
    expect(short(messages)).toEqual(["d", "M", "m", "M", "M", "M", "M"]);
  });

  it("gather events, which end a group", () => {
    const messages = [
      aMessage(1, { at: at(9, 10) }),
      event(2, at(9, 10, 1)),
      event(3, at(9, 10, 1)),
      aMessage(4, { at: at(9, 10, 2) }),
    ];
    expect(short(messages)).toEqual(["d", "M", "e2", "M"]);
  });

  it("do not gather events over a day's end", () => {
    expect(short([event(1, at(9, 10)), event(2, at(10, 10))])).toEqual(["d", "e1", "d", "e1"]);
  });

  it("draw the unread line before its message, also where that is an event", () => {
    const messages = [aMessage(1, { at: at(9, 10) }), aMessage(2, { at: at(9, 10, 1) })];
    expect(short(messages, [], 2)).toEqual(["d", "M", "u", "M"]);
  });

  it("end with what is on its way, without what has arrived", () => {
    const messages = [aMessage(1, { at: at(9, 10), client_id: "x" })];
    expect(short(messages, [outgoing("x"), outgoing("y"), outgoing("z"), outgoing("n", true)])).toEqual([
      "d",
      "M",
      "O",
      "o",
      "O",
    ]);
  });

  it("keep the id of a message from being sent to being there", () => {
    const [before] = entriesOf([], [outgoing("x")], undefined);
    const after = entriesOf([aMessage(1, { client_id: "x" })], [], undefined).at(-1);
    expect(before?.id).toBe(after?.id);
  });
});
