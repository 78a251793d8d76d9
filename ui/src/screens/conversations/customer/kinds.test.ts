import { describe, expect, it } from "vitest";
import { fits, kindOf } from "./kinds";

describe("an attribute's kind", () => {
  it.each([
    ["Iğdır", "text"],
    ["", "text"],
    ["3", "number"],
    ["-12.5", "number"],
    ["1,5", "number"],
    ["0042", "text"],
    ["+90 555", "text"],
    ["2026-03-09", "date"],
    ["2026-06-31", "text"],
    ["2026-3-9", "text"],
    ["true", "truth"],
    ["https://example.com/a?b", "link"],
    ["javascript:alert(1)", "text"],
    ["https://", "text"],
  ])("%j is a %s", (value, want) => expect(kindOf(value)).toBe(want));

  it("says what may stand for it", () => {
    expect(fits("number", "12")).toBe(true);
    expect(fits("number", "twelve")).toBe(false);
    expect(fits("text", "12")).toBe(true);
    expect(fits("text", "")).toBe(false);
  });
});
