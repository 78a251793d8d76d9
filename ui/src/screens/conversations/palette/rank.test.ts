import { expect, test } from "vitest";
import { fit } from "./rank";

test("Turkish letters and capitals do not matter", () => {
  expect(fit("Çözümle ve sonrakine geç", "COZUM")).toBe(5);
  expect(fit("Arşiv", "arsiv")).toBe(5);
  expect(fit("İngilizce", "ingil")).toBe(5);
});

test("the start of the name goes before the start of words, and that before their middle", () => {
  expect(fit("Assign to me", "assign")).toBeGreaterThan(fit("Go to assigned", "assign"));
  expect(fit("Go to assigned", "assign")).toBeGreaterThan(fit("Unassigned", "assign"));
  expect(fit("Unassigned", "assign")).toBeGreaterThan(fit("Resolve", "rslv"));
});

test("words may come in any order, each begun", () => {
  expect(fit("Theme: dark", "dark theme")).toBe(4);
});

test("what does not fit is out", () => {
  expect(fit("Resolve", "arch")).toBe(0);
  expect(fit("Resolve", "xyz")).toBe(0);
  expect(fit("Resolve", "v")).toBe(3);
});

test("without anything typed everything fits", () => {
  expect(fit("Resolve", " ")).toBe(1);
});
