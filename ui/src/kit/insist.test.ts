import { afterEach, expect, test, vi } from "vitest";
import { insist } from "./insist";

afterEach(() => vi.useRealTimers());

test("a part that can't be fetched at first comes in the end", async () => {
  vi.useFakeTimers();
  let tries = 0;
  const part = insist(() => (++tries < 3 ? Promise.reject(new Error("offline")) : Promise.resolve("part")));
  await vi.advanceTimersByTimeAsync(999);
  expect(tries).toBe(1);
  await vi.advanceTimersByTimeAsync(1001);
  expect(tries).toBe(3);
  await expect(part).resolves.toBe("part");
});
