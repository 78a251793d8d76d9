import { expect } from "./parley";
import { test } from "./pile";
import { signIn } from "./steps";

/** The rows of a long list: where one is found again, and what stands in one. */

test.beforeEach(async ({ owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
});

test("who comes by an address goes on from there", async ({ page, parley }) => {
  // Two pages of rows are needed to come to it.
  await signIn(page, `${parley.url}/conversations/inbox/57`);
  await expect(page.getByTestId("conv-row-57")).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/\/58$/);
  await expect(page.getByTestId("conv-row-58")).toBeFocused();

  await test.step("and loads the page again", async () => {
    await page.reload();
    await expect(page.getByTestId("conv-row-58")).toBeInViewport({ ratio: 1 });
    await page.keyboard.press("k");
    await expect(page).toHaveURL(/\/57$/);
  });

  await test.step("but is left alone at the list", async () => {
    await page.goto(`${parley.url}/conversations/inbox`);
    await expect(page.getByTestId("conv-row-1")).toBeInViewport({ ratio: 1 });
    await page.keyboard.press("j");
    await expect(page.getByTestId("conv-row-1")).toBeFocused();
  });
});

test("a row's menu covers nothing, and a picked row stands out", async ({ page, parley, owner }) => {
  await owner.say(1, "Buradayız");
  await signIn(page, `${parley.url}/conversations/inbox`);
  for (const density of ["comfortable", "compact"]) {
    await page.evaluate((density) => (document.documentElement.dataset["density"] = density), density);
    const row = page.getByTestId("conv-row-3");
    await row.hover();
    await expect(row.locator("time")).toBeHidden();
    const menu = (await page.getByTestId("conv-menu-3").boundingBox())!;
    const preview = (await row.locator(".said").boundingBox())!;
    expect(menu.y + menu.height).toBeLessThanOrEqual(preview.y + 1);
    expect(menu.height).toBeGreaterThanOrEqual(24);
  }
  const background = (number: number) =>
    page.getByTestId(`conv-row-${number}`).evaluate((row) => getComputedStyle(row).backgroundColor);
  await page.getByTestId("conv-check-3").check();
  expect(await background(3)).not.toBe(await background(4));
});

test("tabs that are out of sight are there to be found", async ({ page, parley }) => {
  await page.setViewportSize({ width: 768, height: 900 });
  await signIn(page, `${parley.url}/conversations/inbox?unread=1`);
  const tabs = page.getByRole("tablist");
  const seen = async () => tabs.evaluate((each) => getComputedStyle(each).maskImage);
  await expect(tabs).toHaveAttribute("data-more", "after");
  expect(await seen()).not.toBe("none");
  // Most mice have a wheel for up and down only.
  await tabs.hover();
  await page.mouse.wheel(0, 2000);
  await expect(page.getByTestId("tab-archive")).toBeInViewport({ ratio: 1 });
  await expect(tabs).toHaveAttribute("data-more", "before");
  // The sum of a view is not that of its filters.
  await expect(page.locator(".well")).toHaveText("");
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(await seen()).toBe("none");
});
