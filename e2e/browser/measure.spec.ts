import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeCrowd } from "./crowd";
import { Figures, median, percentile } from "./figures";
import {
  framesUntil,
  keepHappening,
  scroll,
  seenBy,
  switchTo,
  untilRows,
  watch,
  weigh,
  type Scrolled,
} from "./measuring";
import { Colleague, expect, Parley, test, type Page } from "./parley";
import { signIn } from "./steps";

/*
 * The figures of the screens, each beside what it is to be, in one table. What is measured
 * needs a machine to itself: `make measure-browser` runs it, the other tests do not.
 */

const crowd = 10_000;
/** The first conversation, at the end of the list, has this many messages. */
const longest = 10_000;

test.describe.configure({ retries: 0 });
// A trace costs more than what is measured.
test.use({ trace: "off" });

const figures = new Figures();
let parley: Parley;
let owner: Colleague;
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-crowd-"));
  const file = join(folder, "crowd.jsonl");
  await writeCrowd(file, crowd, { messages: 4, longest });
  parley = await Parley.start(file);
  owner = new Colleague(parley.url);
  await owner.setUp(parley.code, "en");
  await owner.hire("Elif Kaya", "elif@example.com", "tr");
});

test.afterAll(async () => {
  figures.print();
  await parley.stop();
  await rm(folder, { recursive: true, force: true });
});

const inbox = () => `${parley.url}/conversations/inbox`;
/** The number of the conversation in a row of the list, whichever that is by now. */
async function rowAt(page: Page, place: number): Promise<number> {
  return Number(await page.locator("[data-number]").nth(place).getAttribute("data-number"));
}

const busy = Array.from({ length: 200 }, (_, i) => crowd - 1 - i);

/** What goes wrong is a figure too: the others are measured, and all of them printed. */
function measure(what: string, take: (page: Page) => Promise<void>): void {
  test(what, async ({ page }) => {
    const fail = (error: Error) => {
      const note = error.message.split("\n").slice(0, 4).join(" ");
      figures.add({ what, is: NaN, atMost: 0, unit: "", note });
    };
    await take(page).catch(fail);
  });
}

async function enter(page: Page): Promise<void> {
  await signIn(page, inbox(), "elif@example.com");
  await expect(page.locator("[data-number]").first()).toBeVisible();
}

measure("bytes", async (page) => {
  await enter(page);
  await page
    .context()
    .newCDPSession(page)
    .then((session) => session.send("Network.clearBrowserCache"));
  const first = await weigh(page);
  await page.goto(inbox());
  await expect(page.locator("[data-number]").first()).toBeVisible();
  const { script, style, font } = { ...first.bytes };
  await page.waitForTimeout(1500);
  const later = (first.bytes.script - script) / 1024;
  figures.add(
    {
      what: "first load, JavaScript",
      is: script / 1024,
      atMost: 120,
      unit: "KB",
      note: `until the list stands, aim 80; ${Math.round(later)} KB more while idle`,
    },
    { what: "first load, CSS", is: style / 1024, atMost: 25, unit: "KB" },
    { what: "first load, fonts", is: font / 1024, atMost: 60, unit: "KB" },
    {
      what: "first load, emoji data",
      is: first.names.filter((name) => /glyphs|english|turkish/.test(name)).length,
      atMost: 0,
      unit: "",
      note: "files; they come when they are asked for",
    },
  );
  const again = await weigh(page);
  await page.goto(inbox());
  await expect(page.locator("[data-number]").first()).toBeVisible();
  await page.waitForTimeout(1500);
  const repeated = Object.values(again.bytes).reduce((sum, bytes) => sum + bytes, 0);
  figures.add({ what: "repeat visit", is: repeated / 1024, atMost: 5, unit: "KB", note: "without data" });
  const assets = join(__dirname, "../../ui/dist/assets");
  const whole = readdirSync(assets)
    .filter((name) => name.endsWith(".js") && !/english|turkish/.test(name))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);
  const note = "every screen; without emoji data";
  figures.add({ what: "the whole app, JavaScript", is: whole / 1024, atMost: 300, unit: "KB", note });
});

measure("switching", async (page) => {
  await enter(page);
  const rows = await page
    .locator("[data-number]")
    .evaluateAll((all) => all.map((row) => Number((row as HTMLElement).dataset["number"])));
  // What lies beside an open conversation is fetched ahead; these lie apart.
  const apart = rows.filter((_, i) => i % 3 === 1);
  const times: Record<"cold" | "warm", number[]> = { cold: [], warm: [] };
  for (const temperature of ["cold", "warm", "warm"] as const) {
    for (const number of apart) {
      times[temperature].push(await switchTo(page, number));
      await page.waitForTimeout(400);
    }
  }
  const note = (all: number[]) => `middle ${Math.round(median(all))} ms of ${all.length}`;
  figures.add(
    { what: "switch, cached", is: Math.max(...times.warm), atMost: 50, unit: "ms", note: note(times.warm) },
    {
      what: "switch, uncached",
      is: Math.max(...times.cold),
      atMost: 150,
      unit: "ms",
      note: note(times.cold),
    },
  );
});

for (const [slow, most] of [
  [1, 50],
  [4, 100],
] as const) {
  measure(`keys, ${slow} × slower`, async (page) => {
    await enter(page);
    const start = await rowAt(page, 1);
    await page.getByTestId(`conv-row-${start}`).click();
    await expect(page.getByTestId("composer-input")).toBeVisible();
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slow });
    await page.waitForTimeout(500);
    const events = keepHappening(owner, busy);
    await watch(page);
    // One at a time, each opening what it comes to; a few a second; and as fast as a held key repeats.
    const walk = [...Array(30).fill(450), ...Array(40).fill(150), ...Array(60).fill(33)];
    await page.getByTestId(`conv-row-${start}`).focus();
    for (const [i, pause] of walk.entries()) {
      await page.keyboard.press(i % 50 < 35 ? "j" : "k");
      await page.waitForTimeout(pause);
    }
    await page.waitForTimeout(500);
    const walked = await seenBy(page);
    await page.getByTestId("composer-input").focus();
    await watch(page);
    const letters = [..."Merhaba, siparisiniz yarin sabah sizde olacak. ".repeat(4)];
    for (const letter of letters) {
      await page.keyboard.press(letter === " " ? "Space" : letter);
      await page.waitForTimeout(60);
    }
    await page.waitForTimeout(500);
    const typed = await seenBy(page);
    await events.stop();
    await page.getByTestId("composer-input").fill("");
    const at = slow === 1 ? "" : `, ${slow} × slower`;
    const p98 = (keys: number[], all: number) => percentile(keys, 0.98, all);
    figures.add(
      { what: `J and K, p98${at}`, is: p98(walked.keys, walk.length), atMost: most, unit: "ms" },
      { what: `a letter, p98${at}`, is: p98(typed.keys, letters.length), atMost: most, unit: "ms" },
    );
    if (slow > 1) return;
    const long = [...walked.longTasks, ...typed.longTasks];
    const note = long.join(", ");
    figures.add({ what: "tasks over 50 ms meanwhile", is: long.length, atMost: 0, unit: "tasks", note });
  });
}

measure("scrolling", async (page) => {
  await enter(page);
  const events = keepHappening(owner, busy);
  note("the list", await scroll(page, ":has(> [data-testid=conv-list])", 40));
  await events.stop();
  await page.goto(`${inbox()}/1`);
  await expect(page.getByTestId(`msg-${longest}`)).toBeVisible();
  await page.waitForTimeout(1000);
  note("a thread of 10,000", await scroll(page, "[data-testid=thread]", -40));

  function note(what: string, { gaps, nodes }: Scrolled) {
    const smooth = (100 * gaps.filter((gap) => gap <= 17).length) / gaps.length;
    figures.add(
      { what: `${what}: frames ≤ 17 ms`, is: smooth, atLeast: 95, unit: "%", note: `${gaps.length} frames` },
      { what: `${what}: slowest frame`, is: Math.max(...gaps), atMost: 50, unit: "ms" },
      { what: `${what}: nodes`, is: nodes, atMost: 3000, unit: "nodes" },
    );
  }
});

measure("a tour", async (page) => {
  await enter(page);
  await watch(page);
  const number = await rowAt(page, 2);
  const pause = () => page.waitForTimeout(700);
  const steps: (() => Promise<unknown>)[] = [
    ...["unassigned", "resolved", "archive", "inbox"].map(
      (view) => () => page.getByTestId(`tab-${view}`).click(),
    ),
    () => page.getByTestId(`conv-row-${number}`).click(),
    () => owner.say(number, "Bir şey daha soracaktım, fatura ne zaman gelir?"),
    () => page.keyboard.press("j"),
    () => page.keyboard.press("j"),
    () => page.getByTestId("thread").press("Home"),
    () => page.getByTestId("btn-user").click(),
    () => page.getByTestId("btn-user").click(),
    // Typed, not filled in: what moves because somebody types is no shift.
    () => page.getByTestId("composer-input").press("M"),
    () => page.keyboard.press("Shift+Enter"),
    () => page.keyboard.press("Shift+Enter"),
    () => page.getByTestId("composer-input").press("Enter"),
    () => page.getByTestId("emoji-button").click(),
    () => page.keyboard.press("Escape"),
    () => page.keyboard.press("Control+k"),
    () => page.keyboard.press("Escape"),
    () => page.context().setOffline(true),
    () => page.context().setOffline(false),
    () => page.getByTestId("search-input").pressSequentially("fatura"),
    () => page.getByTestId("search-input").press("Escape"),
    () => page.getByTestId("account-button").click(),
    () => page.getByTestId("menu-settings").click(),
    () => page.getByTestId("set-nav-saved-replies").click(),
    () => page.getByTestId("settings-back").click(),
  ];
  for (const step of steps) {
    await step();
    await pause();
  }
  const { shift, moved } = await seenBy(page);
  const note = moved.join("; ");
  figures.add({ what: "layout shift over a tour", is: shift, atMost: 0.01, unit: "", note });
});

measure("from a navigation to 25 rows", async (page) => {
  await page.setViewportSize({ width: 1440, height: 2200 });
  await enter(page);
  const session = await page.context().newCDPSession(page);
  for (const [rate, most, aim] of [
    [1, 300, 130],
    [4, 800, 350],
  ] as const) {
    await session.send("Emulation.setCPUThrottlingRate", { rate });
    const times: number[] = [];
    for (let i = 0; i < 7; i++) times.push(await untilRows(page, inbox(), 25));
    const note = `aim ${aim}; slowest ${Math.round(Math.max(...times))}`;
    figures.add({
      what: `navigation → 25 rows, ${rate} ×`,
      is: median(times),
      atMost: most,
      unit: "ms",
      note,
    });
  }
});

measure("one's own doing", async (page) => {
  await enter(page);
  await page.getByTestId(`conv-row-${await rowAt(page, 3)}`).click();
  const field = page.getByTestId("composer-input");
  await field.fill("Merhaba");
  const bubble = framesUntil(page, "keydown", "[data-testid=thread] article");
  await page.waitForTimeout(200);
  await field.press("Enter");
  figures.add({ what: "a sent message is there after", is: await bubble, atMost: 1, unit: "frames" });
  await expect(page.getByTestId("msg-state").last()).toBeVisible();
  const resolved = framesUntil(page, "click", "[data-testid=btn-reopen]");
  await page.waitForTimeout(200);
  await page.getByTestId("btn-resolve").click();
  figures.add({ what: "Resolve shows after", is: await resolved, atMost: 1, unit: "frames" });
});

test("every figure holds", () => figures.expectAllToHold());
