import { describe, expect, it } from "vitest";
import { countryOf, emojiOf, hexOf } from "./emoji";
import { index, parseGlyphs, search } from "./search";
import { inTone } from "./tones";
import glyphs from "./glyphs.json";
import tr from "./turkish.json";
import en from "./english.json";

describe("emojiOf", () => {
  it.each([
    ["Merhaba 😀!", ["😀"]],
    ["👍🏽👩‍🚀🇹🇷", ["👍🏽", "👩‍🚀", "🇹🇷"]],
    ["😀🎉😀", ["🎉", "😀"]],
    ["1️⃣ ve ❤️", ["1️⃣", "❤️"]],
    ["2 © Ayşe ™ 3", []],
    ["", []],
  ])("%s", (text, want) => expect(emojiOf(text)).toEqual(want));
});

describe("a skin tone", () => {
  it.each([
    ["👋", 1, "👋🏻"],
    ["☝️", 5, "☝🏿"],
    ["👩‍🚀", 3, "👩🏽‍🚀"],
    ["🧑‍🤝‍🧑", 2, "🧑🏼‍🤝‍🧑🏼"],
    ["👋", 0, "👋"],
    ["👋", 9, "👋"],
  ])("%s %i", (emoji, tone, want) => expect(inTone(emoji, tone)).toBe(want));
});

describe("the lists", () => {
  const all = parseGlyphs(glyphs);

  it("hold every emoji once, with words in both languages", () => {
    expect(all.length).toBeGreaterThan(1800);
    expect(new Set(all.map(({ glyph }) => glyph)).size).toBe(all.length);
    expect(new Set(all.map(({ glyph }) => hexOf(glyph))).size).toBe(all.length);
    expect(tr.split("\n")).toHaveLength(all.length);
    expect(en.split("\n")).toHaveLength(all.length);
  });

  const words = index(tr, en);
  const find = (query: string) => search(all, words, query).map(({ glyph }) => glyph);

  it.each([
    ["gülen", "😀"],
    ["GULEN yuz", "😀"],
    ["heart", "❤️"],
    ["KALP", "❤️"],
    ["turkiye", "🇹🇷"],
    ["thumbs", "👍"],
    ["paket", "📦"],
  ])("%s finds %s", (query, glyph) => expect(find(query)).toContain(glyph));

  it("put what begins with the words first", () => {
    expect(find("köpek yüzü")[0]).toBe("🐶");
    expect(find("dog face")[0]).toBe("🐶");
  });

  it("find nothing for nonsense", () => expect(find("qqqxyz")).toEqual([]));
});

it("names a flag's country", () => {
  expect(countryOf("🇹🇷")).toBe("TR");
  expect(countryOf("🏴‍☠️")).toBeUndefined();
  expect(countryOf("😀")).toBeUndefined();
});
