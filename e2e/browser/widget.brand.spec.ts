import { png as picture } from "./talk";
import { expectAccessible, signIn } from "./steps";
import { chatOf, expect, makeSite, openDemo, said, test, write, type Site } from "./widget";

const png = (name: string, width: number, height: number) => ({
  name,
  mimeType: "image/png",
  buffer: picture(width, height, [240, 200, 60]),
});

for (const language of ["tr", "en"] as const) {
  test(`a website's logo (${language})`, async ({ page, browser, parley, owner }) => {
    await owner.call("PATCH", "/me", { language });
    const { sites } = await owner.call<{ sites: Site[] }>("GET", "/sites");
    const site = sites[0]!;
    await owner.call("PATCH", `/sites/${site.id}`, { fields: { name: "off", email: "off", phone: "off" } });
    await signIn(page, `${parley.url}/settings/widget`, "owner@example.com");
    const file = page.getByTestId("widget-logo-file");
    const refused: string[] = [];

    await test.step("what is no picture is refused at once", async () => {
      await file.setInputFiles({
        name: "logo.svg",
        mimeType: "image/svg+xml",
        buffer: Buffer.from("<svg/>"),
      });
      await expect(page.getByTestId("widget-logo-fault")).toBeVisible();
      await file.setInputFiles({
        name: "logo.png",
        mimeType: "image/png",
        buffer: Buffer.from("no picture"),
      });
      await expect(page.getByTestId("widget-logo-fault")).toBeVisible();
      await expect(page.getByTestId("preview-logo")).toHaveCount(0);
    });

    await test.step("it is seen before it is saved, and can be let go", async () => {
      await file.setInputFiles(png("logo.png", 600, 120));
      await expect(page.getByTestId("preview-logo")).toBeVisible();
      await page.getByTestId("set-discard").click();
      await expect(page.getByTestId("preview-logo")).toHaveCount(0);
      await file.setInputFiles(png("logo.png", 600, 120));
      await expect(page.getByTestId("preview-logo")).toHaveJSProperty("complete", true);
      await page.getByTestId("set-save").click();
      await expect(page.getByTestId("set-save")).toHaveCount(0);
      await expect(page.getByTestId("widget-logo")).toHaveAttribute("src", /\/widget\/.+\/logo\/.+\.png/);
      await expectAccessible(page, "a logo");
    });

    await test.step("visitors see it where the chat opens and above a conversation", async () => {
      const context = await browser.newContext();
      const shop = await context.newPage();
      shop.on(
        "console",
        (message) => /Content Security/.test(message.text()) && refused.push(message.text()),
      );
      const chat = await openDemo(shop, parley, site, language);
      const logo = chat.in.getByTestId("w-logo");
      await expect(logo).toHaveAttribute("alt", "Ayvadan");
      await expect.poll(() => logo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(400);
      await chat.in.getByTestId("w-new").click();
      await write(chat, "Merhaba");
      await expect(logo).toBeVisible();
      // An agent has a face of their own.
      await owner.say(1, "Buyurun");
      await expect(said(chat, "Buyurun")).toBeVisible();
      await expect(logo).toHaveCount(0);
      await context.close();
    });

    await test.step("taken away, the name is there again", async () => {
      await page.getByTestId("widget-logo-remove").click();
      await page.getByTestId("set-save").click();
      await expect(page.getByTestId("set-save")).toHaveCount(0);
      const after = await owner.call<{ sites: { logo?: object }[] }>("GET", "/sites");
      expect(after.sites[0]?.logo).toBeUndefined();
    });
    expect(refused).toEqual([]);
  });
}

test("answers are heard after a gesture, in the tab that was used last, unless muted", async ({
  page,
  context,
  parley,
  owner,
}) => {
  // The browser's own oscillators, counted.
  await context.addInitScript(() => {
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (this: OscillatorNode, ...when) {
      document.documentElement.dataset.rang = String(Number(document.documentElement.dataset.rang ?? 0) + 1);
      start.apply(this, when);
    };
  });
  const rang = (chat: ReturnType<typeof chatOf>) =>
    chat.in.locator("html").evaluate((html) => Number(html.dataset.rang ?? 0));
  const site = await makeSite(owner);
  const chat = await openDemo(page, parley, site);
  await chat.in.getByTestId("w-new").click();
  await write(chat, "Hello");

  await test.step("who looks at the chat hears nothing", async () => {
    await owner.say(1, "One");
    await expect(said(chat, "One")).toBeVisible();
    expect(await rang(chat)).toBe(0);
  });

  await test.step("who looks at the website does", async () => {
    await page.locator("h1").first().click();
    await owner.say(1, "Two");
    await expect.poll(() => rang(chat)).toBe(2);
  });

  const other = await context.newPage();
  await other.goto(page.url());
  const there = chatOf(other);
  await expect(there.launcher).toBeVisible();
  await other.evaluate(() => (window as unknown as { $chat: (verb: string) => void }).$chat("open"));
  await expect(said(there, "Two")).toBeAttached();

  // What comes within a second of another does not ring again.
  await page.waitForTimeout(1100);

  await test.step("a tab that was not touched is silent", async () => {
    await owner.say(1, "Three");
    await expect.poll(() => rang(chat)).toBe(4);
    expect(await rang(there)).toBe(0);
  });

  await test.step("of two, the one that was used last rings", async () => {
    await there.in.getByTestId("w-input").click();
    await expect(there.in.getByTestId("w-input")).toBeFocused();
    await other.locator("h1").first().click();
    await owner.say(1, "Four");
    await expect.poll(() => rang(there)).toBe(2);
    expect(await rang(chat)).toBe(4);
  });

  await test.step("muted in one tab, all are", async () => {
    await there.in.getByTestId("w-sound").click();
    await expect(there.in.getByTestId("w-sound")).toHaveAttribute("aria-pressed", "true");
    await expect(chat.in.getByTestId("w-sound")).toHaveAttribute("aria-pressed", "true");
    await other.locator("h1").first().click();
    await owner.say(1, "Five");
    await expect(said(there, "Five")).toBeVisible();
    await other.reload();
    await expect(there.in.getByTestId("w-sound")).toHaveAttribute("aria-pressed", "true");
    expect(await rang(chat)).toBe(4);
  });

  await test.step("a website can do without", async () => {
    await owner.call("PATCH", `/sites/${site.id}`, { sound: false });
    await other.reload();
    await expect(said(there, "Five")).toBeAttached();
    await expect(there.in.getByTestId("w-sound")).toHaveCount(0);
  });
});
