import { describe, expect, it } from "vitest";
import type { Agent, CustomerRef } from "$api/types";
import { Words } from "$words/words.svelte";
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
  it.each(vectors)("$text", ({ name, value, text }) => expect(written(name as FilterName, value)).toBe(text));

  it("can hold no quotation mark, and has a value", () => {
    expect(written("tag", "19” ekran")).toBeUndefined();
    expect(written("tag", " ")).toBeUndefined();
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
    const all = allFilters(words.t);
    expect(all.map(({ text }) => text).join(" ")).toBe(
      "from: agent: team: customer: tag: view: after: before: has:",
    );
    expect(all.every(({ says }) => says !== "" && !(says in en))).toBe(true);
  });

  it.each<[string, string[]]>([
    ["f|", []],
    ["fr|", ["from:"]],
    ["etik|", ["tag:"]],
    ["müş|", ["customer:"]],
    ["kargo|", []],
    ["from:|", ["from:customer", "from:agent", "from:bot", "from:note"]],
    ["from:müş|", ["from:customer"]],
    ["tag:|", ["tag:iade", 'tag:"çok acil"']],
    ["tag:AC|", ['tag:"çok acil"']],
    ["view:çözümlenm|", ["view:unresolved"]],
    ["agent:ben|", ["agent:me"]],
    ["agent:isi|", ['agent:"Işıl Çağlar"']],
    ["agent:ali|", ["agent:ali1@example.com", "agent:ali2@example.com"]],
    ["eki|", ["team:"]],
    ["team:|", ['team:"İade ve Değişim"', "team:Kargo"]],
    ["ekip:degis|", ['team:"İade ve Değişim"']],
    ['customer:"ayse k|', ['customer:"Ayşe Kaya"']],
    ["customer:web|", ["customer:web@example.com"]],
    ["after:du|", ["after:yesterday"]],
    ["after:14d|", ["after:14d"]],
    ["before:ekim|", ["before:2026-10"]],
    ["before:3.9.2026|", ["before:3.9.2026"]],
    ["before:31.2.2026|", []],
    ["has:|", ["has:file"]],
    ["var:dos|", ["has:file"]],
  ])("for %s", (marked, want) => expect(texts(marked)).toEqual(want));

  it("say what a day is", () => {
    const [day] = suggestionsFor(at("before:2026-09-03|"), stock, words);
    expect(day).toEqual({ text: "before:2026-09-03", says: "3 Eyl 2026" });
  });
});
