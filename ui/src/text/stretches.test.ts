import { describe, expect, it } from "vitest";
import { foldsAt, isEmojiOnly, stretches } from "./stretches";

describe("stretches", () => {
  const text = "kargo: https://example.com/kargo geldi";

  it("join to the text, links apart", () => {
    const got = stretches(text, []);
    expect(got.map(({ parts }) => parts.map((part) => part.text).join("")).join("")).toBe(text);
    expect(got.map(({ href }) => href)).toEqual([undefined, "https://example.com/kargo", undefined]);
  });

  it("mark ranges inside links and across their edges", () => {
    const marked = (ranges: [number, number][]) =>
      stretches(text, ranges).map(({ parts }) =>
        parts
          .filter((part) => part.marked)
          .map((part) => part.text)
          .join("|"),
      );
    expect(marked([[0, 5]])).toEqual(["kargo", "", ""]);
    expect(marked([[27, 32]])).toEqual(["", "kargo", ""]);
    expect(marked([[3, 12]])).toEqual(["go: ", "https", ""]);
    expect(
      marked([
        [27, 32],
        [33, 38],
      ]),
    ).toEqual(["", "kargo", "geldi"]);
  });

  it("of nothing are none", () => expect(stretches("", [])).toEqual([]));
});

describe("a long text", () => {
  it("is cut between words, and only when it is much longer", () => {
    expect(foldsAt("a ".repeat(2000), [])).toBe(4000);
    const end = foldsAt("kargo ".repeat(1000), []);
    expect([end <= 1600, end > 1500, end % 6]).toEqual([true, true, 5]);
  });

  it("of one word is cut between letters", () => {
    expect(foldsAt("x".repeat(32_768), [])).toBe(1600);
    expect(foldsAt("x" + "👍".repeat(5000), [])).toBe(1599);
    expect(foldsAt("👍".repeat(5000), [])).toBe(1600);
  });

  it("stays whole when something is marked beyond the cut", () => {
    expect(foldsAt("x".repeat(9000), [[8000, 8005]])).toBe(9000);
    expect(foldsAt("x".repeat(9000), [[10, 15]])).toBe(1600);
  });
});

describe("emoji", () => {
  it.each(["👍", "🎉🎉❤️", "👩🏽‍🚀 👨‍👩‍👧", "🇹🇷"])("alone: %s", (text) => expect(isEmojiOnly(text)).toBe(true));
  it.each(["", " ", "1", "#", "©", "👍 tamam", "👍".repeat(20)])("not alone: %s", (text) =>
    expect(isEmojiOnly(text)).toBe(false),
  );
});
