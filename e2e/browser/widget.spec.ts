import { chatOf, expect, expectAccessible, makeSite, openDemo, said, test, write } from "./widget";

for (const [language, colorScheme] of [
  ["tr", "light"],
  ["en", "dark"],
] as const) {
  test.describe(`the widget (${language}, ${colorScheme})`, () => {
    test.use({ colorScheme });

    test("a conversation", async ({ page, context, parley, owner }) => {
      const site = await makeSite(owner);
      const chat = await openDemo(page, parley, site, language);
      await expectAccessible(page, "where it opens");
      await chat.in.getByTestId("w-new").click();
      await expect(chat.in.getByTestId("w-input")).toBeFocused();
      await write(chat, "Siparişim nerede?");

      await test.step("the team answers, and has read", async () => {
        await owner.call("POST", "/conversations/1/read", {});
        await owner.say(1, "Yolda: https://example.com/track");
        await expect(said(chat, "Yolda")).toBeVisible();
        await expect(chat.in.getByTestId("w-mark-read")).toBeVisible();
        await expect(chat.in.getByTestId("w-heard")).toContainText("Olcay: Yolda");
        await expect(chat.in.getByRole("link")).toHaveAttribute("rel", /noopener/);
        await expectAccessible(page, "a thread");
      });

      await test.step("a reload keeps the history and the place", async () => {
        await page.reload();
        await expect(said(chat, "Yolda")).toBeVisible();
        await expect(said(chat, "Siparişim nerede?")).toBeVisible();
      });

      await test.step("two tabs are in step; what is unread is counted once", async () => {
        const other = await context.newPage();
        const there = await openDemo(other, parley, site, language).catch(() => chatOf(other));
        await expect(said(there, "Yolda")).toBeVisible();
        await there.in.getByTestId("w-input").fill("İkinci sekmeden");
        await expect(chat.in.getByTestId("w-input")).toHaveValue("İkinci sekmeden");
        await there.in.getByTestId("w-send").click();
        await expect(said(chat, "İkinci sekmeden")).toHaveCount(1);
        await there.in.getByTestId("w-close").click();
        await expect(chat.launcher).toHaveAttribute("aria-expanded", "false");
        await owner.say(1, "Bir şey daha");
        await expect(page.getByTestId("w-badge")).toHaveText("1");
        await expect(other.getByTestId("w-badge")).toHaveText("1");
        await there.launcher.click();
        await expect(said(there, "Bir şey daha")).toBeVisible();
        await expect(page.getByTestId("w-badge")).toBeEmpty();
        await other.close();
      });

      await test.step("resolved, it is rated", async () => {
        await owner.call("POST", "/conversations/1/resolve", {});
        await page.bringToFront();
        await expect(chat.in.getByTestId("w-rating")).toBeVisible();
        await chat.in.locator('label:has([data-testid="w-star-4"])').click();
        await chat.in.getByTestId("w-rating-comment").fill("Hızlıydı");
        await expectAccessible(page, "a rating");
        await chat.in.getByTestId("w-rating-send").click();
        await expect(chat.in.getByTestId("w-rated")).toBeVisible();
        const { conversation } = await owner.call<{ conversation: { rating?: { score: number } } }>(
          "GET",
          "/conversations/1",
        );
        expect(conversation.rating?.score).toBe(4);
      });
    });

    test("what is asked before, by keys", async ({ page, parley, owner }) => {
      const notice = { tr: "Metni okudum.", en: "I have read the notice." };
      const site = await makeSite(owner, {
        fields: { name: "optional", email: "required", phone: "off" },
        consent: { on: true, version: "3", text: notice, url: "https://example.com/notice" },
      });
      await page.goto(`${parley.url}/widget/demo?key=${site.key}&lang=${language}`);
      const chat = chatOf(page);
      await chat.launcher.focus();
      await page.keyboard.press("Enter");
      await expect(chat.launcher).toHaveAttribute("aria-expanded", "true");
      await expect(chat.in.getByTestId("w-new")).toBeVisible();
      await chat.in.getByTestId("w-new").focus();
      await page.keyboard.press("Enter");
      await expect(chat.in.getByTestId("w-prechat")).toBeVisible();
      await chat.in.getByTestId("w-field-email").focus();
      await page.keyboard.type("ada");
      await page.keyboard.press("Enter");
      await expect(chat.in.getByTestId("w-field-email")).toBeFocused();
      await expect(chat.in.getByTestId("w-field-email")).toHaveAttribute("aria-invalid", "true");
      await expectAccessible(page, "a form with faults");
      await page.keyboard.type("@example.com");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      await page.keyboard.press("Enter");
      await expect(chat.in.getByTestId("w-input")).toBeFocused();
      await page.keyboard.type("Merhaba");
      await page.keyboard.press("Enter");
      await expect(chat.in.getByTestId("w-mark-sent")).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(chat.launcher).toBeFocused();
      await expect(chat.launcher).toHaveAttribute("aria-expanded", "false");
      const { customers } = await owner.call<{
        customers: { email: string; consent?: { version: string } }[];
      }>("GET", "/customers");
      expect(customers[0]).toMatchObject({ email: "ada@example.com", consent: { version: "3" } });
    });
  });
}

test("the bot leads, and hands over when asked to", async ({ page, parley, owner }) => {
  const settings = await owner.call<object>("GET", "/settings/bot");
  await owner.call("PUT", "/settings/bot", { ...settings, on: true });
  const chat = await openDemo(page, parley, await makeSite(owner));
  await chat.in.getByTestId("w-new").click();
  await expect(chat.in.getByTestId("w-welcome")).toBeVisible();
  await expect(chat.in.getByTestId("w-choices").getByRole("button")).toHaveCount(1);
  await write(chat, "Hello");
  await expect(chat.in.getByTestId("w-welcome")).toBeVisible();
  await chat.in.getByTestId("w-handover").click();
  await expect(chat.in.getByTestId("w-handover")).toHaveCount(0);
  await expect(chat.in.getByTestId("w-input")).toBeFocused();
  await expect
    .poll(
      async () => (await owner.call<{ counts: { unassigned: number } }>("GET", "/views")).counts.unassigned,
    )
    .toBe(1);
});

test("closed, a message is left", async ({ page, parley, owner }) => {
  const hours = await owner.call<object>("GET", "/settings/hours");
  await owner.call("PUT", "/settings/hours", { ...hours, always: false, week: [[], [], [], [], [], [], []] });
  const chat = await openDemo(page, parley, await makeSite(owner));
  await chat.in.getByTestId("w-new").click();
  await expect(chat.in.getByTestId("w-offline")).toBeVisible();
  await chat.in.getByTestId("w-prechat-submit").click();
  await expect(chat.in.getByTestId("w-field-email")).toBeFocused();
  await chat.in.getByTestId("w-field-email").fill("ada@example.com");
  await chat.in.getByTestId("w-field-message").fill("Please write to me");
  await expectAccessible(page, "leaving a message");
  await chat.in.getByTestId("w-prechat-submit").click();
  await expect(said(chat, "Please write to me")).toBeVisible();
  await expect(chat.in.getByTestId("w-contact")).toContainText("ada@example.com");
});

test("files, and nothing that is written ever runs", async ({ page, parley, owner }) => {
  const hostile = `<img src=x onerror="window.ran=1"><script>window.ran=1</script> javascript:window.ran=1`;
  const chat = await openDemo(page, parley, await makeSite(owner));
  await page.evaluate((title) => {
    document.title = title;
    history.pushState(null, "", `?key=${new URLSearchParams(location.search).get("key")}&lang=en&q=${title}`);
  }, hostile);
  await chat.in.getByTestId("w-new").click();
  await chat.in.getByTestId("w-file").setInputFiles([
    {
      name: `<img src=x onerror=window.ran=1>.pdf`,
      mimeType: "application/pdf",
      buffer: Buffer.from("%PDF-1.4\n%%EOF"),
    },
    { name: "bad.exe", mimeType: "application/x-msdownload", buffer: Buffer.from("MZ") },
  ]);
  await expect(chat.in.getByTestId("w-chip")).toHaveCount(2);
  await expect(chat.in.getByTestId("w-chip").last().getByRole("alert")).toContainText("bad.exe");
  await chat.in.getByTestId("w-chip").last().getByRole("button").click();
  await chat.in.getByTestId("w-input").fill(hostile);
  await chat.in.getByTestId("w-send").click();
  await expect(chat.in.getByTestId("w-mark-sent")).toBeVisible();
  await owner.call("PATCH", "/me", { name: `"><img src=x onerror=window.ran=1>` });
  await owner.say(1, hostile);
  await expect(chat.in.getByTestId("w-thread").locator(".said.agent")).toContainText("<script>");
  const saved = page.waitForEvent("download");
  await chat.in.getByTestId("w-thread").getByRole("button", { name: /\.pdf/ }).click();
  expect((await saved).suggestedFilename()).toMatch(/\.pdf$/);
  for (const frame of page.frames()) expect(await frame.evaluate(() => "ran" in window)).toBe(false);
});
