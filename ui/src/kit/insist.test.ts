import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { insist, LineIsDown } from "./insist";

let tries: number;
/** How many tries it takes. */
let due: number;
let answers: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  [tries, due, answers] = [0, Infinity, true];
});
afterEach(() => vi.useRealTimers());

const insisted = (waits?: boolean) =>
  insist(
    () => (++tries < due ? Promise.reject(new Error("missing")) : Promise.resolve("part")),
    () => Promise.resolve(answers),
    waits,
  );

test("a part that can't be fetched at first comes in the end", async () => {
  due = 3;
  const part = insisted();
  await vi.advanceTimersByTimeAsync(999);
  expect(tries).toBe(1);
  await vi.advanceTimersByTimeAsync(1001);
  expect(tries).toBe(3);
  await expect(part).resolves.toBe("part");
});

test("it is waited for as long as the line is down", async () => {
  [answers, due] = [false, 600];
  const part = insisted();
  await vi.advanceTimersByTimeAsync(600_000);
  await expect(part).resolves.toBe("part");
});

test("who does not want to wait is told at once that the line is down", async () => {
  answers = false;
  await expect(insisted(false)).rejects.toThrow(LineIsDown);
  expect(tries).toBe(1);
});

test("it is given up when the server is there without it, for a while in one go", async () => {
  const part = insisted();
  const outcome = expect(part).rejects.toThrow("missing");
  await vi.advanceTimersByTimeAsync(4_000);
  answers = false;
  await vi.advanceTimersByTimeAsync(1_000);
  answers = true;
  expect(tries).toBe(6);
  await vi.advanceTimersByTimeAsync(5_999);
  expect(tries).toBe(11);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(tries).toBe(12);
  await outcome;
});
