import { expectAccessibleInBothThemes, languages, signIn } from "./steps";
import { expect, expectReached, talks, test } from "./talk";

for (const language of languages) {
  test(`walking through the places of a search (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await signIn(page, `${parley.url}/conversations/inbox`);
    await page.getByTestId(`conv-row-${talks.odd}`).click();
    const count = page.getByTestId("hits-count");

    await test.step("a result opens at its best place", async () => {
      await page.getByTestId("search-input").fill("TELEVIZYONUM bozuldu");
      await expect(page.getByTestId(`search-hit-${talks.long}`)).toBeVisible();
      await page.getByTestId("search-input").press("ArrowDown");
      await page.keyboard.press("Enter");
      await expectReached(page, 1200);
      await expect(count).toContainText("12 / 12");
      await expect(page.getByTestId("msg-1200").locator("mark").first()).toHaveText("Televizyonum");
      await expect(page.getByTestId("hits-input")).toBeFocused();
      await expectAccessibleInBothThemes(page, "the places of a search");
    });

    await test.step("by keys, backwards into what is not loaded, and round", async () => {
      await page.keyboard.press("Shift+Enter");
      await expectReached(page, 1100);
      await expect(count).toContainText("11 / 12");
      await page.keyboard.press("Enter");
      await expectReached(page, 1200);
      await page.keyboard.press("Enter");
      await expectReached(page, 100);
      await expect(count).toContainText("1 / 12");
      await expect(page).toHaveURL(/q=TELEVIZYONUM\+bozuldu#m-100$/);
    });

    await test.step("by its buttons; the address keeps the place", async () => {
      await page.getByTestId("hits-next").click();
      await expectReached(page, 200);
      await page.getByTestId("hits-prev").click();
      await expectReached(page, 100);
      await page.reload();
      await expectReached(page, 100);
      await expect(count).toContainText("1 / 12");
    });

    await test.step("other words in the same conversation", async () => {
      await page.getByTestId("hits-input").fill("500");
      await expectReached(page, 500);
      await expect(count).toContainText("1 / 1");
      await expect(page.getByTestId("msg-500")).not.toHaveClass(/ringed/);
      await page.getByTestId("hits-next").click();
      await expectReached(page, 500);
      await page.getByTestId("hits-input").fill("yokböylebirşey");
      await expect(count).not.toContainText("/");
      await expect(page.getByTestId("hits-next")).toBeDisabled();
    });

    await test.step("Esc ends it", async () => {
      await page.getByTestId("hits-input").press("Escape");
      await expect(page.getByTestId("hits-bar")).toHaveCount(0);
      await expect(page.getByTestId("thread")).toBeFocused();
      await expect(page).not.toHaveURL(/q=/);
      await expect(page.locator("mark")).toHaveCount(0);
    });

    await test.step("begun from the menu", async () => {
      await page.getByTestId("btn-more").click();
      await page.getByTestId("btn-find").click();
      await expect(page.getByTestId("hits-input")).toBeFocused();
      await page.keyboard.type("televizyon");
      await expect(count).toContainText("12 / 12");
      await page.getByTestId("thread").focus();
      await page.keyboard.press("Escape");
      await expect(page.getByTestId("hits-bar")).toHaveCount(0);
    });
  });
}
