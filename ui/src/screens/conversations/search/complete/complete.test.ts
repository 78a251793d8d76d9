import { describe, expect, it } from "vitest";
import type { Agent, CustomerRef } from "$api/types";
import { Words, type Language } from "$words/words.svelte";
import { en } from "$words/en";
import { pieceAt, replaced, written, type FilterName } from "./language";
import { allFilters, suggestionsFor, type Stock } from "./values";
import vectors from "./written.vectors.json";

/** The piece at the caret, which the text marks with |. */
const at = (marked: string) => pieceAt(marked.replace("|", ""), marked.indexOf("|"));

describe("the piece at the caret", () => {
  it.each([
    ["fr|", { name: undefined, typed: "fr", from: 0, to: 2 }],
    ["kargo fr|", { name: undefined, typed: "fr", from: 6, to: 8 }],
    ["kargo tag:|", { name: "tag", typed: "", from: 6, to: 10 }],
    ["tag:ia| kargo", { name: "tag", typed: "ia", from: 0, to: 6 }],
    ['agent:"Işıl Ça|', { name: "agent", typed: "Işıl Ça", from: 0, to: 14 }],
    ["“hata kodu” ETİKET:ia|", { name: "tag", typed: "ia", from: 12, to: 21 }],
    ["müşteri:“Ayşe K|", { name: "customer", typed: "Ayşe K", from: 0, to: 15 }],
  ])("%s", (text, piece) => expect(at(text)).toEqual(piece));

  it.each([
    "|",
    "kargo |",
    "|kargo",
    "ka|rgo",
    '"hata ko|',
    '"hata kodu"|',
    "renk:ma|",
    'agent:"Işıl"|',
    "tag:i|ade",
  ])("none: %s", (text) => expect(at(text)).toBeUndefined());
});

describe("what is written", () => {
  it.each(vectors)("$text", ({ language, name, value, text }) =>
    expect(written(language as Language, name as FilterName, value)).toBe(text),
  );

  it("can hold no quotation mark, and has a value", () => {
    expect(written("tr", "tag", "19” ekran")).toBeUndefined();
    expect(written("tr", "tag", " ")).toBeUndefined();
  });

  it.each([
    ["kargo ta|", "tag:", "kargo tag:|"],
    ["tag:ia|", "tag:iade", "tag:iade |"],
    ["tag:ia| kargo", "tag:iade", "tag:iade |kargo"],
    ['agent:"ışı|', 'agent:"Işıl Çağlar"', 'agent:"Işıl Çağlar" |'],
  ])("takes the place of %s", (marked, by, want) => {
    const piece = at(marked) ?? { name: undefined, typed: "", from: 0, to: 0 };
    const { text, caret } = replaced(marked.replace("|", ""), piece, by);
    expect(`${text.slice(0, caret)}|${text.slice(caret)}`).toBe(want);
  });
});

const agent = (name: string, email: string): Agent =>
  ({ id: email, name, email, active: true, role: "agent" }) as unknown as Agent;
const customer = (name: string, email: string): CustomerRef => ({
  id: email,
  rev: 1,
  name,
  email,
  blocked: false,
  language: "tr",
});

const stock: Stock = {
  agents: [
    agent("Işıl Çağlar", "isil@example.com"),
    agent("Ali Can", "ali1@example.com"),
    agent("Ali Can", "ali2@example.com"),
  ],
  me: "isil@example.com",
  teams: [
    { id: "t1", rev: 1, name: "İade ve Değişim", members: ["isil@example.com"], active: true },
    { id: "t2", rev: 1, name: "Kargo", members: [], active: true },
  ],
  tags: [
    { tag: "iade", count: 3 },
    { tag: "çok acil", count: 1 },
    { tag: "19” ekran", count: 1 },
  ],
  customers: [customer("Ayşe Kaya", "ayse@example.com"), customer("", "web@example.com")],
  bot: "JetBot",
  now: new Date(2026, 10, 29, 12).getTime(),
};

describe("suggestions", async () => {
  const words = new Words();
  globalThis.document ??= { documentElement: {} } as Document;
  await words.use("tr");
  const texts = (marked: string) => suggestionsFor(at(marked), stock, words).map(({ text }) => text);

  it("say all filters in the page's language", () => {
    const all = allFilters(words);
    expect(all.map(({ text }) => text).join(" ")).toBe(
      "kimden: temsilci: ekip: müşteri: etiket: görünüm: sonra: önce: var:",
    );
    expect(all.every(({ says }) => says !== "" && !(says in en))).toBe(true);
  });

  it.each<[string, string[]]>([
    ["f|", []],
    ["fr|", ["kimden:"]],
    ["etik|", ["etiket:"]],
    ["müş|", ["müşteri:"]],
    ["kargo|", []],
    ["from:|", ["kimden:müşteri", "kimden:temsilci", "kimden:bot", "kimden:not"]],
    ["from:müş|", ["kimden:müşteri"]],
    ["tag:|", ["etiket:iade", 'etiket:"çok acil"']],
    ["tag:AC|", ['etiket:"çok acil"']],
    ["view:çözümlenm|", ["görünüm:çözümlenmemiş"]],
    ["agent:ben|", ["temsilci:ben"]],
    ["agent:isi|", ['temsilci:"Işıl Çağlar"']],
    ["agent:ali|", ["temsilci:ali1@example.com", "temsilci:ali2@example.com"]],
    ["eki|", ["ekip:"]],
    ["team:|", ['ekip:"İade ve Değişim"', "ekip:Kargo"]],
    ["ekip:degis|", ['ekip:"İade ve Değişim"']],
    ['customer:"ayse k|', ['müşteri:"Ayşe Kaya"']],
    ["customer:web|", ["müşteri:web@example.com"]],
    ["after:du|", ["sonra:dün"]],
    ["after:14d|", ["sonra:14g"]],
    ["before:ekim|", ["önce:2026-10"]],
    ["before:3.9.2026|", ["önce:3.9.2026"]],
    ["before:31.2.2026|", []],
    ["has:|", ["var:dosya"]],
    ["var:dos|", ["var:dosya"]],
    ["agent:me|", ["temsilci:ben"]],
    ["view:arc|", ["görünüm:arşiv"]],
  ])("for %s", (marked, want) => expect(texts(marked)).toEqual(want));

  it("say what a day is", () => {
    const [day] = suggestionsFor(at("before:2026-09-03|"), stock, words);
    expect(day).toEqual({ text: "önce:2026-09-03", says: "3 Eyl 2026" });
  });

  it("are written in the page's language", async () => {
    const english = new Words();
    await english.use("en");
    const texts = (marked: string) => suggestionsFor(at(marked), stock, english).map(({ text }) => text);
    expect(allFilters(english)[0]?.text).toBe("from:");
    expect(["etiket:ia|", "temsilci:ben|", "sonra:14g|", "var:dos|"].flatMap(texts)).toEqual([
      "tag:iade",
      "agent:me",
      "after:14d",
      "has:file",
    ]);
  });
});
