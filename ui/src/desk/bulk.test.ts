import { expect, test } from "vitest";
import type { Api, BulkCommand } from "$api/api";
import { ApiError } from "$api/error";
import type { BulkResult, Conversation } from "$api/types";
import { Bulk, reverse } from "./bulk.svelte";
import { Conversations } from "./conversations.svelte";

const conversation = (number: number, more: Partial<Conversation> = {}): Conversation => ({
  number,
  rev: 1,
  customer: { id: `c${number}`, rev: 1, name: "", email: "", blocked: false, language: "" },
  channel: "web",
  state: "open",
  archived: false,
  lead: "nobody",
  agent_id: null,
  team_id: null,
  views: ["inbox"],
  tags: [],
  last_seq: 1,
  unread: 0,
  customer_delivered: 0,
  customer_read: 0,
  opened_at: "2025-03-09T12:00:00.000Z",
  active_at: "2025-03-09T12:00:00.000Z",
  waiting_since: null,
  ...more,
});

/** A server that takes every change, but for the numbers that it refuses. */
class Server {
  readonly calls: number[][] = [];
  failsFrom = Infinity;
  refuses: number[] = [];

  sayToMany = (_: BulkCommand, numbers: readonly number[]): Promise<BulkResult> => {
    this.calls.push([...numbers]);
    if (this.calls.length > this.failsFrom) return Promise.reject(new ApiError("offline"));
    const taken = numbers.filter((number) => !this.refuses.includes(number));
    return Promise.resolve({
      conversations: taken.map((number) => conversation(number, { rev: 2, state: "resolved" })),
      refused: this.refuses.map((number) => ({ number, code: "archived", detail: "" })),
    });
  };
}

function make() {
  const server = new Server();
  const conversations = new Conversations();
  const numbers = Array.from({ length: 450 }, (_, i) => i + 1);
  conversations.putAll(numbers.map((number) => conversation(number)));
  return { server, conversations, numbers, bulk: new Bulk(server as unknown as Api, conversations) };
}

test("many go in steps that the server takes, and their copies are renewed", async () => {
  const { server, bulk, conversations, numbers } = make();
  const outcome = await bulk.run([{ command: { verb: "resolve" }, numbers }]);
  expect(server.calls.map((call) => call.length)).toEqual([200, 200, 50]);
  expect(outcome.refused).toEqual([]);
  expect(outcome.before).toHaveLength(450);
  expect(conversations.known(450)?.state).toBe("resolved");
  expect(bulk.total).toBe(0);
});

test("one that is refused keeps none of the others back", async () => {
  const { server, bulk } = make();
  server.refuses = [2];
  const outcome = await bulk.run([{ command: { verb: "resolve" }, numbers: [1, 2, 3] }]);
  expect(outcome.before.map(({ number }) => number)).toEqual([1, 3]);
  expect(outcome.refused.map(({ number }) => number)).toEqual([2]);
});

test("after a step without an answer nothing more is asked, and the rest is told of", async () => {
  const { server, bulk, numbers } = make();
  server.failsFrom = 1;
  const outcome = await bulk.run([{ command: { verb: "resolve" }, numbers }]);
  expect(server.calls).toHaveLength(2);
  expect(outcome.before).toHaveLength(200);
  expect(outcome.refused).toHaveLength(250);
  expect(outcome.refused[0]?.code).toBe("offline");
});

test("tags are taken back where they came or went", () => {
  const before = [conversation(1), conversation(2, { tags: ["a", "b"] })];
  expect(reverse({ verb: "tag", tags: ["a"] }, before)).toEqual([
    { command: { verb: "untag", tags: ["a"] }, numbers: [1] },
  ]);
  expect(reverse({ verb: "untag", tags: ["a"] }, before)).toEqual([
    { command: { verb: "tag", tags: ["a"] }, numbers: [2] },
  ]);
});

test("what was given away goes back to whom it was with", () => {
  const before = [
    conversation(1, { lead: "agent", agent_id: "ada" }),
    conversation(2),
    conversation(3, { lead: "agent", agent_id: "ada" }),
    conversation(4, { state: "resolved", agent_id: "ada" }),
  ];
  expect(reverse({ verb: "assign", agent_id: "can" }, before)).toEqual([
    { command: { verb: "assign", agent_id: "ada" }, numbers: [1, 3] },
    { command: { verb: "unassign" }, numbers: [2] },
    { command: { verb: "resolve" }, numbers: [4] },
  ]);
});

test("what was given to a team goes back to its team and then to who had it", () => {
  const before = [
    conversation(1, { lead: "agent", agent_id: "ada", team_id: "cargo" }),
    conversation(2),
    conversation(3, { state: "resolved", team_id: "cargo" }),
  ];
  expect(reverse({ verb: "team", team_id: "returns" }, before)).toEqual([
    { command: { verb: "team", team_id: "cargo" }, numbers: [1, 3] },
    { command: { verb: "team" }, numbers: [2] },
    { command: { verb: "assign", agent_id: "ada" }, numbers: [1] },
    { command: { verb: "resolve" }, numbers: [3] },
  ]);
});

test("archiving is taken back to what each was", () => {
  const before = [
    conversation(1),
    conversation(2, { state: "resolved" }),
    conversation(3, { state: "resolved", archived: true }),
  ];
  expect(reverse({ verb: "archive" }, before)).toEqual([
    { command: { verb: "reopen" }, numbers: [1] },
    { command: { verb: "unarchive" }, numbers: [2] },
  ]);
});

test("each of two opposites is taken back by the other", () => {
  const before = [
    conversation(1, { state: "resolved" }),
    conversation(2, { state: "resolved", archived: true }),
    conversation(3, { unread: 2 }),
  ];
  expect(reverse({ verb: "reopen" }, before)).toEqual([
    { command: { verb: "resolve" }, numbers: [1] },
    { command: { verb: "archive" }, numbers: [2] },
  ]);
  expect(reverse({ verb: "unarchive" }, before)).toEqual([{ command: { verb: "archive" }, numbers: [2] }]);
  expect(reverse({ verb: "read" }, before)).toEqual([{ command: { verb: "unread" }, numbers: [3] }]);
  expect(reverse({ verb: "unread" }, before)).toEqual([{ command: { verb: "read" }, numbers: [1, 2] }]);
});

test("what is asked for while something is under way comes after it", async () => {
  const { server, bulk, numbers } = make();
  const first = bulk.run([{ command: { verb: "resolve" }, numbers }]);
  const second = bulk.run([{ command: { verb: "reopen" }, numbers: [1, 2] }]);
  await Promise.all([first, second]);
  expect(server.calls.map((call) => call.length)).toEqual([200, 200, 50, 2]);
  expect(bulk.total).toBe(0);
});
