import { type Colleague, expect, test } from "./parley";
import { languages, signIn } from "./steps";

/** What is marked as unread stays so while it is open, whoever marks it, and is read when it is entered again. */
for (const language of languages) {
  test(`marked as unread (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const other = await owner.begin("İrem Çınar", "Merhaba!");
    const number = await owner.begin("Mehmet Işık", "Kargom nerede?");
    await signIn(page, `${parley.url}/conversations/inbox/${number}`);
    const unread = () => unreadOf(owner, number);
    await expect(page.getByTestId("thread")).toContainText("Kargom nerede?");
    await expect.poll(unread).toBe(0);

    /** It is marked, and still is when it would have been read. */
    const stays = async () => {
      await expect(page.getByTestId(`conv-row-${number}`).getByTestId("conv-row-unread")).toBeVisible();
      await page.waitForTimeout(1800);
      expect(await unread()).toBe(1);
    };
    const goAwayAndCome = async () => {
      await page.getByTestId(`conv-row-${other}`).click();
      await expect(page.getByTestId("conv-number")).toContainText(`#${other}`);
      expect(await unread()).toBe(1);
      await page.getByTestId(`conv-row-${number}`).click();
      await expect.poll(unread).toBe(0);
    };

    await test.step("in the menu of the thread", async () => {
      await page.getByTestId("btn-more").click();
      await page.getByTestId("btn-unread").click();
      await stays();
      await goAwayAndCome();
    });

    await test.step("in the menu of its row", async () => {
      await page.getByTestId(`conv-row-${number}`).press("Shift+F10");
      await page.getByTestId("row-unread").click();
      await stays();
      await goAwayAndCome();
    });

    await test.step("by its key, at once", async () => {
      await page.getByTestId(`conv-row-${other}`).click();
      await owner.call("POST", `/conversations/${number}/unread`);
      await page.getByTestId(`conv-row-${number}`).click();
      await expect(page.getByTestId("conv-number")).toContainText(`#${number}`);
      await page.keyboard.press("Shift+U");
      await stays();
      await goAwayAndCome();
    });

    await test.step("by somebody else", async () => {
      await owner.call("POST", `/conversations/${number}/unread`);
      await stays();
    });
  });
}

async function unreadOf(owner: Colleague, number: number): Promise<number> {
  const answer = await owner.call<{ conversation: { unread: number } }>("GET", `/conversations/${number}`);
  return answer.conversation.unread;
}
