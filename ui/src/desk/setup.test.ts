import { beforeEach, describe, expect, it } from "vitest";
import { MemoryShelf } from "../../test/shelf";
import type { Shelf } from "./keep";
import { endSetup, isHalfSetUp, keepProgress, readProgress, type SetupProgress } from "./setup";

let shelf: Shelf;

const progress = (given: Partial<SetupProgress> = {}): SetupProgress => ({
  reached: 2,
  isAsked: false,
  zone: "Europe/Istanbul",
  name: "Ayça Demirtaş",
  email: "ayca@example.com",
  team: "",
  bot: "",
  ...given,
});

beforeEach(() => {
  shelf = new MemoryShelf();
});

describe("the first run's progress", () => {
  it("is read as it was kept, until set-up is over", () => {
    expect(readProgress(shelf)).toBeUndefined();
    keepProgress(shelf, progress({ team: "Ayvadan" }));
    expect(readProgress(shelf)).toEqual(progress({ team: "Ayvadan" }));
    endSetup(shelf);
    expect(readProgress(shelf)).toBeUndefined();
  });

  it.each(["", "null", "[1", '"text"'])("that is no progress, %s, is none", (text) => {
    shelf.set("setup", text);
    expect(isHalfSetUp(shelf, "owner")).toBe(false);
  });

  it("with fields that make no sense begins at the first step", () => {
    shelf.set("setup", '{"reached":9,"isAsked":"yes","name":7}');
    expect(readProgress(shelf)).toMatchObject({ reached: 1, isAsked: false, name: "" });
  });
});

describe("what is left of the set-up", () => {
  it.each([
    ["before the owner was asked for", progress(), "owner", false],
    ["when the answer was lost", progress({ isAsked: true }), "owner", true],
    ["after the owner was made", progress({ reached: 3 }), "owner", true],
    ["for somebody who is no owner", progress({ reached: 3 }), "agent", false],
    ["while nobody is known", progress({ reached: 3 }), undefined, false],
  ])("%s", (_, kept, role, expected) => {
    keepProgress(shelf, kept);
    expect(isHalfSetUp(shelf, role)).toBe(expected);
  });
});
