import { expect, test } from "vitest";
import { asTag, fitting } from "./tags.svelte";

const all = [
  { tag: "kargo", count: 3 },
  { tag: "iade", count: 9 },
  { tag: "geç kargo", count: 40 },
  { tag: "çıkış", count: 1 },
];
const names = (query: string, present: string[] = []) => fitting(all, query, present).map((each) => each.tag);

test("what begins so comes before what is used more", () => {
  expect(names("kar")).toEqual(["kargo", "geç kargo"]);
});

test("without a query the tag used most comes first, and those that are there are left out", () => {
  expect(names("", ["iade"])).toEqual(["geç kargo", "kargo", "çıkış"]);
});

test("Turkish letters are found without their marks", () => {
  expect(names("CIKIS")).toEqual(["çıkış"]);
});

test("a tag is written as the server writes it", () => {
  expect(asTag("  İade   TALEBİ ")).toBe("iade talebi");
});
