import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "$api/types";
import { MemoryShelf } from "../../test/shelf";
import { PreferencesKeeper } from "./preferences.svelte";

type Hear = (event: { key: string; newValue: string | null }) => void;

/** What the tabs have been told of one another's storage, and not heard yet. */
let told: (() => void)[];
let hearers: Hear[];
const storage = new Map<string, string>();

/** One tab of the browser: the others hear what it stores, a moment later. */
function aTab(): PreferencesKeeper {
  const at = hearers.length;
  const shelf = new MemoryShelf();
  shelf.get = (name) => storage.get(name) ?? null;
  shelf.set = (name, value) => {
    if (storage.get(name) === value) return;
    storage.set(name, value);
    for (const hear of hearers.filter((_, i) => i !== at))
      told.push(() => hear({ key: `parley.${name}`, newValue: value }));
  };
  const keeper = new PreferencesKeeper({ prefer: async () => ({}) as Me }, shelf);
  keeper.run();
  return keeper;
}

beforeEach(() => {
  vi.useFakeTimers();
  [told, hearers] = [[], []];
  storage.clear();
  const root = { setAttribute: () => {}, removeAttribute: () => {}, style: {} };
  vi.stubGlobal("document", { documentElement: root });
  vi.stubGlobal("addEventListener", (_: string, hear: Hear) => hearers.push(hear));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("follows another tab, and two that were changed at once don't answer each other for ever", () => {
  const [here, there] = [aTab(), aTab()];
  here.change({ tone: 3 });
  for (const hear of told.splice(0)) hear();
  expect(there.now.tone).toBe(3);
  here.change({ volume: 10 });
  there.change({ volume: 90 });
  for (let i = 0; i < 100; i++) told.shift()?.();
  expect(told).toEqual([]);
});
