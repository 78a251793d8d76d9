import { describe, expect, it } from "vitest";
import type { Message, Rating } from "$api/types";
import type { Outgoing } from "$desk/outgoing";
import { aMessage } from "../../../../../test/shapes";
import { daysOf, lineOf, type Entry, type Setting } from "./entries";

const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute).toISOString();
const event = (seq: number, when: string): Message =>
  aMessage(seq, { kind: "event", at: when, event: { type: "conversation.resolved", from: null, to: null } });

const outgoing = (id: string, note = false): Outgoing => ({
  id,
  number: 1,
  text: id,
  note,
  files: [],
  at: Date.parse(at(9, 11)),
  stage: "queued",
  tries: 0,
});

const plain = { outgoing: [], hasEnd: true };

/** The entries in short: d for a day, u for the unread line, r for the rating, e with a count, and for messages M at the head of a group. */
const short = (messages: Message[], more: Partial<Setting> = {}) =>
  daysOf({ ...plain, messages, ...more }).flatMap(({ entries }) => ["d", ...entries.map(sign)]);

function sign(entry: Entry): string {
  if (entry.type === "unread") return "u";
  if (entry.type === "rating") return "r";
  if (entry.type === "events") return `e${entry.events.length}`;
  const letter = entry.type === "message" ? "m" : "o";
  return entry.isFirst ? letter.toUpperCase() : letter;
}

const entriesOf = (messages: Message[], more: Partial<Setting> = {}) =>
  daysOf({ ...plain, messages, ...more }).flatMap(({ entries }) => entries);

describe("entries", () => {
  it("begin each day with a line", () => {
    const messages = [aMessage(1, { at: at(9, 23, 59) }), aMessage(2, { at: at(10, 0, 1) })];
    expect(short(messages)).toEqual(["d", "M", "d", "M"]);
  });

  it("know their days by a name", () => {
    const messages = [aMessage(1, { at: at(9, 23, 59) }), aMessage(2, { at: at(10, 0, 1) })];
    expect(daysOf({ ...plain, messages }).map(({ key }) => key)).toEqual(["2026-03-09", "2026-03-10"]);
  });

  it("on their way have a day of their own, but never one before the last message", () => {
    const [early, late] = [aMessage(1, { at: at(8, 10) }), aMessage(1, { at: at(10, 10) })];
    expect(short([early], { outgoing: [outgoing("x")] })).toEqual(["d", "M", "d", "O"]);
    expect(short([late], { outgoing: [outgoing("x")] })).toEqual(["d", "M", "O"]);
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
    expect(short(messages, { unreadFrom: 2 })).toEqual(["d", "M", "u", "M"]);
  });

  it("end with what is on its way, without what has arrived", () => {
    const messages = [aMessage(1, { at: at(9, 10), client_id: "x" })];
    const out = [outgoing("x"), outgoing("y"), outgoing("z"), outgoing("n", true)];
    expect(short(messages, { outgoing: out })).toEqual(["d", "M", "O", "o", "O"]);
    expect(short(messages, { outgoing: out, hasEnd: false })).toEqual(["d", "M"]);
  });

  it("keep the id of a message from being sent to being there", () => {
    const [before] = entriesOf([], { outgoing: [outgoing("x")] });
    const [after] = entriesOf([aMessage(1, { client_id: "x" })]);
    expect(before).toBeDefined();
    expect(before?.id).toBe(after?.id);
  });

  describe("with a rating", () => {
    const messages = [event(3, at(9, 10)), aMessage(4, { at: at(9, 12) }), aMessage(5, { at: at(9, 12, 1) })];
    const rated = (when: string): Rating => ({ score: 4, comment: "", at: when });

    it("show it where it was given, and it ends a group", () => {
      expect(short(messages, { rating: rated(at(9, 11)) })).toEqual(["d", "e1", "r", "M", "m"]);
      expect(short(messages, { rating: rated(at(9, 12)) })).toEqual(["d", "e1", "M", "r", "M"]);
      expect(short(messages, { rating: rated(at(9, 13)) })).toEqual(["d", "e1", "M", "m", "r"]);
    });

    it("give it a day of its own", () => {
      expect(short(messages, { rating: rated(at(11, 9)) })).toEqual(["d", "e1", "M", "m", "d", "r"]);
    });

    it("do not show it where its place is not among the messages", () => {
      expect(short(messages, { rating: rated(at(9, 9)) })).toEqual(["d", "e1", "M", "m"]);
      expect(short(messages, { rating: rated(at(9, 13)), hasEnd: false })).toEqual(["d", "e1", "M", "m"]);
    });
  });

  it("know which message they begin with", () => {
    const messages = [event(3, at(9, 10)), event(4, at(9, 10)), aMessage(5, { at: at(9, 12) })];
    expect(entriesOf(messages).map(lineOf)).toEqual([3, 5]);
  });
});
