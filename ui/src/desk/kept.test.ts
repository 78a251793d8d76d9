import { expect, test } from "vitest";
import { aConversation } from "../../test/shapes";
import { Conversations } from "./conversations.svelte";
import { KeptUnread } from "./kept.svelte";

function kept(...copies: Parameters<typeof aConversation>[0][]): boolean {
  const conversations = new Conversations();
  const unread = new KeptUnread(conversations);
  copies.forEach((given, rev) => conversations.put(aConversation({ rev, ...given })));
  return unread.has(1);
}

test("what anybody marks stays unread", () => {
  expect(kept({ unread: 0 }, { unread: 1 })).toBe(true);
});

test("what a customer writes does not", () => {
  expect(kept({ unread: 2 })).toBe(false);
  expect(kept({ unread: 0, last_seq: 4 }, { unread: 1, last_seq: 5 })).toBe(false);
});

test("what was read meanwhile, as by a reply, does not any more", () => {
  expect(kept({ unread: 0 }, { unread: 1 }, { unread: 0, last_seq: 2 }, { unread: 1, last_seq: 3 })).toBe(
    false,
  );
});

test("what is asked for here holds before the server has said so, until it is left", () => {
  const unread = new KeptUnread(new Conversations());
  unread.add([1, 2]);
  expect([unread.has(1), unread.has(2)]).toEqual([true, true]);
  unread.leave(1);
  expect([unread.has(1), unread.has(2)]).toEqual([false, true]);
});
