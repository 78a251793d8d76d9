import { expect, test } from "vitest";
import { aConversation } from "../../../../../test/shapes";
import { appliesTo, togglesFor } from "./applies";

const open = aConversation();
const resolved = aConversation({ state: "resolved" });
const archived = aConversation({ state: "resolved", archived: true });
const unread = aConversation({ unread: 2 });

test("what any of them still needs is offered, else what takes it back", () => {
  expect(togglesFor([open, resolved])).toEqual({
    closing: "resolve",
    archiving: "archive",
    reading: "unread",
  });
  expect(togglesFor([resolved, archived])).toMatchObject({ closing: "reopen", archiving: "archive" });
  expect(togglesFor([archived])).toMatchObject({ closing: "reopen", archiving: "unarchive" });
  expect(togglesFor([open, unread])).toMatchObject({ reading: "read" });
});

test("a verb leaves those alone of which it changes nothing", () => {
  const which = (verb: Parameters<typeof appliesTo>[0]) =>
    [open, resolved, archived, unread].map((each) => appliesTo(verb, each));
  expect(which("resolve")).toEqual([true, false, false, true]);
  expect(which("reopen")).toEqual([false, true, true, false]);
  expect(which("archive")).toEqual([true, true, false, true]);
  expect(which("unarchive")).toEqual([false, false, true, false]);
  expect(which("read")).toEqual([false, false, false, true]);
  expect(which("unread")).toEqual([true, true, true, false]);
  expect(which("assign")).toEqual([true, true, true, true]);
});
