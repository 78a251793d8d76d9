import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { faultWords } from "./faults";

const codes = [...readFileSync("../desk/error.go", "utf8").matchAll(/Code = "(\w+)"/g)].map(
  ([, code]) => code ?? "",
);

it("every code of the server has words of its own, but the one for its own faults", () => {
  const key = ((key: string) => key) as Parameters<typeof faultWords>[0];
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => faultWords(key, code) === "error.other")).toEqual(["internal"]);
});
