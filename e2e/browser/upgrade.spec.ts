import { expect, test, type Page } from "./parley";
import { expectAccessible, expectAccessibleInBothThemes, signIn } from "./steps";

/** From now on a part of the page is no more to be had, as after an upgrade of the server. */
async function replace(page: Page, part: string): Promise<void> {
  await page.route(new RegExp(`/assets/${part}-[^/]*\\.js`), (route) => route.fulfill({ status: 404 }));
}

test("a page that is older than its server says so where a part is missing", async ({
  page,
  parley,
  owner,
}) => {
  const number = await owner.begin("İrem Çınar", "Merhaba");
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  await signIn(page, `${parley.url}/conversations/inbox/${number}`);
  const field = page.getByTestId("composer-input");
  const lost = page.getByTestId("part-lost");
  await field.fill("Yarım kalan");

  await test.step("in a dialog, where a press asked for it", async () => {
    await replace(page, "FilterPopover");
    await page.getByTestId("filter-button").click();
    await expect(page.getByRole("dialog").filter({ has: lost })).toBeVisible();
    await expectAccessibleInBothThemes(page, "a part that is lost");
    await page.keyboard.press("Escape");
    await expect(lost).toHaveCount(0);
    await expect(page.getByTestId("filter-button")).toBeFocused();
  });

  await test.step("in its place, where it is a whole screen", async () => {
    await replace(page, "Settings");
    await page.getByTestId("account-button").click();
    await page.getByTestId("menu-settings").click();
    await expect(lost).toBeVisible();
    await expectAccessible(page, "a screen that is lost");
    await page.unrouteAll();
    await page.getByTestId("part-reload").click();
    await expect(page.getByTestId("settings-page")).toBeVisible();
  });

  await test.step("and what was written is still there", async () => {
    await page.goto(`${parley.url}/conversations/inbox/${number}`);
    await expect(field).toHaveValue("Yarım kalan");
  });
});
