import { expect, test } from "./parley";
import { choose, expectAccessible, signIn } from "./steps";

const pages = ["widget", "bot", "knowledge", "rules", "hours", "resolving", "tokens", "webhooks"] as const;

/** What an administrator sets about the widget, the bot and the hours. */
for (const language of ["tr", "en"] as const) {
  test(`what the team sets about its channels (${language})`, async ({ page, parley, owner }) => {
    await owner.call("PATCH", "/me", { language });
    await signIn(page, `${parley.url}/settings/widget`, "owner@example.com");

    await test.step("the widget: the tag to copy, its look, and what others have saved meanwhile", async () => {
      const { sites } = await owner.call<{ sites: { id: string; key: string }[] }>("GET", "/sites");
      await expect(page.getByTestId("widget-snippet")).toHaveText(
        `<script async src="${parley.url}/widget/${sites[0]!.key}.js"></script>`,
      );
      await page.getByTestId("widget-color").fill("#ffe08a");
      await page.getByTestId(`widget-title-${language}`).fill("Işıl'a sorun");
      await expect(page.getByTestId("widget-preview")).toContainText("Işıl'a sorun");
      await page.getByTestId("set-save").click();
      await expect(page.getByTestId("set-save")).toHaveCount(0);
      await page.getByTestId("widget-origins").fill("https://example.com\n\n  https://*.example.org ");
      await owner.call("PATCH", `/sites/${sites[0]!.id}`, { name: "Elsewhere" });
      await page.keyboard.press("Control+s");
      await expect(page.getByTestId("set-fault")).toBeVisible();
      await expectAccessible(page, "a conflict");
      await page.getByTestId("set-reload").click();
      await expect(page.getByTestId("widget-name")).toHaveValue("Elsewhere");
      await page.getByTestId("widget-origins").fill("https://example.com\n\n  https://*.example.org ");
      await page.getByTestId("set-save").click();
      await expect(page.getByTestId("set-save")).toHaveCount(0);
      const after = await owner.call<{ sites: object[] }>("GET", "/sites");
      expect(after.sites[0]).toMatchObject({
        color: "#ffe08a",
        origins: ["https://example.com", "https://*.example.org"],
      });
    });

    await test.step("what the bot knows, tried out", async () => {
      await page.getByTestId("set-nav-knowledge").click();
      await page.getByTestId("knowledge-new").click();
      await choose(page, `knowledge-lang-${language}`);
      await page
        .getByTestId("knowledge-questions")
        .fill("Hediye paketi yapıyor musunuz?\nHediye paketi ücretli mi?");
      await page.getByTestId("knowledge-answer").fill("Evet, 45 TL.");
      await page.getByTestId("knowledge-save").click();
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await page.getByTestId("knowledge-try").fill("hediye paketi ücretlimi");
      await page.getByTestId("knowledge-try-now").click();
      await expect(page.getByTestId("knowledge-trial")).toContainText("Evet, 45 TL.");
      await page.getByTestId("knowledge-search").fill("zürafa");
      await expect(page.getByTestId("knowledge-empty")).toBeVisible();
    });

    await test.step("a list longer than the server takes at once is imported whole", async () => {
      const knowledge = Array.from({ length: 90 }, (_, n) => ({
        language,
        questions: [`${n}. ürün nasıl temizlenir?`],
        answer: "Nemli bezle. ".repeat(300).trim(),
        choices: [],
        enabled: true,
      }));
      await page.getByTestId("knowledge-search").fill("");
      await page.getByTestId("knowledge-file").setInputFiles({
        name: "knowledge.json",
        mimeType: "application/json",
        buffer: Buffer.from(JSON.stringify({ knowledge })),
      });
      await expect
        .poll(async () => (await owner.call<{ total: number }>("GET", "/knowledge")).total)
        .toBe(knowledge.length + 1);
      await expect(page.getByTestId("knowledge-more")).toBeVisible();
    });

    await test.step("an address leads to an entry far down; the list is narrowed", async () => {
      type List = { knowledge: { id: string; answer: string }[]; next: string };
      const first = await owner.call<List>("GET", "/knowledge");
      const rest = await owner.call<List>("GET", `/knowledge?cursor=${first.next}`);
      const far = rest.knowledge.at(-1)!;
      await page.goto(`${parley.url}/settings/knowledge/${far.id}`);
      await expect(page.getByTestId("knowledge-answer")).toHaveValue(far.answer);
      await expect(page.getByTestId(`knowledge-${far.id}`)).toHaveCount(0);
      await page.goto(`${parley.url}/settings/knowledge/0198c0de-0000-7000-8000-00000000ffff`);
      await expect(page.getByTestId("knowledge-fault")).toBeVisible();
      await owner.call("PATCH", `/knowledge/${far.id}`, { enabled: false });
      await page.goto(`${parley.url}/settings/knowledge`);
      await page.getByTestId("knowledge-filter-state").selectOption("off");
      await expect(page.getByTestId(/^knowledge-[0-9a-f]{8}-/)).toHaveCount(1);
      await expect(page.getByTestId(`knowledge-${far.id}`)).toBeVisible();
      await page.getByTestId("knowledge-filter-language").selectOption(language === "tr" ? "en" : "tr");
      await expect(page.getByTestId("knowledge-empty")).toBeVisible();
      await page.getByTestId("knowledge-filter-state").selectOption("");
      await page.getByTestId("knowledge-filter-language").selectOption("");
      await expect(page.getByTestId("knowledge-more")).toBeVisible();
    });

    await test.step("what is written is seen whole, and how sure the bot must be is told in percent", async () => {
      await page.getByTestId("set-nav-bot").click();
      await expect(page.getByTestId("bot-threshold")).toHaveValue("48");
      const hidden = await page
        .locator("textarea")
        .evaluateAll((areas) => areas.filter((area) => area.scrollHeight > area.clientHeight).length);
      expect(hidden, "texts that are cut off").toBe(0);
      await page.getByTestId("bot-threshold").fill("55");
      await page.getByTestId("set-save").click();
      await expect.poll(() => owner.call("GET", "/settings/bot")).toMatchObject({ threshold: 0.55 });
    });

    await test.step("leaving asks while something is not saved", async () => {
      await page.getByTestId("set-nav-bot").click();
      await page.getByTestId(`bot-fallback-${language}`).fill("?");
      await page.getByTestId("set-nav-hours").click();
      await page.getByTestId("leave-yes").click();
      await expect(page).toHaveURL(/settings\/hours/);
      await page.getByTestId("set-nav-bot").click();
      await expect(page.getByTestId(`bot-fallback-${language}`)).not.toHaveValue("?");
    });

    await test.step("hours and a holiday", async () => {
      await page.getByTestId("set-nav-hours").click();
      await page.getByTestId("hours-always").click();
      const monday = page.getByTestId("hours-day-1").getByRole("textbox");
      await monday.first().fill("22.00");
      await monday.last().focus();
      await expect(page.getByTestId("hours-day-1").getByRole("alert")).toBeVisible();
      await monday.last().fill("2");
      await page.getByTestId("holiday-date").focus();
      await expect(page.getByTestId("hours-day-1").getByRole("alert")).toHaveCount(0);
      await page.getByTestId("holiday-date").fill("2027-04-23");
      await page.getByTestId("holiday-name").fill("23 Nisan");
      await page.getByTestId("holiday-add").click();
      await expect(page.getByTestId("holiday-2027-04-23")).toContainText("23 Nisan");
      await page.getByTestId("set-save").click();
      await expect
        .poll(() => owner.call("GET", "/settings/hours"))
        .toMatchObject({
          always: false,
          holidays: [{ date: "2027-04-23", name: "23 Nisan" }],
        });
    });

    await test.step("a night goes on the next morning", async () => {
      const { week } = await owner.call<{ week: object[][] }>("GET", "/settings/hours");
      expect(week.slice(0, 2)).toEqual([
        [{ from: "22:00", to: "24:00" }],
        [
          { from: "00:00", to: "02:00" },
          { from: "09:00", to: "18:00" },
        ],
      ]);
      const holiday = page.getByTestId("holiday-2027-04-23");
      await holiday.getByRole("button").first().click();
      await holiday.getByRole("textbox").first().fill("20");
      await holiday.getByRole("textbox").last().fill("1.30");
      await page.getByTestId("holiday-date").focus();
      await expect(page.getByTestId("holiday-2027-04-24").getByRole("textbox").last()).toHaveValue("01:30");
      await page.getByTestId("set-save").click();
      await expect
        .poll(async () => (await owner.call<{ holidays: object[] }>("GET", "/settings/hours")).holidays)
        .toEqual([
          { date: "2027-04-23", name: "23 Nisan", spans: [{ from: "20:00", to: "24:00" }] },
          { date: "2027-04-24", spans: [{ from: "00:00", to: "01:30" }] },
        ]);
    });

    await test.step("a token is shown once", async () => {
      await page.getByTestId("set-nav-tokens").click();
      await page.getByTestId("token-name").fill("Sipariş sistemi");
      await page.getByTestId("token-new").click();
      await expect(page.getByTestId("token-secret")).toHaveText(/\S{20,}/);
      await page.reload();
      await expect(page.getByText("Sipariş sistemi")).toBeVisible();
      await expect(page.getByTestId("token-secret")).toHaveCount(0);
    });

    await test.step("every page is accessible, on a phone too", async () => {
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        for (const name of pages) {
          await page.goto(`${parley.url}/settings/${name}`);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await expectAccessible(page, `${name} at ${width}`);
          expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(
            width,
          );
        }
      }
    });
  });
}
