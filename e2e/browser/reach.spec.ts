import type { Cookie } from "@playwright/test";
import { expect, password, test as base, type Page } from "./parley";
import { agents, numbers, openSample, type Sample } from "./sample";
import { pages } from "./states";
import { signIn, tooWide, cutOff } from "./steps";

/** What axe cannot see: where the focus is and goes, and whether everything fits. */
const test = base.extend<object, { sample: Sample }>({
  sample: [
    async ({}, use) => {
      const sample = await openSample();
      await use(sample);
      await sample.stop();
    },
    { scope: "worker" },
  ],
});

const talk = `/conversations/inbox/${numbers.all}`;

/** Signs in once for all tests of the sample: how often one may in a minute is limited. */
async function enter(page: Page, sample: Sample, address: string): Promise<void> {
  const cookies = entered.get(sample);
  if (cookies) {
    await page.context().addCookies(cookies);
    await page.goto(sample.parley.url + address);
    return;
  }
  await signIn(page, sample.parley.url + address, agents.tr);
  entered.set(sample, await page.context().cookies());
}

const entered = new WeakMap<Sample, Cookie[]>();

test("the focus comes back to what opened something", async ({ page, sample }) => {
  await enter(page, sample, talk);
  await page.getByTestId("msg-16").waitFor();
  for (const [opener, opened] of [
    ["btn-assign", "assign-popover"],
    ["btn-more", "btn-archive"],
    ["account-button", "account-menu"],
    ["sort-button", "sort-waiting"],
    ["emoji-button", "emoji-panel"],
    ["cust-block", "block-dialog"],
    ["conv-tag-add", "tag-input"],
  ] as const) {
    await page.getByTestId(opener).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByTestId(opened), opener).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByTestId(opened), opener).toHaveCount(0);
    await expect(page.getByTestId(opener), opener).toBeFocused();
  }
  for (const [key, opened] of [
    ["a", "assign-popover"],
    ["?", "help-dialog"],
    ["Control+k", "palette"],
  ] as const) {
    await page.getByTestId("thread").focus();
    await page.keyboard.press(key);
    await expect(page.getByTestId(opened), key).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByTestId(opened), key).toHaveCount(0);
    await expect(page.getByTestId("thread"), key).toBeFocused();
  }
});

test("the focus is never hidden, and never caught", async ({ page, sample }) => {
  await page.setViewportSize({ width: 1440, height: 640 });
  await enter(page, sample, talk);
  await page.getByTestId("msg-16").waitFor();
  await page.getByTestId("cust-contact").waitFor();

  await test.step("from the first to the last, by Tab", async () => {
    await page.getByTestId("skip-list").focus();
    const seen = new Set<string>();
    for (let i = 0; i < 120; i++) {
      await page.keyboard.press("Tab");
      const { name, isSeen } = await focused(page);
      if (name === "BODY") break;
      expect(isSeen, `${name} is covered`).toBe(true);
      seen.add(name);
    }
    for (const pane of ["search-input", "composer-input", "cust-block"]) expect([...seen]).toContain(pane);
  });

  await test.step("through the messages, under the day that stays in sight", async () => {
    await page.getByTestId("thread").focus();
    for (let i = 0; i < 14; i++) {
      await page.keyboard.press("ArrowUp");
      const { name, isSeen } = await focused(page);
      expect(isSeen, `${name} is covered`).toBe(true);
    }
  });
});

for (const [what, size, text] of [
  ["at 320 pixels", { width: 320, height: 640 }, "100%"],
  // A window of 1440 pixels in which the browser shows everything twice as large.
  ["at twice the size", { width: 720, height: 450 }, "100%"],
  ["with the largest letters", { width: 1440, height: 900 }, "125%"],
  ["with the largest letters on a phone", { width: 390, height: 844 }, "125%"],
] as const) {
  test(`nothing is cut off or scrolls sideways ${what}`, async ({ page, sample }) => {
    await page.setViewportSize(size);
    await enter(page, sample, "/conversations/inbox");
    const addresses = [
      "/conversations/inbox",
      talk,
      `/conversations/inbox/${numbers.hard}`,
      `/conversations/inbox/${numbers.archived}`,
      ...pages.map((each) => `/settings/${each}`),
      "/settings/saved-replies/new",
    ];
    for (const address of addresses) {
      await page.goto(sample.parley.url + address);
      await page.locator("h1, h2, [data-testid=conv-list]").first().waitFor();
      await page.evaluate((text) => (document.documentElement.style.fontSize = text), text);
      expect(await tooWide(page), `${address} ${what}`).toEqual([]);
      expect(await cutOff(page), `${address} ${what}`).toEqual([]);
    }
  });
}

test("what is chosen can be told where the system forces its colours", async ({ page, sample }) => {
  await enter(page, sample, talk);
  await page.emulateMedia({ forcedColors: "active" });
  const line = (testid: string) =>
    page.getByTestId(testid).evaluate((each) => {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(each.closest("label") ?? each);
      return outlineStyle === "solid" && outlineWidth === "2px" && outlineColor !== "rgba(0, 0, 0, 0)";
    });
  await page.getByTestId("msg-16").waitFor();
  expect(await line("tab-inbox")).toBe(true);
  expect(await line("tab-archive")).toBe(false);
  expect(await line(`conv-row-${numbers.all}`)).toBe(true);
  expect(await line("mode-reply")).toBe(true);
  expect(await line("mode-note")).toBe(false);
  await page.keyboard.press("Control+k");
  const options = page.getByTestId("palette").getByRole("option");
  const at = (i: number) => options.nth(i).evaluate((each) => getComputedStyle(each).outlineStyle);
  await expect(options.nth(1)).toBeVisible();
  expect([await at(0), await at(1)]).toEqual(["solid", "none"]);
  await page.keyboard.press("ArrowDown");
  await expect.poll(async () => [await at(0), await at(1)]).toEqual(["none", "solid"]);
});

for (const [what, size] of [
  ["on a phone that lies on its side", { width: 844, height: 390 }],
  // A window of 1280 by 1024 in which the browser shows everything four times as large.
  ["at four times the size", { width: 320, height: 256 }],
] as const) {
  test(`a long text leaves the rest its room ${what}`, async ({ page, sample }) => {
    await page.setViewportSize(size);
    await enter(page, sample, talk);
    await page.getByTestId("composer-input").fill("Bir satır\n".repeat(12));
    const box = async (testid: string) => (await page.getByTestId(testid).boundingBox())!;
    for (const testid of ["btn-resolve", "thread", "composer-input", "btn-send"]) {
      await page.getByTestId(testid).scrollIntoViewIfNeeded();
      await page.getByTestId(testid).focus();
      expect(await focused(page), testid).toEqual({ name: testid, isSeen: true });
      const { y, height } = await box(testid);
      expect(Math.min(y + height, size.height) - Math.max(y, 0), testid).toBeGreaterThan(24);
    }
    const { y, height } = await box("thread-header");
    expect((await box("thread")).height).toBeGreaterThan(64);
    expect((await box("composer")).y).toBeGreaterThanOrEqual(y + height + 64);
    await page.getByTestId("composer-input").fill("");
  });
}

test("a password can be pasted, and looked at", async ({ page, sample }) => {
  await page.goto(`${sample.parley.url}/login`);
  await page.getByTestId("login-email").fill(password);
  await page.getByTestId("login-email").press("Control+a");
  await page.keyboard.press("Control+x");
  await page.getByTestId("login-password").focus();
  await page.keyboard.press("Control+v");
  await expect(page.getByTestId("login-password")).toHaveValue(password);
});

test("characters that need AltGr set nothing off", async ({ page, sample }) => {
  await enter(page, sample, talk);
  await page.getByTestId("msg-16").waitFor();
  const address = page.url();
  await page.getByTestId("thread").focus();
  // As a Turkish Q keyboard types them on Windows, where AltGr is Ctrl and Alt.
  for (const [key, code] of [
    ["€", "KeyE"],
    ["@", "KeyQ"],
    ["#", "Digit3"],
    ["₺", "KeyT"],
    ["æ", "KeyA"],
    ["e", "KeyE"],
    ["k", "KeyK"],
    ["1", "Digit1"],
  ] as const) {
    await page.evaluate(
      ([key, code]) => {
        const pressed = { key, code, ctrlKey: true, altKey: true, bubbles: true, cancelable: true };
        document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", pressed));
      },
      [key, code] as const,
    );
  }
  // Whatever these had opened would be there before what is opened after them.
  await page.keyboard.press("Control+k");
  await expect(page.getByTestId("palette-input")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("btn-resolve")).toBeVisible();
  await expect(page.locator("dialog[open], [popover]:popover-open")).toHaveCount(0);
  expect(page.url()).toBe(address);
});

/** What has the focus, and whether some of it can be seen. */
async function focused(page: Page): Promise<{ name: string; isSeen: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement!;
    // What is chosen by an input that cannot be seen is its label.
    const shown = element.closest("label") ?? element;
    const { left, top, width, height } = shown.getBoundingClientRect();
    const places = [0.1, 0.5, 0.9].flatMap((x) =>
      [0.1, 0.5, 0.9].map((y) => [left + x * width, top + y * height]),
    );
    const isSeen = places.some(([x, y]) => {
      const there = document.elementFromPoint(x!, y!);
      return there !== null && (shown.contains(there) || there.contains(shown));
    });
    return { name: element.getAttribute("data-testid") ?? element.tagName, isSeen };
  });
}
