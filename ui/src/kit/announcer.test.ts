import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Announcer } from "./announcer.svelte";

let announcer: Announcer;

beforeEach(() => {
  vi.useFakeTimers();
  announcer = new Announcer();
});
afterEach(() => vi.useRealTimers());

const pass = () => vi.advanceTimersByTime(100);

it("says all that is told in one moment, and the same words twice", () => {
  announcer.say("Archived");
  announcer.say("3 selected");
  announcer.interrupt("Not saved");
  expect([announcer.polite, announcer.assertive]).toEqual(["", ""]);
  pass();
  expect([announcer.polite, announcer.assertive]).toEqual(["Archived\n3 selected", "Not saved"]);
  announcer.interrupt("Not saved");
  pass();
  expect(announcer.assertive).toBe("Not saved\u00a0");
});

it("says nothing again in another place, and there what was told on the way", () => {
  announcer.interrupt("Not saved");
  pass();
  announcer.say("Saved");
  announcer.clear();
  pass();
  expect([announcer.polite, announcer.assertive]).toEqual(["Saved", ""]);
});
