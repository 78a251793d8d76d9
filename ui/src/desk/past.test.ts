import { expect, test } from "vitest";
import type { Api } from "$api/api";
import type { PastAnswer } from "$api/types";
import { Past } from "./past.svelte";

const answer = (number: number): PastAnswer => ({
  number,
  seq: 2,
  question: "?",
  answer: `answer ${number}`,
  agent: { id: "a", name: "Ada" },
  at: "2026-01-01T00:00:00.000Z",
  score: 0.8,
  uses: 0,
});

/** A server whose answers come when they are let go. */
function server() {
  const calls: { number: number; resolve: (answers: PastAnswer[]) => void; reject: () => void }[] = [];
  const api = {
    pastAnswers: (number: number) =>
      new Promise<PastAnswer[]>((resolve, reject) => calls.push({ number, resolve, reject })),
    usedPastAnswer: () => Promise.reject(new Error("away")),
  };
  return { past: new Past(api as unknown as Api), calls };
}

test("a question is asked once, and its answers belong to it alone", async () => {
  const { past, calls } = server();
  const finding = past.find(7, 3);
  void past.find(7, 3);
  expect(calls).toHaveLength(1);
  calls[0]?.resolve([answer(1)]);
  await finding;
  expect(past.to(7, 3)).toHaveLength(1);
  expect([past.to(7, 4), past.to(8, 3)]).toEqual([[], []]);
});

test("an answer that comes late for a conversation that was left is passed over", async () => {
  const { past, calls } = server();
  const [first, second] = [past.find(7, 3), past.find(8, 1)];
  calls[1]?.resolve([answer(2)]);
  await second;
  calls[0]?.resolve([answer(1)]);
  await first;
  expect(past.to(7, 3)).toEqual([]);
  expect(past.to(8, 1)).toHaveLength(1);
});

test("what failed is asked again, what was dismissed is not", async () => {
  const { past, calls } = server();
  const failing = past.find(7, 3);
  calls[0]?.reject();
  await failing;
  const again = past.find(7, 3);
  calls[1]?.resolve([answer(1)]);
  await again;
  past.dismiss();
  void past.find(7, 3);
  expect([past.to(7, 3), calls.length]).toEqual([[], 2]);
  past.used(7, answer(1)); // that it fails is no matter
});
