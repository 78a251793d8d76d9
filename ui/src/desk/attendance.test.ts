import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Attendance, idleAfter } from "./attendance.svelte";
import type { Standing } from "./preferences";

let said: string[];
let standing: Standing;
let attendance: Attendance;
let end: () => void;
let page: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  [said, standing, page] = [[], "auto", new EventTarget()];
  attendance = new Attendance(
    () => standing,
    (say) => said.push("state" in say ? say.state : say.type),
  );
  end = attendance.run(page);
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

const move = () => page.dispatchEvent(new Event("pointermove"));

describe("attendance", () => {
  it("says nothing of who is there: the server takes that for granted", () => {
    attendance.connected();
    move();
    expect(said).toEqual([]);
  });

  it("is away after five quiet minutes, and back with the first sign", () => {
    vi.advanceTimersByTime(idleAfter - 1);
    expect(attendance.state).toBe("online");
    vi.advanceTimersByTime(1);
    expect([attendance.state, said]).toEqual(["away", ["away"]]);
    move();
    expect([attendance.state, said]).toEqual(["online", ["away", "online"]]);
  });

  it("counts from the last sign", () => {
    vi.advanceTimersByTime(idleAfter - 10_000);
    move();
    vi.advanceTimersByTime(idleAfter - 10_000);
    expect(said).toEqual([]);
  });

  it("goes by what an agent wishes", () => {
    standing = "away";
    attendance.tell();
    move();
    expect(said).toEqual(["away"]);
    standing = "online";
    attendance.tell();
    vi.advanceTimersByTime(2 * idleAfter);
    standing = "offline";
    attendance.tell();
    move();
    expect(said).toEqual(["away", "online", "offline"]);
  });

  it("tells a new connection again", () => {
    standing = "away";
    attendance.tell();
    attendance.connected();
    expect(said).toEqual(["away", "away"]);
  });
});
