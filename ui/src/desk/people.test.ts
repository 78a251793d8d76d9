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
