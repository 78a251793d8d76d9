import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Teller } from "./teller";

let said: string[];
let teller: Teller;

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  teller = new Teller(
    (words) => said.push(words),
    (n) => `${n} messages`,
  );
});

afterEach(() => void vi.useRealTimers());

it("tells the first message at once, and those of the next second together", () => {
  for (const words of ["a", "b", "c"]) teller.hear(words);
  expect(said).toEqual(["a"]);
  vi.advanceTimersByTime(1000);
  expect(said).toEqual(["a", "2 messages"]);
  teller.hear("d");
  vi.advanceTimersByTime(1000);
  expect(said).toEqual(["a", "2 messages", "d"]);
});

it("speaks at once again after a quiet second", () => {
  teller.hear("a");
  vi.advanceTimersByTime(1000);
  teller.hear("b");
  expect(said).toEqual(["a", "b"]);
});

it("forgets what it has not told when it is stopped", () => {
  teller.hear("a");
  teller.hear("b");
  teller.stop();
  vi.advanceTimersByTime(5000);
  expect(said).toEqual(["a"]);
});
