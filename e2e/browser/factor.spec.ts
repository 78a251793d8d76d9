import { readFile } from "node:fs/promises";
import { Colleague, expect, password, test, type Page } from "./parley";
import { onPage, Phone, secure } from "./phone";
import { expectAccessible, expectAccessibleInBothThemes, languages, signIn, tooWide } from "./steps";

// Every attempt to sign in counts against a limit of five at once, also where a password
// is only confirmed: no test below makes more for one agent.

const email = "isil@example.com";

/** The first step, up to the second. */
async function firstStep(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByTestId("login-email").fill(email);
  await page.getByTestId("login-password").fill(password);
  await page.getByTestId("login-submit").click();
  await expect(page.getByTestId("login-code")).toBeFocused();
}

async function verify(page: Page, code: string): Promise<void> {
  await page.getByTestId("login-code").fill(code);
  await page.getByTestId("login-code").press("Enter");
}

/** Confirms with the password and a recovery code. */
async function confirm(page: Page, code: string): Promise<void> {
  await page.getByTestId("factor-confirm-password").fill(password);
  await page.getByTestId("factor-confirm-code-other").click();
  await page.getByTestId("factor-confirm-code").fill(code);
  await page.getByTestId("factor-confirm-yes").click();
}

for (const language of languages) {
  test(`turning it on, and signing in with it (${language})`, async ({ page, parley, owner, context }) => {
    const say = (tr: string, en: string) => (language === "tr" ? tr : en);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await owner.hire("Işıl Çağlar", email, language);
    await signIn(page, `${parley.url}/settings/profile`, email);
    await expect(page.getByTestId("factor-state")).toHaveText(say("Kapalı", "Off"));
    let codes: string[] = [];

    await test.step("the password, then the app's first code", async () => {
      await page.getByTestId("factor-on").click();
      await expect(page.getByTestId("factor-password")).toBeFocused();
      await expectAccessible(page, "asking for the password");
      await page.getByTestId("factor-password").fill(password);
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("factor-code")).toBeFocused();
      await expect(page.getByTestId("factor-secret")).toHaveText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
      await expect(page.getByTestId("factor-qr")).toBeVisible();
      await expectAccessibleInBothThemes(page, "the QR code");
      await page.keyboard.type("12");
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("factor-code")).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByTestId("factor-code")).toBeFocused();
      await expectAccessible(page, "a wrong code");
      const phone = new Phone((await page.getByTestId("factor-secret").textContent())!);
      await page.getByTestId("factor-code").fill(phone.code());
      await page.keyboard.press("Enter");
    });

    await test.step("recovery codes are there to be kept, and don't go by themselves", async () => {
      await expect(page.getByTestId("factor-codes").getByRole("heading")).toBeFocused();
      codes = await page.getByTestId("factor-codes").locator("code").allTextContents();
      expect(new Set(codes).size).toBe(10);
      await expectAccessibleInBothThemes(page, "the recovery codes");
      await page.keyboard.press("Escape");
      await expect(page.getByTestId("factor-codes")).toBeVisible();
      const saving = page.waitForEvent("download");
      await page.getByTestId("factor-codes-save").click();
      const file = await readFile(await (await saving).path(), "utf8");
      expect(codes.every((code) => file.includes(code)) && file.includes(email)).toBe(true);
      await page.getByTestId("factor-codes-copy").click();
      await expect(page.getByTestId("factor-codes-copy")).toHaveText(say("Kopyalandı", "Copied"));
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(codes.join("\n"));
      await page.getByTestId("factor-codes-done").click();
      await expect(page.getByTestId("factor-dialog")).toHaveCount(0);
      await expect(page.getByTestId("factor-state")).toContainText(say("Açık.", "On since"));
      await expect(page.getByTestId("factor-left")).toContainText("10");
      await expectAccessible(page, "the profile");
    });

    await test.step("a wrong code, the way back, and a recovery code", async () => {
      await page.getByTestId("profile-sign-out").click();
      await firstStep(page, `${parley.url}/settings/profile`);
      const field = page.getByTestId("login-code");
      await expect(field).toHaveAttribute("autocomplete", "one-time-code");
      await expect(field).toHaveAttribute("inputmode", "numeric");
      await expectAccessibleInBothThemes(page, "the second step");
      await page.getByTestId("login-back").click();
      await expect(page.getByTestId("login-password")).toBeFocused();
      await page.getByTestId("login-submit").click();
      await expect(field).toBeFocused();
      await page.getByTestId("login-code-other").click();
      await expect(field).toBeFocused();
      await expect(field).toHaveAttribute("inputmode", "text");
      await verify(page, codes[0]!.toUpperCase().replaceAll("-", " "));
      await expect(page.getByTestId("factor-left")).toContainText("9");
    });
  });
}

test("the second step: wrong codes, used codes, and pasting", async ({ page, parley, owner, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await owner.hire("Işıl Çağlar", email, "en");
  const isil = new Colleague(parley.url);
  await isil.signIn(email);
  const { phone } = await secure(isil);
  await firstStep(page, `${parley.url}/conversations/inbox`);
  const field = page.getByTestId("login-code");
  // The code that turned it on is used up, or that of a step before, if a new one began.
  await verify(page, phone.code(-1));
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("alert").filter({ hasText: "wrong or was used already" })).toHaveCount(1);
  await expect(field).toBeFocused();
  await expectAccessibleInBothThemes(page, "a wrong code");
  await page.evaluate((code) => navigator.clipboard.writeText(code), phone.code(1).replace(/^.../, "$& "));
  await field.press("Control+a");
  await field.press("Control+v");
  await expect(field).toHaveValue(/^\d{3} \d{3}$/);
  await field.press("Enter");
  await expect(page.getByTestId("app-rail")).toBeVisible();
});

test("a session that ends asks for the second step too, and keeps what was written", async ({
  page,
  parley,
  owner,
}) => {
  const { id } = await owner.hire("Işıl Çağlar", email, "tr");
  const number = await owner.begin("İrem Çınar", "Merhaba!");
  await signIn(page, `${parley.url}/conversations/inbox/${number}`, email);
  const { codes } = await secure(onPage(page));
  const field = page.getByTestId("composer-input");
  await field.fill("Hemen bakıyorum");
  // Setting the password ends the sessions and leaves the second factor.
  await owner.call("PATCH", `/agents/${id}`, { password });
  const again = page.getByTestId("relogin");
  await expect(again).toBeVisible();
  await page.getByTestId("login-password").fill("not this one");
  await page.getByTestId("login-submit").click();
  await expect(page.getByTestId("login-error")).toBeFocused();
  await page.getByTestId("login-password").fill(password);
  await page.getByTestId("login-submit").click();
  await expect(page.getByTestId("login-code")).toBeFocused();
  await expectAccessible(page, "the second step over the page");
  await page.getByTestId("login-code-other").click();
  await verify(page, codes[0]!);
  await expect(again).toHaveCount(0);
  await expect(field).toHaveValue("Hemen bakıyorum");
});

test("new recovery codes, and turning it off", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", email, "en");
  await signIn(page, `${parley.url}/settings/profile`, email);
  const { codes } = await secure(onPage(page));
  await page.reload();
  await page.getByTestId("factor-renew").click();
  await expect(page.getByTestId("factor-confirm-password")).toBeFocused();
  await expectAccessible(page, "confirming");
  await page.getByTestId("factor-confirm-yes").click();
  await expect(page.getByTestId("factor-confirm-password")).toHaveAttribute("aria-invalid", "true");
  await confirm(page, codes[1]!);
  const shown = page.getByTestId("factor-codes").locator("code");
  await expect(shown).toHaveCount(10);
  const fresh = await shown.allTextContents();
  expect(fresh.filter((code) => codes.includes(code))).toEqual([]);
  await page.getByTestId("factor-codes-done").click();
  await expect(page.getByTestId("factor-renew")).toBeFocused();

  await page.getByTestId("factor-off").click();
  await confirm(page, codes[2]!);
  await expect(page.getByTestId("factor-confirm-code")).toHaveAttribute("aria-invalid", "true");
  await page.getByTestId("factor-confirm-code").fill(fresh[0]!);
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("factor-state")).toHaveText("Off");
});

test("a team that requires it", async ({ page, parley, owner, browser }) => {
  const { id } = await owner.hire("Işıl Çağlar", email, "tr");
  const number = await owner.begin("İrem Çınar", "Merhaba!");
  await signIn(page, `${parley.url}/conversations/inbox/${number}`, email);
  const field = page.getByTestId("composer-input");
  await field.fill("Yarım kalan yanıt");

  const office = await (await browser.newContext()).newPage();
  await signIn(office, `${parley.url}/settings/agents`, "owner@example.com");
  const rule = office.getByTestId("factor-require");
  await expect(rule).toBeDisabled();
  // It ends the owner's other sessions, the office's among them.
  const { codes } = await secure(owner);
  await office.getByTestId("login-password").fill(password);
  await office.getByTestId("login-submit").click();
  await office.getByTestId("login-code-other").click();
  await verify(office, codes[0]!);
  await expect(office.getByTestId("login-code")).toHaveCount(0);
  await office.reload();

  await test.step("who has none is led to it at once, and can do nothing else", async () => {
    await rule.click();
    await expect(rule).toHaveAttribute("aria-checked", "true");
    await expectAccessible(office, "the agents");
    await expect(page.getByTestId("factor-must")).toBeVisible();
    await expectAccessibleInBothThemes(page, "having to set it up");
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await tooWide(page)).toEqual([]);
    }
    expect(await page.evaluate(async () => (await fetch("/api/v1/views")).status)).toBe(403);
    await page.reload();
    await expect(page.getByTestId("factor-must")).toBeVisible();
  });

  await test.step("set up, the work goes on where it was", async () => {
    await page.getByTestId("factor-password").fill(password);
    await page.keyboard.press("Enter");
    const phone = new Phone((await page.getByTestId("factor-secret").textContent())!);
    await page.getByTestId("factor-code").fill(phone.code());
    await page.keyboard.press("Enter");
    await page.getByTestId("factor-codes-done").click();
    await expect(field).toHaveValue("Yarım kalan yanıt");
    expect(new URL(page.url()).pathname).toBe(`/conversations/inbox/${number}`);
  });

  await test.step("one who lost the phone is let in by an owner", async () => {
    await office.reload();
    await expect(office.getByTestId(`agent-factor-${id}`)).toHaveText(/Two-step verification/);
    await office.getByTestId(`agent-factor-reset-${id}`).click();
    await expectAccessible(office, "asking to take it away");
    await office.getByTestId("agent-factor-confirm").click();
    await expect(office.getByTestId(`agent-factor-${id}`)).toHaveText(/Password only/);
    await expect(page.getByTestId("factor-must")).toBeVisible();
  });
});
