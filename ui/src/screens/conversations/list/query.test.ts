import { describe, expect, it } from "vitest";
import { noFilters, type Filters } from "../../../route/filters";
import { queryFor, sortOf, type Ground } from "./query";

const local = (year: number, month: number, day: number) => new Date(year, month - 1, day).getTime();
const ground: Ground = {
  me: "ada",
  preferences: { hideResolved: false, sorts: { assigned: "oldest" } },
  now: new Date(2026, 2, 9, 14, 30).getTime(),
};
const asked = (filters: Partial<Filters>) => queryFor("inbox", { ...noFilters, ...filters }, ground);

describe("what a list asks for", () => {
  it("is the whole view, newest first", () => {
    expect(asked({})).toEqual({ view: "inbox", sort: "newest", unread: false, hideResolved: false });
  });

  it("is what the filters say", () => {
    const narrowed = { unread: true, tag: "iade", channel: "web", language: "tr" };
    expect(asked({ ...narrowed, mine: true, sort: "waiting" })).toMatchObject({
      ...narrowed,
      agent: "ada",
      sort: "waiting",
    });
  });

  it("is another agent's, where that is asked for", () => {
    expect(asked({ agent: "grace" }).agent).toBe("grace");
    expect(asked({ agent: "grace", mine: true }).agent).toBe("ada");
  });

  it("goes by the days of this browser's time zone", () => {
    expect(asked({ since: "today" }).since).toBe(local(2026, 3, 9));
    expect(asked({ since: "7d" }).since).toBe(local(2026, 3, 3));
    expect(asked({ since: "30d" }).since).toBe(local(2026, 2, 8));
    const { since, until } = asked({ since: "2026-02-01", until: "2026-02-28" });
    expect([since, until]).toEqual([local(2026, 2, 1), local(2026, 3, 1)]);
  });

  it("leaves the resolved out of the inbox alone", () => {
    const hiding = { ...ground, preferences: { ...ground.preferences, hideResolved: true } };
    expect(queryFor("inbox", noFilters, hiding).hideResolved).toBe(true);
    expect(queryFor("resolved", noFilters, hiding).hideResolved).toBe(false);
  });

  it("is in the order of the address, else in the one of the tab", () => {
    expect(sortOf("assigned", noFilters, ground.preferences)).toBe("oldest");
    expect(sortOf("assigned", { ...noFilters, sort: "newest" }, ground.preferences)).toBe("newest");
    expect(sortOf("inbox", noFilters, ground.preferences)).toBe("newest");
  });
});
