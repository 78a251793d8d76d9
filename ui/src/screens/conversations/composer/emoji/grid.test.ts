import { describe, expect, it } from "vitest";
import { moved, rowsOf, type Group } from "./grid";

const group = (id: string, n: number): Group => ({
  id,
  name: id,
  cells: Array.from({ length: n }, (_, i) => ({ glyph: String(i), name: String(i), testid: `${id}-${i}` })),
});
// Three in a row of their own, then 8 + 2.
const groups = [group("recent", 3), group("smileys", 10)];

describe("the grid", () => {
  it("counts cells through its groups", () => {
    const rows = rowsOf(groups).flatMap(({ rows }) => rows.map((row) => row.map(({ at }) => at)));
    expect(rows).toEqual([
      [0, 1, 2],
      [3, 4, 5, 6, 7, 8, 9, 10],
      [11, 12],
    ]);
  });

  it.each([
    [0, "ArrowRight", 1],
    [2, "ArrowRight", 3],
    [12, "ArrowRight", 12],
    [0, "ArrowLeft", 0],
    [1, "ArrowDown", 4],
    [9, "ArrowDown", 12],
    [9, "ArrowUp", 2],
    [2, "ArrowUp", "out"],
    [5, "Home", 3],
    [5, "End", 10],
    [0, "PageDown", 11],
    [12, "PageUp", 1],
    [5, "a", undefined],
  ])("from %i by %s to %s", (from, key, want) => expect(moved(groups, from, key)).toBe(want));
});
