import { expect, test } from "vitest";
import type { Agent, Roster } from "$api/types";
import { People } from "./people.svelte";

const anAgent = (id: string, rev: number, name = id) =>
  ({ id, rev, name, active: true, role: "agent" }) as Agent;
const aRoster = (agents: Agent[], presence: Roster["presence"] = {}): Roster => ({
  agents,
  presence,
  open: {},
});

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

test("a roster that was asked for earlier takes back nothing that was told since", () => {
  const people = new People();
  people.putRoster(aRoster([anAgent("ada", 1), anAgent("can", 1)]));
  const { told } = people;
  people.putAgent(anAgent("ada", 2, "Ada Kaya"));
  people.putAgent(anAgent("elif", 1));
  people.putPresence({ ada: "online" });
  people.putRoster(aRoster([anAgent("ada", 1), anAgent("can", 1)], { ada: "offline" }), told);
  expect(people.all.map(({ name }) => name)).toEqual(["Ada Kaya", "can", "elif"]);
  expect(people.presence("ada")).toBe("online");
});

test("after the data may have become other ones the next roster holds, whatever its revs", () => {
  const people = new People();
  people.putRoster(aRoster([anAgent("ada", 9, "Ada Kaya"), anAgent("elif", 9)]));
  people.mistrust();
  people.putRoster(aRoster([anAgent("ada", 3)], { ada: "online" }));
  expect(people.all.map(({ name }) => name)).toEqual(["ada"]);
  expect(people.presence("ada")).toBe("online");
});
