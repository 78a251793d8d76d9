import { describe, expect, it } from "vitest";
import { atEnd, Derived, effect, flush, Scope, Signal, untracked, within } from "./signal";

/** Runs an effect that notes what it saw. */
function seen<T>(read: () => T): T[] {
  const all: T[] = [];
  effect(() => all.push(read()));
  return all;
}

describe("an effect", () => {
  it("runs at once, and once for all changes of a turn", async () => {
    const [a, b] = [new Signal(1), new Signal(10)];
    const all = seen(() => a.value + b.value);
    a.value = 2;
    b.value = 20;
    expect(all).toEqual([11]);
    await Promise.resolve();
    expect(all).toEqual([11, 22]);
  });

  it("rests when nothing has changed", () => {
    const a = new Signal("x");
    const all = seen(() => a.value);
    a.value = "x";
    flush();
    expect(all).toEqual(["x"]);
  });

  it("hangs only on what it read the last time", () => {
    const [which, a, b] = [new Signal("a"), new Signal(1), new Signal(2)];
    const all = seen(() => (which.value === "a" ? a.value : b.value));
    which.value = "b";
    flush();
    a.value = 9;
    flush();
    expect(all).toEqual([1, 2]);
  });

  it("comes before the effects inside of it, which go when it runs again", () => {
    const there = new Signal<{ name: string } | undefined>({ name: "Ada" });
    const names: string[] = [];
    effect(() => {
      // What is inside may take for granted what its outside has checked.
      if (there.value) effect(() => names.push((there.value as { name: string }).name));
    });
    there.value = { name: "Eda" };
    flush();
    there.value = undefined;
    flush();
    expect(names).toEqual(["Ada", "Eda"]);
  });

  it("that fails does not hold up the others", () => {
    const reported: unknown[] = [];
    globalThis.reportError = (fault) => void reported.push(fault);
    const a = new Signal(1);
    effect(() => {
      if (a.value === 2) throw new Error("broken");
    });
    const all = seen(() => a.value);
    a.value = 2;
    flush();
    a.value = 3;
    flush();
    expect(all).toEqual([1, 2, 3]);
    expect(reported).toHaveLength(1);
  });

  it("may change what others hang on", () => {
    const [a, b] = [new Signal(1), new Signal(0)];
    const all = seen(() => b.value);
    effect(() => {
      b.value = a.value * 2;
    });
    flush();
    a.value = 4;
    flush();
    expect(all).toEqual([0, 2, 8]);
  });
});

describe("a derived value", () => {
  it("is worked out when asked, and kept", () => {
    let work = 0;
    const a = new Signal(2);
    const twice = new Derived(() => {
      work++;
      return a.value * 2;
    });
    expect(work).toBe(0);
    expect([twice.value, twice.value]).toEqual([4, 4]);
    expect(work).toBe(1);
    a.value = 3;
    expect(twice.value).toBe(6);
    expect(work).toBe(2);
  });

  it("passes changes on through others", () => {
    const a = new Signal(1);
    const b = new Derived(() => a.value + 1);
    const c = new Derived(() => b.value + a.value);
    const all = seen(() => c.value);
    a.value = 10;
    flush();
    expect(all).toEqual([3, 21]);
  });
});

describe("a scope", () => {
  it("ends what was made in it, the last first", () => {
    const [a, scope, ends] = [new Signal(1), new Scope(), [] as string[]];
    const all = within(scope, () => {
      atEnd(() => ends.push("first"));
      atEnd(() => ends.push("second"));
      return seen(() => a.value);
    });
    scope.end();
    a.value = 2;
    flush();
    expect(all).toEqual([1]);
    expect(ends).toEqual(["second", "first"]);
  });

  it("ends an effect that already waits", () => {
    const [a, scope] = [new Signal(1), new Scope()];
    const all = within(scope, () => seen(() => a.value));
    a.value = 2;
    scope.end();
    flush();
    expect(all).toEqual([1]);
  });
});

it("reads without hanging on it", () => {
  const [a, b] = [new Signal(1), new Signal(1)];
  const all = seen(() => a.value + untracked(() => b.value));
  b.value = 5;
  flush();
  a.value = 2;
  flush();
  expect(all).toEqual([2, 7]);
});
