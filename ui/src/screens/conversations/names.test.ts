import { describe, expect, it } from "vitest";
import { Words } from "$words/words.svelte";
import { visitorNumber } from "$text/visitorNumber";
import { customerInitials, customerName } from "./names";

globalThis.document ??= { documentElement: {} } as Document;
const words = new Words();
await words.use("en");
const { t } = words;
const known = (given: object) => ({ id: "0199-a", name: "", email: "", ...given });

describe("a customer", () => {
  it("is called by what is known of them", () => {
    expect(customerName(t, known({ name: "Ayşe", email: "a@example.com" }))).toBe("Ayşe");
    expect(customerName(t, known({ email: "a@example.com" }))).toBe("a@example.com");
    expect(customerName(t, known({}))).toMatch(/^Visitor \d{4}$/);
  });

  it("has the letters of their name, else of their address", () => {
    const letters = [{ name: "Ayşe Kaya", email: "x@example.com" }, { email: "info@example.com" }, {}];
    expect(letters.map((each) => customerInitials(known(each), "tr"))).toEqual(["AK", "İ", ""]);
  });
});

describe("a visitor's number", () => {
  it("is always the same, and short", () => {
    expect(visitorNumber("01994a6e-0000-7000-8000-00000000002a")).toBe(
      visitorNumber("01994a6e-0000-7000-8000-00000000002a"),
    );
  });

  it("tells apart those who come after one another", () => {
    const ids = Array.from({ length: 20 }, (_, i) => `01994a6e-0000-7000-8000-0000000000${10 + i}`);
    expect(new Set(ids.map(visitorNumber)).size).toBe(20);
    for (const id of ids) expect(visitorNumber(id)).toMatch(/^[1-9]\d{3}$/);
  });
});
