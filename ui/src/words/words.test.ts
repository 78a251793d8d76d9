import { describe, expect, it } from "vitest";
import { dayKey, daysBetween, Dates, formatsOf, startOf } from "./dates";
import { fill, type Grammar } from "./message";

const grammar = (language: string): Grammar => ({
  plural: (n) => new Intl.PluralRules(language).select(n),
  number: (n) => new Intl.NumberFormat(language).format(n),
});

describe("a message", () => {
  const files = { one: "{n} file of {name}", other: "{n} files of {name}" };

  it("counts as its language does", () => {
    expect(fill(files, { n: 1, name: "Ada" }, grammar("en"))).toBe("1 file of Ada");
    expect(fill(files, { n: 12174, name: "Ada" }, grammar("en"))).toBe("12,174 files of Ada");
    expect(fill("{n} dosya", { n: 12174 }, grammar("tr"))).toBe("12.174 dosya");
  });

  it("writes a name as it is given", () => {
    expect(fill("#{n}", { n: "12174" }, grammar("tr"))).toBe("#12174");
    expect(fill("{a}", { a: "{b} $& $1" }, grammar("en"))).toBe("{b} $& $1");
  });

  it("shows a place that nothing fills", () => {
    expect(fill("{a} {b}", { a: "x" }, grammar("en"))).toBe("x {b}");
  });
});

describe("dates", () => {
  const now = new Date(2026, 2, 9, 14, 5).getTime();
  const ago = (minutes: number) => now - minutes * 60_000;
  const datesOf = (language: string) => {
    const formats = formatsOf(language);
    return new Dates(() => formats);
  };
  const [tr, en] = [datesOf("tr"), datesOf("en")];

  it.each([
    [0.5, undefined, undefined],
    [5, "5 dk", "5 min"],
    [59, "59 dk", "59 min"],
    [125, "12:00", "12:00"],
    [60 * 24, "Dün", "Yesterday"],
    [60 * 24 * 8, "1 Mar", "Mar 1"],
    [60 * 24 * 365, "9 Mar 2025", "Mar 9, 2025"],
  ])("%d minutes ago", (minutes, turkish, english) => {
    expect(tr.brief(ago(minutes), now)).toBe(turkish);
    expect(en.brief(ago(minutes), now)).toBe(english);
  });

  it("name days", () => {
    expect([tr.day(now, now), tr.day(ago(60 * 24), now)]).toEqual(["Bugün", "Dün"]);
    expect(tr.day(ago(60 * 24 * 2), now)).toBe("7 Mart 2026 Cumartesi");
  });

  it("say spans in their largest unit, never less than a minute", () => {
    expect([0.2, 12, 61, 60 * 26].map((minutes) => tr.span(minutes * 60_000))).toEqual([
      "1 dk",
      "12 dk",
      "1 sa",
      "1 gün",
    ]);
  });

  it("count midnights, not hours", () => {
    const midnight = new Date(2026, 2, 9).getTime();
    expect(daysBetween(midnight - 1, midnight)).toBe(1);
    expect(daysBetween(midnight, midnight + 86_399_999)).toBe(0);
    expect(dayKey(midnight)).toBe("2026-03-09");
  });
});

it("a day begins in this browser's zone", () => {
  expect(startOf("2026-03-09")).toBe(new Date(2026, 2, 9).getTime());
  expect(startOf("2026-03-31", 1)).toBe(new Date(2026, 3, 1).getTime());
  for (const none of ["", "someday", undefined]) expect(startOf(none)).toBeUndefined();
});
