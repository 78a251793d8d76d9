import { Colleague, expect, password, test, type Page } from "./parley";
import { expectAccessibleInBothThemes, languages, signIn } from "./steps";

const zone = { tr: "Asia/Baku", en: "Europe/London" };

/** The four steps of the first run; in English by keyboard alone. */
for (const language of languages) {
  test(`the first run (${language})`, async ({ page, parley }) => {
    const go = () =>
      language === "en" ? page.keyboard.press("Enter") : page.getByTestId("setup-next").click();
    const at = (step: number) =>
      expect(page.getByTestId(`setup-step-${step}`)).toHaveAttribute("aria-current", "step");
    await page.addInitScript((said) => localStorage.setItem("parley.language", said), language);

    await test.step("a wrong code opens nothing", async () => {
      await page.goto(`${parley.url}/setup?code=wrong`);
      await expect(page.getByTestId("setup-closed")).toBeVisible();
      await expect(page.getByTestId("setup-form")).toHaveCount(0);
      await expectAccessibleInBothThemes(page, "a wrong code");
    });

    await test.step("language and time zone", async () => {
      await page.goto(`${parley.url}/setup?code=${parley.code}`);
      await at(1);
      await expect(page.getByTestId(`setup-lang-${language}`)).toBeFocused();
      await expectAccessibleInBothThemes(page, "the first step");
      if (language === "en") {
        await page.keyboard.press("Tab");
        await page.keyboard.type(zone.en);
      } else {
        await page.getByTestId("setup-zone").selectOption(zone.tr);
      }
      await expect(page.getByTestId("setup-zone")).toHaveValue(zone[language]);
      await go();
      await at(2);
    });

    await test.step("the administrator; what is lacking is said, and Back loses nothing", async () => {
      await expect(page.getByTestId("setup-name")).toBeFocused();
      await go();
      await expect(page.getByTestId("setup-name")).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByTestId("setup-name")).toBeFocused();
      await expectAccessibleInBothThemes(page, "fields that lack something");
      await page.keyboard.type("Olcay Owner");
      await page.keyboard.press("Tab");
      await page.keyboard.type("owner@example.com");
      await page.keyboard.press("Tab");
      await page.keyboard.type("password1234");
      await go();
      await expect(page.getByTestId("setup-password")).toHaveAttribute("aria-invalid", "true");
      if (language === "en") await page.goBack();
      else await page.getByTestId("setup-back").click();
      await at(1);
      await expect(page.getByTestId("setup-zone")).toHaveValue(zone[language]);
      await go();
      await expect(page.getByTestId("setup-email")).toHaveValue("owner@example.com");
    });

    await test.step("a reload goes on; the password was kept nowhere", async () => {
      await page.reload();
      await at(2);
      await expect(page.getByTestId("setup-name")).toHaveValue("Olcay Owner");
      await expect(page.getByTestId("setup-password")).toHaveValue("");
      expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("password1234");
      await page.getByTestId("setup-password").focus();
      await page.keyboard.type(password);
      await go();
      await at(3);
    });

    await test.step("the code has done its work", async () => {
      const late = new Colleague(parley.url);
      await expect(late.setUp(parley.code, "en")).rejects.toThrow("closed");
      expect(page.url()).not.toContain(parley.code);
      const other = await page.context().browser()!.newPage();
      await other.goto(`${parley.url}/setup?code=${parley.code}`);
      await expect(other.getByTestId("setup-closed")).toBeVisible();
      await other.close();
    });

    const owner = new Colleague(parley.url);
    await owner.signIn("owner@example.com");
    const hours = await owner.call<{ zone: string }>("GET", "/settings/hours");
    expect(hours.zone).toBe(zone[language]);

    await test.step("the team and the bot, also from the page's front door", async () => {
      await page.goto(parley.url);
      await at(3);
      await expectAccessibleInBothThemes(page, "the third step");
      await expect(page.getByTestId("setup-team")).toBeFocused();
      await page.keyboard.type("Ayvadan");
      await page.keyboard.press("Tab");
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type("Ayvabot");
      await go();
      await at(4);
      const { team } = await owner.call<{ team: Record<string, unknown> }>("GET", "/me");
      expect(team).toMatchObject({ name: "Ayvadan", bot_name: "Ayvabot", language, samples: "none" });
    });

    await test.step("the website's line, and sample data", async () => {
      const { sites } = await owner.call<{ sites: { key: string }[] }>("GET", "/sites");
      await expect(page.getByTestId("setup-snippet")).toContainText(`/widget/${sites[0]!.key}.js`);
      await expectAccessibleInBothThemes(page, "the fourth step");
      await page.reload();
      await at(4);
      if (language === "en") {
        await page.getByTestId("setup-demo").focus();
        await page.keyboard.press("Enter");
      } else {
        await page.getByTestId("setup-demo").click();
      }
      await expect(page.getByTestId("setup-demo-done")).toBeVisible();
      await expect(page.getByTestId("setup-next")).toBeFocused();
      await go();
      await expect(page).toHaveURL(/\/conversations\/inbox/);
      await expect(page.locator("[data-testid^=conv-row-]").first()).toBeVisible();
      await expect(page.getByTestId("tab-jetbot")).toContainText("Ayvabot");
      await page.goto(`${parley.url}/setup`);
      await expect(page).toHaveURL(/\/conversations\/inbox/);
    });
  });
}

test("an answer that was lost: the owner is there, and goes on after signing in", async ({
  page,
  parley,
}) => {
  await page.goto(`${parley.url}/setup?code=${parley.code}`);
  await page.getByTestId("setup-next").click();
  await page.getByTestId("setup-name").fill("Olcay Owner");
  await page.getByTestId("setup-email").fill("owner@example.com");
  await page.getByTestId("setup-password").fill(password);
  await page.route("**/api/v1/setup", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.getByTestId("setup-next").click();
  await expect(page.getByTestId("setup-fault")).toBeVisible();
  await page.unroute("**/api/v1/setup");
  await page.context().clearCookies();
  // Once more with the same code makes nobody.
  await page.getByTestId("setup-next").click();
  await page.getByTestId("setup-sign-in").click();
  await page.getByTestId("login-email").fill("owner@example.com");
  await page.getByTestId("login-password").fill(password);
  await page.getByTestId("login-submit").click();
  await expect(page.getByTestId("setup-step-3")).toHaveAttribute("aria-current", "step");
  await page.getByTestId("setup-skip").click();
  await page.getByTestId("setup-next").click();
  await expect(page).toHaveURL(/\/conversations\/inbox/);
  await expect(page.getByTestId("list-empty")).toBeVisible();
});

test("sample data go from every screen at once, and nothing else does", async ({ page, parley, owner }) => {
  await owner.call("POST", "/samples");
  await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
  const waiting = await owner.call<{ conversations: { number: number }[] }>(
    "GET",
    "/conversations?view=unassigned",
  );
  const sample = waiting.conversations[0]!.number;
  await owner.say(sample, "Bir bakıyorum");
  const other = await page.context().browser()!.newPage();
  await signIn(other, `${parley.url}/conversations/inbox/${sample}`);
  await expect(other.getByTestId("pane-thread")).toContainText("Bir bakıyorum");
  await expect(other.getByTestId("samples-strip")).toHaveCount(0);
  const own = await owner.begin("Gerçek Müşteri", "Merhaba!");

  await signIn(page, `${parley.url}/conversations/inbox`, "owner@example.com");
  await expect(page.getByTestId("samples-strip")).toBeVisible();
  await expectAccessibleInBothThemes(page, "the strip over the list");
  await page.getByTestId(`conv-row-${sample}`).click();
  await expect(page.getByTestId("pane-thread")).toContainText("Bir bakıyorum");
  await page.getByTestId("samples-strip-hide").click();
  await expect(page.getByTestId("samples-strip")).toHaveCount(0);
  await expect(page.getByTestId("pane-list")).toBeFocused();

  await page.goto(`${parley.url}/settings/team`);
  await expect(page.getByTestId("samples-remove")).toBeVisible();
  await expectAccessibleInBothThemes(page, "sample data in the settings");
  await page.getByTestId("samples-remove").click();
  await expect(page.getByTestId("samples-remove")).toHaveCount(0);
  await expect(page.getByTestId("samples-add")).toHaveCount(0); // there is a conversation of one's own

  await onlyOne(other, own);
  await expect(other.getByTestId("thread-error")).toBeVisible();
  await page.goto(`${parley.url}/conversations/inbox`);
  await onlyOne(page, own);
  const { customers } = await owner.call<{ customers: unknown[] }>("GET", "/customers");
  expect(customers).toHaveLength(1);
  await expect.poll(() => found(owner, "kargo")).toBe(0);
  expect(await found(owner, "Merhaba")).toBe(1);
  expect(await owner.begin("Yeni Müşteri", "Merhaba!")).toBe(own + 1);
  await other.close();
});

test("the strip removes them in one click", async ({ page, parley, owner }) => {
  await owner.call("POST", "/samples");
  await signIn(page, `${parley.url}/conversations/inbox`, "owner@example.com");
  await page.locator("a[data-testid^=conv-row-]").first().click();
  await expect(page.getByTestId("thread-header")).toBeVisible();
  await page.getByTestId("samples-strip-remove").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("samples-strip")).toHaveCount(0);
  await expect(page.getByTestId("list-empty")).toBeVisible();
  await expect(page).toHaveURL(/\/conversations\/inbox$/);
  await expect(page.getByTestId("thread-error")).toHaveCount(0);
  await expect(page.getByTestId("pane-list")).toBeFocused();
  await page.goto(`${parley.url}/settings/team`);
  await page.getByTestId("samples-add").click();
  await expect(page.getByTestId("samples-remove")).toBeFocused();
});

/** Exactly one conversation is listed and counted. */
async function onlyOne(page: Page, number: number): Promise<void> {
  await expect(page.locator("a[data-testid^=conv-row-]")).toHaveCount(1);
  await expect(page.getByTestId(`conv-row-${number}`)).toBeVisible();
  await expect(page.getByTestId("tab-inbox")).toContainText("1");
  await expect(page.getByTestId("tab-archive")).not.toContainText(/[1-9]/);
}

async function found(owner: Colleague, q: string): Promise<number> {
  const page = await owner.call<{ hits: unknown[] }>("GET", `/search?q=${encodeURIComponent(q)}`);
  return page.hits.length;
}
