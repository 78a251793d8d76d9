import { describe, expect, it } from "vitest";
import { inkOn } from "./contrast";

describe("ink on a color", () => {
  it.each([
    ["#000000", "white", 21],
    ["#ffffff", "black", 21],
    ["#0b666b", "white", 6.74],
    ["#ffe08a", "black", 16.28],
  ])("on %s it is %s", (color, ink, ratio) => {
    expect(inkOn(color)?.ink).toBe(ink);
    expect(inkOn(color)?.ratio).toBeCloseTo(ratio, 1);
  });

  it("is never below 4.58", () => {
    for (let gray = 0; gray < 256; gray++) {
      const part = gray.toString(16).padStart(2, "0");
      expect(inkOn(`#${part}${part}${part}`)?.ratio).toBeGreaterThan(4.58);
    }
  });

  it("is not known for what is no color", () => {
    expect(inkOn("teal")).toBeUndefined();
    expect(inkOn("#12345")).toBeUndefined();
  });
});
