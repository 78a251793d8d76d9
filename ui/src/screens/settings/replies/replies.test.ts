import { describe, expect, it } from "vitest";
import type { Reply } from "$api/types";
import { isShortcut, parse, write } from "./exchange";
import { arrange, categoriesOf, everything } from "./table";

function reply(id: string, given: Partial<Reply>): Reply {
  return {
    id,
    rev: 1,
    mine: false,
    title: id,
    shortcut: "",
    category: "",
    language: "",
    text: "text",
    enabled: true,
    uses: 0,
    used_at: null,
    updated_at: "2026-01-01T00:00:00.000Z",
    ...given,
  };
}

const all = [
  reply("a", {
    title: "Çıkış",
    uses: 3,
    language: "tr",
    category: "Kargo",
    used_at: "2026-02-01T00:00:00.000Z",
  }),
  reply("b", { title: "Cevap", uses: 9, language: "en", enabled: false, text: "İade süresi 14 gün" }),
  reply("c", { title: "Dönüş", uses: 1, shortcut: "donus", mine: true, category: "Ölçü" }),
];
const ids = (replies: Reply[]) => replies.map((reply) => reply.id).join("");
const byTitle = { column: "title", isDescending: false } as const;

describe("the table", () => {
  it("sorts as the language does", () => {
    expect(ids(arrange(all, everything, byTitle, "tr"))).toBe("bac");
    expect(ids(arrange(all, everything, { column: "title", isDescending: true }, "tr"))).toBe("cab");
    expect(ids(arrange(all, everything, { column: "uses", isDescending: true }, "tr"))).toBe("bac");
    expect(ids(arrange(all, everything, { column: "used", isDescending: true }, "tr"))).toBe("abc");
    expect(ids(arrange(all, everything, { column: "scope", isDescending: true }, "tr"))).toBe("cba");
  });

  it("narrows by words, language, category and state", () => {
    const narrow = (given: object) => ids(arrange(all, { ...everything, ...given }, byTitle, "tr"));
    expect(narrow({ query: "IADE gun" })).toBe("b");
    expect(narrow({ query: "/don" })).toBe("c");
    expect(narrow({ language: "tr" })).toBe("a");
    expect(narrow({ language: "" })).toBe("c");
    expect(narrow({ category: "Kargo" })).toBe("a");
    expect(narrow({ enabled: false })).toBe("b");
  });

  it("knows the categories in use", () => expect(categoriesOf(all, "tr")).toEqual(["Kargo", "Ölçü"]));

  it("stays fast with many", () => {
    const many = Array.from({ length: 5000 }, (_, i) =>
      reply(String(i), { title: `Yanıt ${i % 977}`, text: "ğ".repeat(200) }),
    );
    const begun = performance.now();
    expect(arrange(many, { ...everything, query: "yanit 12" }, byTitle, "tr").length).toBeGreaterThan(0);
    expect(performance.now() - begun).toBeLessThan(1500);
  });
});

describe("a file", () => {
  it("that was written is read again", () => {
    const rows = parse(write(all)) ?? [];
    expect(rows).toHaveLength(3);
    expect(rows[1]).toEqual({
      row: {
        title: "Cevap",
        shortcut: "",
        category: "",
        language: "en",
        text: "İade süresi 14 gün",
        enabled: false,
        mine: false,
      },
    });
  });

  it("is judged row by row", () => {
    const rows = parse(
      JSON.stringify([
        { title: " A ", text: "b", shortcut: "/ok-1" },
        { title: "", text: "b" },
        { title: "A", text: "  " },
        { title: "A", text: "b", shortcut: "Şu" },
        { title: "A", text: "b", language: "de" },
        { title: "A", text: "ş".repeat(5000) },
        7,
      ]),
    );
    expect(rows?.map((each) => ("fault" in each ? each.fault : each.row.shortcut))).toEqual([
      "ok-1",
      "title",
      "text",
      "shortcut",
      "language",
      "long",
      "odd",
    ]);
  });

  it.each(["", "{", "{}", "null", '"a"', "7"])("that is none: %s", (file) =>
    expect(parse(file)).toBeUndefined(),
  );
});

it.each([
  ["kargo-2", true],
  ["", true],
  ["Kargo", false],
  ["iade ", false],
  ["ığ", false],
])("shortcut %s: %s", (shortcut, want) => expect(isShortcut(shortcut)).toBe(want));
