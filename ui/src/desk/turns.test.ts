import { expect, test } from "vitest";
import { Turns } from "./turns";

test("calls go one after the other, also after one that failed", async () => {
  const turns = new Turns();
  const done: string[] = [];
  let fail: (why: Error) => void = () => undefined;
  const first = turns.take(() => new Promise<void>((_done, refuse) => (fail = refuse)));
  const second = turns.take(async () => {
    done.push("second");
    return 2;
  });
  await Promise.resolve();
  expect(done).toEqual([]);
  fail(new Error("no"));
  await expect(first).rejects.toThrow("no");
  await expect(second).resolves.toBe(2);
  expect(done).toEqual(["second"]);
});
