import type { Colleague, Page } from "./parley";

export interface Seen {
  keys: number[];
  longTasks: number[];
  shift: number;
  /** What moved, and how far it moved the page. */
  moved: string[];
}

/** Lets the browser note what it took for keys, which tasks were long, and what moved by itself. */
export async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Seen = { keys: [], longTasks: [], shift: 0, moved: [] };
    Object.assign(window, { seen });
    const observe = (type: string, note: (entry: PerformanceEntry) => void, more: object = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, ...more });
    observe("event", (entry) => entry.name === "keydown" && seen.keys.push(entry.duration), {
      durationThreshold: 16,
    });
    observe("longtask", (entry) => seen.longTasks.push(Math.round(entry.duration)));
    observe("layout-shift", (entry) => {
      const { value, hadRecentInput, sources } = entry as Shift;
      if (hadRecentInput) return;
      seen.shift += value;
      const names = sources.map(({ node }) => (node instanceof Element ? node.className : "text"));
      seen.moved.push(`${value.toFixed(4)} ${names.join(", ")}`);
    });
  });
}

interface Shift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Node | null }[];
}

export const seenBy = (page: Page) => page.evaluate(() => (window as unknown as { seen: Seen }).seen);

/** Lets messages be written at a rate, here and there in some conversations. */
export function keepHappening(
  owner: Colleague,
  numbers: readonly number[],
  perSecond = 20,
): { stop: () => Promise<number> } {
  let isOver = false;
  let count = 0;
  const run = (async () => {
    while (!isOver) {
      const next = new Promise((done) => setTimeout(done, 1000 / perSecond));
      const number = numbers[(count * 37) % numbers.length]!;
      void owner.say(number, `Yazıyorum ${count}`).catch(() => undefined);
      count++;
      await next;
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await run;
      return count;
    },
  };
}

export interface Scrolled {
  gaps: number[];
  nodes: number;
}

/** Scrolls something for 10 s, so many pixels a frame; the times between the frames. */
export function scroll(page: Page, selector: string, by: number): Promise<Scrolled> {
  return page.evaluate(
    async ([selector, by]) => {
      const scroller = document.querySelector(selector)!;
      const gaps: number[] = [];
      const start = performance.now();
      let last: number | undefined;
      let nodes = 0;
      await new Promise<void>((done) => {
        const step = (now: number) => {
          if (last !== undefined) gaps.push(now - last);
          last = now;
          scroller.scrollTop += by;
          if (gaps.length % 60 === 0) nodes = Math.max(nodes, document.querySelectorAll("*").length);
          if (now - start < 10_000) requestAnimationFrame(step);
          else done();
        };
        requestAnimationFrame(step);
      });
      return { gaps, nodes };
    },
    [selector, by] as const,
  );
}

/** From a press on a conversation's row to its painted thread, in milliseconds. */
export function switchTo(page: Page, number: number): Promise<number> {
  return page.evaluate(async (number) => {
    const row = document.querySelector<HTMLElement>(`[data-number="${number}"]`)!;
    const isThere = () =>
      document.querySelector("[data-testid=conv-number]")?.textContent === `#${number}` &&
      document.querySelector("[data-testid=thread] article") !== null;
    const start = performance.now();
    row.click();
    while (!isThere()) await new Promise((done) => requestAnimationFrame(done));
    // The frame in which it stood there first is on the screen when the next task runs.
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
  }, number);
}

/** After a press of a key or button, in how many frames something is there. */
export function framesUntil(page: Page, event: "keydown" | "click", selector: string): Promise<number> {
  return page.evaluate(
    ([event, selector]) =>
      new Promise<number>((done) => {
        const before = document.querySelectorAll(selector).length;
        const look = (frames: number) => {
          if (document.querySelectorAll(selector).length > before) done(frames);
          else requestAnimationFrame(() => look(frames + 1));
        };
        addEventListener(event, () => requestAnimationFrame(() => look(1)), { capture: true, once: true });
      }),
    [event, selector] as const,
  );
}

/** From the beginning of a navigation until so many rows are painted, in milliseconds. */
export async function untilRows(page: Page, address: string, rows: number): Promise<number> {
  await page.goto(address, { waitUntil: "commit" });
  return page.evaluate(async (rows) => {
    const seen = () =>
      [...document.querySelectorAll("[data-number]")].filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      }).length;
    while (seen() < rows) await new Promise((done) => requestAnimationFrame(done));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now();
  }, rows);
}

export type Kind = "script" | "style" | "font" | "other";

/**
 * Bytes that come over the line, by what they are, without the headers; answers of the
 * interface are not counted.
 */
export async function weigh(page: Page): Promise<{ bytes: Record<Kind, number>; names: string[] }> {
  const session = await page.context().newCDPSession(page);
  const bytes: Record<Kind, number> = { script: 0, style: 0, font: 0, other: 0 };
  const names: string[] = [];
  const asked = new Map<string, { kind: Kind; headers: number }>();
  await session.send("Network.enable");
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    const { pathname } = new URL(response.url);
    if (pathname.startsWith("/api/")) return;
    const known: Record<string, Kind> = { Script: "script", Stylesheet: "style", Font: "font" };
    asked.set(requestId, { kind: known[type] ?? "other", headers: response.encodedDataLength });
    if (!response.fromDiskCache) names.push(pathname);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const of = asked.get(requestId);
    if (of) bytes[of.kind] += Math.max(0, encodedDataLength - of.headers);
  });
  return { bytes, names };
}
