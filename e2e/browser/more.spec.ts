import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "./parley";
import { expectAccessibleInBothThemes, signIn } from "./steps";

/** What the menu beside the conversation's buttons does with a conversation. */

const choose = async (page: Page, testid: string) => {
  await page.getByTestId("btn-more").click();
  await page.getByTestId(testid).click();
};

test("a conversation as a text, and a customer who is blocked", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
  const number = await owner.begin("İrem Çınar", "Merhaba, ilk mesaj");
  // More than the server gives at a time.
  for (let i = 1; i <= 104; i++) await owner.say(number, `satır ${i}`);
  await signIn(page, `${parley.url}/conversations/inbox/${number}`);
  await page.getByTestId("btn-more").click();
  await expectAccessibleInBothThemes(page, "the menu of a conversation");
  await page.keyboard.press("Escape");

  await test.step("all of it, in order", async () => {
    const coming = page.waitForEvent("download");
    await choose(page, "btn-export");
    const download = await coming;
    expect(download.suggestedFilename()).toBe(`konusma-${number}.txt`);
    const text = await readFile(await download.path(), "utf8");
    expect(text).toMatch(new RegExp(`^#${number} · İrem Çınar\\n\\nOlcay Owner, .*\\nMerhaba, ilk mesaj\\n`));
    const lines = text.split("\n").filter((line) => line.startsWith("satır"));
    expect(lines).toEqual(Array.from({ length: 104 }, (_, i) => `satır ${i + 1}`));
  });

  await test.step("blocked and let in again, the panel closed", async () => {
    await page.keyboard.press("c");
    await expect(page.getByTestId("pane-customer")).toHaveCount(0);
    await choose(page, "btn-block");
    await expect(page.getByTestId("block-reason")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("btn-more")).toBeFocused();
    await choose(page, "btn-block");
    await page.getByTestId("block-reason").fill("Küfür");
    await page.keyboard.press("Tab");
    await page.getByTestId("block-confirm").click();
    await expect(page.getByTestId("composer-unblock")).toBeVisible();
    await choose(page, "btn-block");
    await page.getByTestId("block-confirm").click();
    await expect(page.getByTestId("composer-input")).toBeVisible();
    await expect(page.getByTestId("btn-more")).toBeFocused();
  });
});
