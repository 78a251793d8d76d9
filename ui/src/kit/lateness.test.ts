import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Lateness } from "./lateness.svelte";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("what comes soon is not announced", () => {
  const late = new Lateness();
  const stop = late.follow(true);
  vi.advanceTimersByTime(299);
  stop();
  late.follow(false);
  vi.advanceTimersByTime(1000);
  expect(late.isShown).toBe(false);
});

test("a sign that is shown is seen", () => {
  const late = new Lateness();
  const stop = late.follow(true);
  vi.advanceTimersByTime(310);
  expect(late.isShown).toBe(true);
  stop();
  late.follow(false);
  vi.advanceTimersByTime(380);
  expect(late.isShown).toBe(true);
  vi.advanceTimersByTime(20);
  expect(late.isShown).toBe(false);
});

test("after a long wait it goes at once, and where something else is shown", () => {
  const late = new Lateness();
  late.follow(true)();
  late.follow(true);
  vi.advanceTimersByTime(2000);
  late.follow(false);
  vi.advanceTimersByTime(0);
  expect(late.isShown).toBe(false);
  late.follow(true);
  vi.advanceTimersByTime(300);
  late.drop();
  expect(late.isShown).toBe(false);
});
