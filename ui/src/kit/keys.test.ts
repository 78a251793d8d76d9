import { expect, it } from "vitest";
import { ariaKeys, keyWords } from "./keys";

it.each([
  ["a", "A", "A"],
  ["Shift+a", "Shift+A", "Shift+A"],
  ["Escape", "Esc", "Escape"],
  ["Mod+Shift+Enter", "Ctrl+Shift+Enter", "Control+Shift+Enter"],
  ["Mod+.", "Ctrl+.", "Control+."],
  ["-", "−", "-"],
  ["+", "+", "Plus"],
  ["Mod++", "Ctrl++", "Control+Plus"],
  ["ArrowLeft", "←", "ArrowLeft"],
])("the key %s is shown as %s, and told as %s", (name, words, aria) => {
  expect([keyWords(name, false), ariaKeys(name, false)]).toEqual([words, aria]);
});

it("has Cmd where Apple does", () => {
  expect([keyWords("Mod+k", true), ariaKeys("Mod+k", true)]).toEqual(["⌘+K", "Meta+K"]);
});
