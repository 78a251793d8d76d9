import { expect, it } from "vitest";
import { inkOn } from "./color";

/** The contrast of two colours by WCAG 2, with the whole formula. */
function contrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const share = parseInt(color.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

it("is read on every colour", () => {
  let worst = 21;
  for (let n = 0; n < 0x1000; n++) {
    const color = `#${[8, 4, 0].map((shift) => ((n >> shift) & 15).toString(16).repeat(2)).join("")}`;
    const ink = inkOn(color) === "#000" ? "#000000" : "#ffffff";
    worst = Math.min(worst, contrast(color, ink));
  }
  expect(worst).toBeGreaterThanOrEqual(4.58);
});

it.each([
  ["#0b666b", "#fff"],
  ["#ffd400", "#000"],
  ["#000000", "#fff"],
  ["#ffffff", "#000"],
  ["#d6336c", "#fff"],
])("on %s is %s", (color, ink) => expect(inkOn(color)).toBe(ink));
