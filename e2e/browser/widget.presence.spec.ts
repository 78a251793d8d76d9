import { signIn } from "./steps";
import { chatOf, expect, makeSite, openDemo, test, write } from "./widget";

for (const [language, there, gone] of [
  ["tr", "Sitede", "Sitede değil"],
  ["en", "On the website", "Not on the website"],
] as const) {
  test(`agents see whether a visitor is still there (${language})`, async ({
    page,
    browser,
    parley,
    owner,
  }) => {
    await owner.call("PATCH", "/me", { language });
    const site = await makeSite(owner);
    const other = await owner.begin("Came in another way", "Hello");
    const context = await browser.newContext();
    const shop = await context.newPage();
    const chat = await openDemo(shop, parley, site, language);
    await chat.in.getByTestId("w-new").click();
    await write(chat, "Buradayım");

    await signIn(page, `${parley.url}/conversations/inbox/2`, "owner@example.com");
    const inThread = page.getByTestId("thread-header").getByTestId("on-site");
    const inPanel = page.getByTestId("pane-customer").getByTestId("on-site");
    const inList = page.getByTestId("conv-row-2").getByTestId("conv-row-on-site");
    await expect(inThread).toHaveText(there);
    await expect(inPanel).toHaveText(there);
    await expect(inList).toHaveText(there);
    await expect(page.getByTestId("conv-channel")).toContainText(
      language === "tr" ? "Sohbet penceresi" : "Chat window",
    );

    await test.step("a second page keeps them there; with the last one they are gone", async () => {
      const second = await context.newPage();
      await second.goto(shop.url());
      await chatOf(second).launcher.hover();
      await shop.close();
      await expect(inThread).toHaveText(there);
      await second.close();
      await expect(inThread).toHaveText(gone, { timeout: 20_000 });
      await expect(inPanel).toHaveText(gone);
      await expect(inList).toHaveCount(0);
    });

    await test.step("they come back", async () => {
      const again = await context.newPage();
      await again.goto(`${parley.url}/widget/demo?key=${site.key}`);
      await expect(inThread).toHaveText(there);
      await expect(inList).toHaveText(there);
    });

    await test.step("of who came in another way nothing is said", async () => {
      await page.goto(`${parley.url}/conversations/inbox/${other}`);
      await expect(page.getByTestId("thread-header")).toContainText("Came in another way");
      await expect(inThread).toHaveCount(0);
    });
    await context.close();
  });
}
