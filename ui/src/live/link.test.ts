import { beforeEach, describe, expect, it } from "vitest";
import type { Conversation } from "$api/types";
import { backoff, spread } from "./backoff";
import { readFrame, type Frame } from "./frames";
import { Link, type Effect } from "./link";

let link: Link;
let random = 0.5;

const frame = (given: Frame) => link.handle({ type: "frame", frame: given });
const hello = (sequence: number, epoch = "e1") => frame({ type: "hello", epoch, sequence });
const change = (seq: number, type = "message.posted") =>
  frame({ seq, type, conversation: { number: seq } as Conversation });
const close = (code = 1006, reason = "") => link.handle({ type: "closed", code, reason });
const types = (effects: Effect[]) => effects.map((effect) => effect.type);
const retry = (effects: Effect[]) =>
  effects.find((e) => e.type === "set" && e.name === "retry") as { milliseconds: number } | undefined;

beforeEach(() => {
  random = 0.5;
  link = new Link(() => random);
  link.handle({ type: "start" });
});

describe("a link", () => {
  it("starts at the head and takes its position from the greeting", () => {
    expect(types(hello(40))).toContain("greeted");
    expect(link.phase).toBe("open");
    expect(link.position).toEqual({ epoch: "e1", sequence: 40 });
  });

  it("lets every change through once, in order", () => {
    hello(40);
    expect(types(change(41))).toContain("change");
    expect(types(change(41))).not.toContain("change");
    expect(types(change(39))).not.toContain("change");
    expect(types(change(44))).toContain("change");
    expect(link.position?.sequence).toBe(44);
  });

  it("resumes from where it stopped and says how much it missed", () => {
    hello(40);
    change(41);
    close();
    const effects = link.handle({ type: "timer", name: "retry" });
    expect(effects).toContainEqual({ type: "connect", position: { epoch: "e1", sequence: 41 } });
    expect(types(hello(45))).not.toContain("greeted");
    change(42);
    change(43, "conversation.resolved");
    change(44);
    expect(link.handle({ type: "timer", name: "settled" })).toEqual([{ type: "restored", messages: 2 }]);
    expect(link.position?.sequence).toBe(44);
  });

  it("resets when the server says so, and goes on from there", () => {
    hello(40);
    expect(types(frame({ type: "reset", epoch: "e1", sequence: 90 }))).toContain("reset");
    expect(types(change(90))).not.toContain("change");
    expect(types(change(91))).toContain("change");
  });

  it("resets when the data file is another one", () => {
    hello(40);
    close();
    link.handle({ type: "timer", name: "retry" });
    expect(types(hello(7, "e2"))).toContain("reset");
    expect(link.position).toEqual({ epoch: "e2", sequence: 7 });
  });

  it("answers a heartbeat and moves on with it", () => {
    hello(40);
    expect(frame({ type: "ping", sequence: 60 })).toContainEqual({ type: "say", say: { type: "pong" } });
    expect(link.position?.sequence).toBe(60);
    frame({ type: "ping", sequence: 50 });
    expect(link.position?.sequence).toBe(60);
  });

  it("drops a connection that fell silent", () => {
    hello(40);
    const effects = link.handle({ type: "timer", name: "silence" });
    expect(types(effects)).toContain("drop");
    expect(link.phase).toBe("waiting");
    expect(retry(effects)).toBeDefined();
  });

  it("waits longer each time, and starts over only after a stable while", () => {
    const waits: (number | undefined)[] = [];
    for (let i = 0; i < 3; i++) {
      waits.push(retry(close())?.milliseconds);
      link.handle({ type: "timer", name: "retry" });
      hello(40);
    }
    expect(waits).toEqual([250, 500, 1000]);
    link.handle({ type: "timer", name: "stable" });
    expect(retry(close())?.milliseconds).toBe(250);
  });

  it("spreads its return when the server restarts", () => {
    hello(40);
    expect(retry(close(1012, "retry_after=4"))?.milliseconds).toBe(2000);
    expect(link.isRestarting).toBe(true);
    link.handle({ type: "timer", name: "retry" });
    close();
    expect(link.isRestarting).toBe(true);
    link.handle({ type: "timer", name: "retry" });
    hello(40);
    expect(link.isRestarting).toBe(false);
  });

  it("tries at once when nudged, but only while waiting", () => {
    expect(link.handle({ type: "nudge" })).toEqual([]);
    close();
    expect(types(link.handle({ type: "nudge" }))).toContain("connect");
  });

  it("ends with the session and takes up again on a new start", () => {
    hello(40);
    expect(types(close(4401))).toContain("ended");
    expect(link.handle({ type: "timer", name: "retry" })).toEqual([]);
    expect(types(link.handle({ type: "start" }))).toContain("connect");
  });

  it("hears nothing after it was stopped", () => {
    hello(40);
    expect(types(link.handle({ type: "stop" }))).toContain("drop");
    expect(change(41)).toEqual([]);
    expect(close()).toEqual([]);
    expect(link.position).toBeUndefined();
  });
});

describe("backoff", () => {
  it("stays between its floor and 30 s, however long it goes on", () => {
    for (let attempt = 0; attempt < 100; attempt++) {
      for (const share of [0, 0.3, 0.999999]) {
        const wait = backoff(attempt, share);
        expect(wait).toBeGreaterThanOrEqual(250);
        expect(wait).toBeLessThanOrEqual(30_000);
      }
    }
    expect(backoff(99, 0.999999)).toBe(30_000);
  });

  it("reads a hint, and only a hint", () => {
    expect(spread("retry_after=10", 0.5)).toBe(5000);
    expect(spread("retry_after=9999", 0.999999)).toBe(30_000);
    expect(spread("bye", 0.5)).toBeUndefined();
    expect(spread("retry_after=-4", 0.5)).toBeUndefined();
  });
});

describe("readFrame", () => {
  it.each(["", "[]", "null", "{", '{"seq":1}', '{"type":4}', '"x"'])("makes nothing of %s", (text) =>
    expect(readFrame(text)).toBeUndefined(),
  );
  it("reads a frame", () => expect(readFrame('{"type":"ping"}')).toEqual({ type: "ping" }));
});
