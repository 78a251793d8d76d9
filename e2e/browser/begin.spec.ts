import { expect, test, type Colleague } from "./parley";
import { expectAccessibleInBothThemes, languages, signIn } from "./steps";

/** An agent begins a conversation: with somebody new, with somebody known, and nothing typed is lost. */
for (const language of languages) {
  const words = {
    tr: { palette: "yeni konusma", failed: "Başlatılamadı", fresh: "Yeni müşteri: Nil Şahin" },
    en: { palette: "new conversation", failed: "Not begun", fresh: "New customer: Nil Şahin" },
  }[language];

  test(`a conversation is begun (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const mehmet = await owner.hire("Mehmet Öz", "mehmet@example.com", language);
    const number = await owner.begin("İrem Çınar", "Merhaba");
    await signIn(page, `${parley.url}/conversations/inbox`);
    await expect(page.getByTestId(`conv-row-${number}`)).toBeVisible();

    await test.step("with somebody new, from the palette, by keys", async () => {
      await page.keyboard.press("Control+k");
      await page.keyboard.type(words.palette);
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("begin-find")).toBeFocused();
      await page.keyboard.type("Nil Şahin");
      await expect(page.getByTestId("begin-new")).toContainText(words.fresh);
      await expectAccessibleInBothThemes(page, "with whom to begin");
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("begin-text")).toBeFocused();
      await expect(page.getByTestId("begin-name")).toHaveValue("Nil Şahin");
      await page.getByTestId("begin-email").fill("not an address");
      await page.getByTestId("begin-lead").selectOption(mehmet.id);
      await page.getByTestId("begin-text").fill("Siparişiniz hazır");
      await page.getByTestId("begin-text").press("Control+Enter");
      await expect(page.getByTestId("begin-email")).toHaveAttribute("aria-invalid", "true");
      await expectAccessibleInBothThemes(page, "a conversation that is refused");
      await page.getByTestId("begin-email").fill("nil@example.com");
    });

    await test.step("without a line it is not begun, and after a reload it is still written", async () => {
      await page.route("**/api/v1/conversations", (route) =>
        route.request().method() === "POST" ? route.abort() : route.fallback(),
      );
      await page.getByTestId("begin-send").click();
      await expect(page.getByTestId("begin-fault")).toContainText(words.failed);
      await page.unroute("**/api/v1/conversations");
      await page.reload();
      await expect(page.getByTestId(`conv-row-${number}`)).toBeVisible();
      await page.keyboard.press("Control+k");
      await page.keyboard.type(words.palette);
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("begin-text")).toHaveValue("Siparişiniz hazır");
      await expect(page.getByTestId("begin-email")).toHaveValue("nil@example.com");
    });

    await test.step("once, though the first answer was lost", async () => {
      let isLost = false;
      await page.route("**/api/v1/conversations", async (route) => {
        if (route.request().method() !== "POST" || isLost) return route.fallback();
        isLost = true;
        await route.fetch();
        await route.abort();
      });
      await page.getByTestId("begin-send").click();
      await expect(page.getByTestId("begin-fault")).toBeVisible();
      await page.getByTestId("begin-send").click();
      await expect(page.getByTestId("begin")).toHaveCount(0);
      await expect(page).toHaveURL(new RegExp(`/conversations/inbox/${number + 1}$`));
      await expect(page.getByTestId("thread")).toContainText("Siparişiniz hazır");
      const { conversation } = await open(owner, number + 1);
      expect(conversation).toMatchObject({
        channel: "desk",
        agent_id: mehmet.id,
        customer: { name: "Nil Şahin" },
      });
      await expect(open(owner, number + 2)).rejects.toThrow(/404/);
    });

    await test.step("with somebody known, from their panel", async () => {
      await page.goto(`${parley.url}/conversations/inbox/${number}`);
      await page.getByTestId("cust-begin").click();
      await expect(page.getByTestId("begin-who")).toContainText("İrem Çınar");
      await page.getByTestId("begin-text").fill("Bir şey daha");
      await expectAccessibleInBothThemes(page, "a conversation with somebody known");
      await page.getByTestId("begin-send").click();
      await expect(page).toHaveURL(new RegExp(`/${number + 2}$`));
      await expect(page.getByTestId("thread")).toContainText("Bir şey daha");
      await expect(page.getByTestId("cust-prev-" + number)).toBeVisible();
    });
  });
}

async function open(owner: Colleague, number: number) {
  return owner.call<{ conversation: Record<string, unknown> }>("GET", `/conversations/${number}`);
}
