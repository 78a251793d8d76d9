import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Colleague, expect, Parley, test, type Page } from "./parley";
import { signIn } from "./steps";

/** The ends of a list that is far longer than what is loaded. Number 1 is its last row. */

const size = 400;
const agent = "isil@example.com";
/** Longer than a row would glide, in milliseconds. */
const glide = 200;

async function startLong(): Promise<Parley> {
  const folder = await mkdtemp(join(tmpdir(), "long-"));
  const file = join(folder, "long.jsonl");
  const lines = Array.from({ length: size }, (_, i) => {
    const said = { from: "customer", text: `Merhaba (${i})`, at: new Date(Date.UTC(2026, 0, 1, 0, i)) };
    const about = { status: "open", agent: i % 2 === 0 ? agent : null, bot: false, channel: "web" };
    return JSON.stringify({ customer: { id: `c-${i}`, name: `Müşteri ${i}` }, ...about, messages: [said] });
  });
  await writeFile(file, lines.join("\n"));
  const parley = await Parley.start(file, undefined, [agent]);
  await rm(folder, { recursive: true });
  return parley;
}

const row = (page: Page, number: number) => page.getByTestId(`conv-row-${number}`);
const place = (page: Page, number: number) => row(page, number).locator("xpath=ancestor::li");

test("End goes to the last row of a long list, and Home back to the first", async ({ page }) => {
  const parley = await startLong();
  const isil = new Colleague(parley.url);
  await isil.signIn(agent);
  let pages = 0;
  page.on("request", (request) => void (request.url().includes("/conversations?") && pages++));
  await signIn(page, `${parley.url}/conversations/inbox`, agent);
  await row(page, size).focus();
  pages = 0;

  await test.step("in one step, whatever lies between", async () => {
    await page.keyboard.press("End");
    await expect(row(page, 1)).toBeFocused();
    await expect(row(page, 1)).toBeInViewport({ ratio: 1 });
    await expect(place(page, 1)).toHaveAttribute("aria-posinset", String(size));
    await expect(place(page, 1)).toHaveAttribute("aria-setsize", String(size));
    expect(pages).toBeLessThanOrEqual(2);
  });

  await test.step("upwards the rows come in order, and what is in view stays", async () => {
    const topOf = async (number: number) => (await row(page, number).boundingBox())?.y;
    for (let at = 1; at < 120;) {
      await page.keyboard.press("PageUp");
      const focused = await page.evaluate(() =>
        Number((document.activeElement as HTMLElement).dataset["number"]),
      );
      expect(focused).toBeGreaterThan(at);
      at = focused;
      // Nothing glides: a row is where the step left it.
      const top = await topOf(at);
      await page.waitForTimeout(glide);
      expect(await topOf(at)).toBe(top);
    }
    const at = await page.evaluate(() => Number((document.activeElement as HTMLElement).dataset["number"]));
    await expect(place(page, at)).toHaveAttribute("aria-posinset", String(size + 1 - at));
    for (const near of [at - 1, at + 1]) await expect(row(page, near)).toHaveCount(1);
  });

  await test.step("what happens elsewhere moves nothing here", async () => {
    const at = await page.evaluate(() => Number((document.activeElement as HTMLElement).dataset["number"]));
    const before = await row(page, at).boundingBox();
    await isil.begin("Yeni Müşteri", "En üste gelir");
    await isil.call("POST", "/conversations/3/archive");
    await expect(page.getByTestId("tab-inbox-count")).toContainText(String(size));
    await page.waitForTimeout(300);
    expect(await row(page, at).boundingBox()).toEqual(before);
    await expect(row(page, at)).toBeFocused();
  });

  await test.step("and back", async () => {
    await page.keyboard.press("Home");
    await expect(row(page, size + 1)).toBeFocused();
    await expect(place(page, size + 1)).toHaveAttribute("aria-posinset", "1");
    await expect(row(page, size + 1)).toBeInViewport({ ratio: 1 });
    await page.keyboard.press("ArrowDown");
    await expect(row(page, size)).toBeFocused();
  });

  await test.step("under a filter too, whose length nobody knows", async () => {
    await page.getByTestId("filter-mine").click();
    await row(page, size - 1).focus();
    await page.keyboard.press("End");
    await expect(row(page, 1)).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(row(page, 5)).toBeFocused(); // 3 was put away
  });

  await test.step("when the end cannot be had, as far as there is", async () => {
    await page.keyboard.press("Home");
    await expect(row(page, size + 1)).toBeFocused();
    await page.route(/from_end=true/, (route) => route.fulfill({ status: 503, body: "{}" }));
    await page.keyboard.press("End");
    await expect(page.locator("[data-number]:focus")).not.toHaveAttribute("data-number", String(size + 1));
  });
  await parley.stop();
});
