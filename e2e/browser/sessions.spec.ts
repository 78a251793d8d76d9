import { Colleague, expect, password, test, type Page } from "./parley";
import { expectAccessible, signIn } from "./steps";

const agents = {
  firefox: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
  safari: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1",
};

/** Signs in from elsewhere; tells whether that still holds. */
async function elsewhere(url: string, agent: string): Promise<() => Promise<boolean>> {
  const headers = { "Content-Type": "application/json", "X-Parley": "1", Origin: url, "User-Agent": agent };
  const body = JSON.stringify({ email: "isil@example.com", password, remember: false });
  const answer = await fetch(`${url}/api/v1/session`, { method: "POST", headers, body });
  const Cookie = answer.headers.getSetCookie()[0]!.split(";")[0]!;
  return async () => (await fetch(`${url}/api/v1/me`, { headers: { Cookie } })).ok;
}

const rows = (page: Page) => page.getByTestId("sessions").getByRole("listitem");

const said = {
  tr: {
    here: "Bu tarayıcı",
    firefox: "Windows üzerinde Firefox",
    safari: "iPhone üzerinde Safari",
    end: "Oturumu kapat",
  },
  en: {
    here: "This browser",
    firefox: "Firefox on Windows",
    safari: "Safari on iPhone",
    end: "Sign out",
  },
};

test("an administrator signs somebody out everywhere", async ({ page, parley, owner }) => {
  const agent = await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
  const onPhone = await elsewhere(parley.url, agents.safari);
  await signIn(page, `${parley.url}/settings/agents`, "owner@example.com");
  await page.getByTestId(`agent-edit-${agent.id}`).click();
  await page.getByTestId("agent-end-sessions").click();
  await expect(page.getByTestId("toast")).toContainText("Işıl Çağlar");
  expect(await onPhone()).toBe(false);
  const again = await elsewhere(parley.url, agents.safari);
  expect(await again()).toBe(true);
});

for (const language of ["tr", "en"] as const) {
  const t = said[language];

  test(`sessions (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const onPhone = await elsewhere(parley.url, agents.safari);
    const atWork = await elsewhere(parley.url, agents.firefox);
    const another = await elsewhere(parley.url, agents.firefox);
    await signIn(page, `${parley.url}/settings/profile`, "isil@example.com");

    await test.step("where one is signed in, this browser first", async () => {
      await expect(rows(page)).toHaveCount(4);
      await expect(rows(page).first()).toContainText(t.here);
      await expect(rows(page).first().getByRole("button")).toHaveCount(0);
      await expect(rows(page).nth(1)).toContainText(t.firefox);
      await expect(rows(page).nth(3)).toContainText(t.safari);
      await expect(rows(page).nth(3)).toContainText("127.0.0.1");
      await expectAccessible(page, "sessions");
    });

    await test.step("one is ended by keys; the focus stays in the list", async () => {
      await page.getByRole("button", { name: `${t.end}: ${t.safari}` }).focus();
      await page.keyboard.press("Enter");
      await expect(rows(page)).toHaveCount(3);
      await expect(rows(page).nth(2).getByRole("button")).toBeFocused();
      expect([await onPhone(), await atWork(), await another()]).toEqual([false, true, true]);
    });

    await test.step("all others at once; the focus is on what is left", async () => {
      await page.getByTestId("sessions-end-others").click();
      await expect(rows(page)).toHaveCount(1);
      await expect(page.getByTestId("profile-sign-out")).toBeFocused();
      await expect(page.getByTestId("sessions-end-others")).toHaveCount(0);
      expect([await atWork(), await another()]).toEqual([false, false]);
    });
  });
}

test("a new password shuts out the rest and leaves this page at work", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  await signIn(page, `${parley.url}/settings/profile`, "isil@example.com");
  const thief = await elsewhere(parley.url, agents.firefox);
  await page.getByTestId("password-current").fill(password);
  await page.getByTestId("password-next").fill("wolf-lamp-tide-copper");
  await page.getByTestId("password-save").click();
  await expect(page.getByTestId("password-current")).toHaveValue("");
  await expect(rows(page)).toHaveCount(1);
  expect(await thief()).toBe(false);
  await page.getByTestId("settings-back").click();
  const number = await owner.begin("İrem Çınar", "Merhaba!");
  await expect(page.getByTestId(`conv-row-${number}`)).toBeVisible();
  await page.reload();
  await expect(page.getByTestId(`conv-row-${number}`)).toBeVisible();
});

test("the audit log tells who was signed out, and a page that was is told", async ({
  page,
  parley,
  owner,
}) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  const other = new Colleague(parley.url);
  await other.signIn("isil@example.com");
  await signIn(page, `${parley.url}/settings/profile`, "isil@example.com");
  await expect(rows(page)).toHaveCount(2);
  await other.call("DELETE", "/me/sessions");
  await expect(page.getByTestId("relogin")).toBeVisible();
  const log = await owner.call<{ entries: { type: string }[] }>("GET", "/audit?kind=signing&limit=1");
  expect(log.entries[0]!.type).toBe("agent.session_ended");
});
