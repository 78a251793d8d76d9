import { expect, test } from "vitest";
import { People } from "./people.svelte";

test("whoever comes or goes is added to those who were there, and a new greeting replaces all", () => {
  const people = new People();
  people.putPresence({ ada: "online", can: "online" });
  people.changePresence({ can: "offline", elif: "away" });
  expect(["ada", "can", "elif", "nobody"].map((id) => people.presence(id))).toEqual([
    "online",
    "offline",
    "away",
    "offline",
  ]);
  people.putPresence({ can: "online" });
  expect([people.presence("ada"), people.presence("can")]).toEqual(["offline", "online"]);
});

test("who is on a website is known from the greeting on, one by one, and only while connected", () => {
  const people = new People();
  expect(people.isGuest("ada")).toBeUndefined();
  people.putGuests(["ada"]);
  people.changeGuest("can", true);
  expect(["ada", "can", "elif"].map((id) => people.isGuest(id))).toEqual([true, true, false]);
  people.changeGuest("ada", false);
  expect(people.isGuest("ada")).toBe(false);
  people.forgetMoments();
  expect(people.isGuest("can")).toBeUndefined();
  people.putGuests([]);
  expect(people.isGuest("can")).toBe(false);
});
