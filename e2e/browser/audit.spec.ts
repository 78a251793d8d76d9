import { readFile } from "node:fs/promises";
import { expect, test, type Colleague, type Page } from "./parley";
import { expectAccessibleInBothThemes, languages, signIn, tooWide } from "./steps";

/** Somebody who may see the audit log, and things that it tells of. */
async function eventful(owner: Colleague, language: string): Promise<string> {
  await owner.hire("Işıl Çağlar", "isil@example.com", language);
  const { id } = await owner.hire("Mehmet Işık", "mehmet@example.com", language);
  const isil = (await owner.call<{ agents: { id: string; email: string }[] }>("GET", "/agents")).agents.find(
    (agent) => agent.email === "isil@example.com",
  )!;
  await owner.call("PATCH", `/agents/${isil.id}`, { role: "admin" });
  await owner.call("PATCH", `/agents/${id}`, { role: "reporter" });
  await owner.call("POST", "/channel-tokens", { name: "=cmd|' /C calc'!A0" });
  await owner
    .call("POST", "/session", { email: "mehmet@example.com", password: "wrong" })
    .catch(() => undefined);
  return id;
}

const rows = (page: Page) => page.getByTestId("audit-table").locator("tbody tr");

for (const language of languages) {
  test(`the audit log tells who did what (${language})`, async ({ page, parley, owner }) => {
    const mehmet = await eventful(owner, language);
    await signIn(page, `${parley.url}/settings/audit`);
    const say = (tr: string, en: string) => (language === "tr" ? tr : en);

    await test.step("the newest is first", async () => {
      await expect(rows(page).nth(0)).toContainText("Işıl Çağlar");
      await expect(rows(page).nth(0)).toContainText(say("Oturum açıldı", "Signed in"));
      await expect(rows(page).nth(0)).toContainText("127.0.0.1");
      await expect(rows(page).nth(1)).toContainText(say("Yanlış parolayla", "wrong password"));
      await expect(rows(page).nth(1)).toContainText("Mehmet Işık");
      await expect(rows(page).nth(3)).toContainText(
        say("rol (Temsilci → Gözlemci)", "role (Agent → Observer)"),
      );
      await expectAccessibleInBothThemes(page, "the audit log");
    });

    await test.step("narrowed by keys, and wide again", async () => {
      await page.getByTestId("audit-kind").selectOption("agents");
      await expect(page.getByTestId("audit-table")).not.toContainText(say("Oturum açıldı", "Signed in"));
      await page.getByTestId("audit-agent").selectOption(mehmet);
      await expect(rows(page)).toHaveCount(2);
      await page.getByTestId("audit-since").fill("2199-01-01");
      await expect(page.getByTestId("audit-count")).toHaveText(
        say("Bu filtrelere uyan satır yok", "No line matches these filters"),
      );
      await expectAccessibleInBothThemes(page, "nothing found");
      await page.getByTestId("audit-clear").press("Enter");
      await expect(rows(page).nth(0)).toContainText(say("Oturum açıldı", "Signed in"));
      await expect(page.getByTestId("audit-kind")).toBeFocused();
    });

    await test.step("saved as a file without formulas, which is a line of its own", async () => {
      const download = page.waitForEvent("download");
      await page.getByTestId("audit-export").click();
      const file = await readFile(await (await download).path(), "utf8");
      expect(file.split("\r\n")[1]).toContain("audit.exported");
      expect(file).toContain("'=cmd|' /C calc'!A0");
      await expect(rows(page).nth(0)).toContainText(
        say("Denetim kaydı dışa aktarıldı", "Audit log exported"),
      );
    });

    await test.step("on a phone it is no wider than the screen", async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await tooWide(page)).toEqual([]);
      await expectAccessibleInBothThemes(page, "the audit log on a phone");
    });
  });
}

test("older lines come when asked for, and a fault is told", async ({ page, parley, owner }) => {
  await eventful(owner, "en");
  for (let i = 0; i < 60; i++) await owner.call("PATCH", "/team", { name: `Team ${i}` });
  await signIn(page, `${parley.url}/settings/audit`);
  await expect(rows(page)).toHaveCount(50);
  await page.route("**/api/v1/audit?*", (route) => route.abort());
  await page.getByTestId("audit-more").click();
  await expect(page.getByTestId("audit-fault")).toBeVisible();
  await expectAccessibleInBothThemes(page, "a fault");
  await expect(rows(page)).toHaveCount(50);
  await page.unrouteAll();
  await page.getByTestId("audit-more").click();
  await expect(page.getByTestId("audit-fault")).toHaveCount(0);
  expect(await rows(page).count()).toBeGreaterThan(60);
  const seen = await rows(page).evaluateAll((all) => all.map((row) => row.getAttribute("data-testid")));
  expect(new Set(seen).size).toBe(seen.length);
});

test("an agent is told that the page is not theirs", async ({ page, parley, owner }) => {
  await owner.hire("Mehmet Işık", "mehmet@example.com", "en");
  await signIn(page, `${parley.url}/settings/audit`, "mehmet@example.com");
  await expect(page.getByTestId("settings-page")).toContainText("Only administrators can see this page");
});
