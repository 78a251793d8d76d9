import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Connection } from "./connection.svelte";

let connection: Connection;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("navigator", { onLine: true });
  connection = new Connection();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (milliseconds: number) => vi.advanceTimersByTime(milliseconds);
const lose = (wait = 1_000) => connection.phase("waiting", wait, false);
const open = () => connection.phase("open", 0, false);

describe("what is said of the connection", () => {
  it("is nothing of a short loss", () => {
    open();
    lose();
    pass(1_000);
    open();
    pass(60_000);
    expect([connection.trouble, connection.restored]).toEqual([undefined, undefined]);
    connection.return(2);
    expect(connection.restored).toBeUndefined();
  });

  it("is the loss, then the return for a moment, each time anew", () => {
    for (const messages of [2, 0, 5]) {
      open();
      lose();
      pass(1_500);
      expect(connection.trouble).toBe("reconnecting");
      open();
      connection.return(messages);
      expect([connection.trouble, connection.restored]).toEqual([undefined, messages]);
      pass(3_000);
      expect(connection.restored).toBeUndefined();
    }
  });

  it("is a loss also while a return is being said", () => {
    lose();
    pass(1_500);
    open();
    connection.return(1);
    pass(1_000);
    lose();
    pass(1_500);
    expect([connection.trouble, connection.restored]).toEqual(["reconnecting", undefined]);
    pass(10_000);
    expect(connection.trouble).toBe("reconnecting");
  });

  it("ends with the first connection of the page, which is no return", () => {
    lose();
    pass(1_500);
    open();
    connection.greeted();
    expect([connection.trouble, connection.restored]).toEqual([undefined, undefined]);
  });

  it("names the reason that is known last", () => {
    lose();
    pass(1_500);
    vi.stubGlobal("navigator", { onLine: false });
    connection.phase("connecting", 0, false);
    lose();
    expect(connection.trouble).toBe("offline");
    connection.phase("waiting", 1_000, true);
    expect(connection.trouble).toBe("restarting");
  });

  it("counts to the next try only while one is waited for", () => {
    lose(2_000);
    expect(connection.retryAt).toBe(Date.now() + 2_000);
    connection.phase("connecting", 0, false);
    expect(connection.retryAt).toBeUndefined();
  });
});
