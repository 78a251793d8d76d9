import { describe, expect, it } from "vitest";
import { findFolded, fold, foldWithOrigin } from "./fold";
import vectors from "./fold.vectors.json";
import { initials } from "./initials";
import { pieces } from "./links";
import { segments } from "./marks";

describe("fold", () => {
  it.each(vectors)("$in → $out", (vector) => expect(fold(vector.in)).toBe(vector.out));

  it("of a folded text changes nothing", () => {
    for (const vector of vectors) expect(fold(vector.out)).toBe(vector.out);
  });

  it("keeps the way back when a letter changes its length", () => {
    const folded = foldWithOrigin("a\u0301ﬁ😀b");
    expect(folded.text).toBe("afi😀b");
    expect(folded.origin).toEqual([0, 2, 2, 3, 3, 5, 6]);
  });

  it("marks whole letters", () => {
    expect(findFolded("Gönderİ İade", "iade")).toEqual([8, 12]);
    expect(findFolded("cafe\u0301 x", "CAFÉ")).toEqual([0, 5]);
    expect(findFolded("abc", "")).toBeUndefined();
    expect(findFolded("abc", "z")).toBeUndefined();
  });
});

describe("segments", () => {
  it("join to the text, whatever the ranges", () => {
    const text = "kargo nerede kaldı";
    const cut = segments(text, [
      [6, 12],
      [0, 5],
      [3, 8],
      [15, 99],
      [40, 50],
    ]);
    expect(cut.map((s) => s.text).join("")).toBe(text);
    expect(cut.filter((s) => s.marked).map((s) => s.text)).toEqual(["kargo", " ne", "rede", "ldı"]);
  });

  it("of no ranges are one plain segment", () => {
    expect(segments("abc", [])).toEqual([{ text: "abc", marked: false }]);
    expect(segments("", [])).toEqual([]);
  });
});

describe("pieces", () => {
  const links = (text: string) => pieces(text).filter((p) => p.href);

  it.each([
    ["see https://example.com/a?b=1.", "https://example.com/a?b=1", "https://example.com/a?b=1"],
    ["(www.example.com.tr)", "www.example.com.tr", "https://www.example.com.tr/"],
    ["https://tr.wikipedia.org/wiki/Ege_(bölge)", "https://tr.wikipedia.org/wiki/Ege_(bölge)", undefined],
    ["Yaz: destek@example.com!", "destek@example.com", "mailto:destek@example.com"],
  ])("%s", (text, shown, href) => {
    const [link, ...more] = links(text);
    expect(more).toEqual([]);
    expect(link?.text).toBe(shown);
    if (href) expect(link?.href).toBe(href);
    expect(
      pieces(text)
        .map((p) => p.text)
        .join(""),
    ).toBe(text);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "https://", "http://x", "ftp://example.com", "a@b"])(
    "makes no link of %s",
    (text) => expect(links(text)).toEqual([]),
  );

  it.each([
    ["x".repeat(32_768), 0],
    ["https://example.com/" + ")".repeat(32_700), 1],
    ["a@" + "b".repeat(32_700), 0],
    ["a@b.".repeat(8_000), 4_000],
  ])("takes no time for one long word: %.20s", (text, found) => {
    const started = performance.now();
    expect(links(text).length).toBe(found);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("initials", () => {
  it.each([
    ["ipek ırmak", "tr", "İI"],
    ["Ada Lovelace King", "en", "AK"],
    ["Zoë", "en", "Z"],
    ["", "tr", ""],
    ["  42 ", "tr", ""],
  ])("%s (%s) → %s", (name, language, want) => expect(initials(name, language)).toBe(want));
});
