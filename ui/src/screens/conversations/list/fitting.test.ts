import { describe, expect, it } from "vitest";
import { fitting } from "./fitting";

describe("the tags of a row", () => {
  const line = { width: 340, lead: "Atanmamış", waiting: "", isWatched: false, scale: 1 };

  it.each([
    ["two that fit", ["iade", "iptal"], line, 2],
    ["two at the most", ["iade", "iptal", "kargo"], line, 2],
    ["one whole rather than two halves", ["teslimat", "yemek"], { ...line, waiting: "Bekleme: 9 gün" }, 1],
    ["none where not even one says anything", ["teslimat"], { ...line, lead: "A".repeat(38) }, 0],
    ["one alone is cut short", ["afyonkarahisarlılaştıramadıklarımızdan"], line, 1],
    ["more in a wider list", ["teslimat", "yemek"], { ...line, width: 440, waiting: "Bekleme: 9 gün" }, 2],
    ["fewer in larger letters", ["iade", "iptal edildi"], { ...line, width: 300, scale: 1.25 }, 1],
    ["fewer beside whoever looks", ["sipariş", "yardım"], { ...line, width: 300, isWatched: true }, 1],
    ["none of none", [], line, 0],
  ] as const)("%s", (_, tags, line, count) => {
    expect(fitting(tags, line)).toBe(count);
  });
});
