import { describe, expect, it } from "vitest";
import { readPreferences } from "./preferences";

describe("preferences", () => {
  it("of nobody are as at first", () => {
    const first = readPreferences(undefined);
    expect(first).toMatchObject({
      theme: "system",
      size: 100,
      singleKeys: true,
      enterSends: true,
      desktop: false,
    });
    expect(readPreferences("odd")).toEqual(first);
    expect(readPreferences({ theme: "pink", size: "big", tone: NaN, singleKeys: 0 })).toEqual(first);
  });

  it("keep what was chosen, inside their limits", () => {
    const read = readPreferences({ theme: "dark", size: 300, tone: 3, singleKeys: false, volume: -4 });
    expect(read).toMatchObject({ theme: "dark", size: 125, tone: 3, singleKeys: false, volume: 0 });
  });

  it("keep the order of each list, and whether the resolved are hidden", () => {
    const read = readPreferences({ hideResolved: true, sorts: { inbox: "oldest", resolved: "loudest" } });
    expect(read).toMatchObject({ hideResolved: true, sorts: { inbox: "oldest" } });
    expect(read.sorts).not.toHaveProperty("resolved");
    expect(readPreferences({ hideResolved: "yes", sorts: 3 })).toMatchObject({
      hideResolved: false,
      sorts: {},
    });
  });

  it("keep whether lists show one's own alone", () => {
    expect([true, 1, undefined].map((mine) => readPreferences({ mine }).mine)).toEqual([true, false, false]);
  });

  it("keep a wait before a reply that is offered, and no other", () => {
    expect([5, 4, "3", undefined].map((sendDelay) => readPreferences({ sendDelay }).sendDelay)).toEqual([
      5, 0, 0, 0,
    ]);
  });

  it("read again give the same", () => {
    const read = readPreferences({
      density: "compact",
      chime: "bell",
      notifyOf: "all",
      sorts: { archive: "oldest" },
    });
    expect(readPreferences(JSON.parse(JSON.stringify(read)))).toEqual(read);
  });
});
