import { expect, test } from "./parley";
import { expectAccessible, expectAccessibleInBothThemes, languages, signIn, tooWide } from "./steps";

for (const language of languages) {
  test(`tags are renamed, made one and deleted (${language})`, async ({ page, parley, owner }) => {
    const { id } = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await owner.call("PATCH", `/agents/${id}`, { role: "admin" });
    await signIn(page, `${parley.url}/settings/tags`);
    const say = (tr: string, en: string) => (language === "tr" ? tr : en);
    await expect(page.getByTestId("tags-empty")).toBeVisible();
    await expectAccessible(page, "no tags");
    const numbers: number[] = [];
    for (const tags of [["ığdır", "vip"], ["ığdır"], ["iade"]]) {
      const number = await owner.begin("Elif", "Hello");
      await owner.call("POST", `/conversations/${number}/tags`, { tags });
      numbers.push(number);
    }
    const row = (tag: string) => page.getByTestId(`tag-row-${tag}`);
    await page.reload();

    await test.step("listed with how many have them, and found in any spelling", async () => {
      await expect(row("ığdır")).toContainText(say("2 konuşma", "2 conversations"));
      await expectAccessibleInBothThemes(page, "tags");
      await page.getByTestId("tags-find").fill("IGDIR");
      await expect(row("iade")).toHaveCount(0);
      await expect(row("ığdır")).toBeVisible();
      await page.getByTestId("tags-find").fill("");
    });

    await test.step("renamed by keys", async () => {
      await page.getByTestId("tag-rename-ığdır").press("Enter");
      await page.getByTestId("tag-name").press("Enter");
      await expect(page.getByTestId("tag-name")).toHaveAttribute("aria-invalid", "true");
      await expectAccessible(page, "a name that it has");
      await page.getByTestId("tag-name").fill("İzmir");
      await page.getByTestId("tag-name").press("Enter");
      await expect(row("izmir")).toContainText(say("2 konuşma", "2 conversations"));
      await expect(row("ığdır")).toHaveCount(0);
    });

    await test.step("made one with another, after a warning", async () => {
      await page.getByTestId("tag-rename-iade").click();
      await page.getByTestId("tag-name").fill("VIP");
      await expect(page.getByTestId("tag-merge")).not.toBeEmpty();
      await page.keyboard.press("Escape");
      await expect(page.getByTestId("tag-rename-iade")).toBeFocused();
      await page.getByTestId("tag-rename-iade").click();
      await page.getByTestId("tag-name").fill("VIP");
      await page.getByTestId("tag-save").click();
      await expect(row("vip")).toContainText(say("2 konuşma", "2 conversations"));
    });

    await test.step("deleted after a question", async () => {
      await page.getByTestId("tag-delete-vip").click();
      await expectAccessible(page, "the question");
      await page.getByTestId("tag-delete-yes").click();
      await expect(row("vip")).toHaveCount(0);
      const { conversation } = await owner.call<{ conversation: { tags: string[] } }>(
        "GET",
        `/conversations/${numbers[0]}`,
      );
      expect(conversation.tags).toEqual(["izmir"]);
    });

    await test.step("on a phone it is no wider than the screen, and a tag leads to its conversations", async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await tooWide(page)).toEqual([]);
      await row("izmir").getByRole("link").click();
      await expect(page).toHaveURL(/\/conversations\/inbox\?tag=izmir$/);
      await expect(page.getByTestId(`conv-row-${numbers[1]}`)).toBeVisible();
    });
  });
}
