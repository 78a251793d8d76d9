import { expect, test } from "vitest";
import { Spacing } from "./spacing";

test("what comes all at once happens once, and again when the time is over", () => {
  const spacing = new Spacing(1000);
  expect([0, 0, 1, 999, 1000, 1500, 2001].filter((now) => spacing.may(now))).toEqual([0, 1000, 2001]);
});
