import { describe, expect, it } from "vitest";
import { endAt, isSpan, timeOf, withNight, withNightAfter } from "./spans";

describe("times of a working day", () => {
  it("are read as people write them", () => {
    const written = {
      "9": "09:00",
      "9.30": "09:30",
      "0930": "09:30",
      "930": "09:30",
      " 18:00 ": "18:00",
      "24": "24:00",
    };
    for (const [text, time] of Object.entries(written)) expect(timeOf(text), text).toBe(time);
    for (const text of ["", "25", "24:01", "9:60", "akşam", "9:3", "12:345"])
      expect(timeOf(text), text).toBeUndefined();
  });

  it("make a span when the second comes after the first", () => {
    expect(isSpan({ from: "09:00", to: "24:00" })).toBe(true);
    for (const to of ["09:00", "08:00", "", "akşam"]) expect(isSpan({ from: "09:00", to }), to).toBe(false);
  });

  it("take what began the evening before", () => {
    const night = { from: "00:00", to: "02:00" };
    const day = { from: "09:00", to: "18:00" };
    expect(withNight([], night)).toEqual([night]);
    expect(withNight([day], night)).toEqual([night, day]);
    expect(withNight([{ from: "00:00", to: "01:00" }, day], night)).toEqual([night, day]);
    expect(withNight([{ from: "00:00", to: "18:00" }], night)).toEqual([{ from: "00:00", to: "18:00" }]);
  });

  it("go on after a day with hours of its own, which makes the next one such a day", () => {
    const night = { from: "00:00", to: "02:00" };
    const office = { from: "09:00", to: "18:00" };
    const week = [[office], [], [], [], [office], [], []];
    const eve = { date: "2026-12-31", name: "Yılbaşı", spans: [{ from: "20:00", to: "24:00" }] };
    // The first of January of 2027 is a Friday.
    expect(withNightAfter([eve], "2026-12-31", night, week)).toEqual([
      eve,
      { date: "2027-01-01", spans: [night, office] },
    ]);
    const shut = { date: "2027-01-01", name: "Tatil" };
    expect(withNightAfter([eve, shut], "2026-12-31", night, week)).toEqual([
      eve,
      { date: "2027-01-01", name: "Tatil", spans: [night] },
    ]);
    expect(withNightAfter([{ date: "2028-02-28" }], "2028-02-28", night, week)).toEqual([
      { date: "2028-02-28" },
      { date: "2028-02-29", spans: [night] },
    ]);
  });

  it("go on the next day after midnight", () => {
    const span = { from: "22:00", to: "23:00" };
    expect(endAt(span, "2")).toEqual({
      span: { from: "22:00", to: "24:00" },
      night: { from: "00:00", to: "02:00" },
    });
    expect(endAt(span, "00:00")).toEqual({ span: { from: "22:00", to: "24:00" } });
    expect(endAt(span, "23.30")).toEqual({ span: { from: "22:00", to: "23:30" } });
    expect(endAt(span, "akşam")).toEqual({ span: { from: "22:00", to: "akşam" } });
  });
});
