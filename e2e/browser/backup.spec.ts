import { rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test, type Page } from "./parley";
import { expectAccessible, expectAccessibleInBothThemes, languages, signIn, tooWide } from "./steps";

for (const language of languages) {
  test(`a backup is made, fetched and deleted (${language})`, async ({ page, parley, owner }) => {
    const { id } = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await owner.call("PATCH", `/agents/${id}`, { role: "admin" });
    await signIn(page, `${parley.url}/settings/backup`);
    const say = (tr: string, en: string) => (language === "tr" ? tr : en);
    const list = page.getByTestId("backup-list").locator("li");

    await test.step("made by keys", async () => {
      await expect(page.getByTestId("backup-none")).toBeVisible();
      await expect(page.getByTestId("backup-status")).toContainText(
        say("Henüz yedek alınmadı", "No backup has been made yet"),
      );
      await expectAccessibleInBothThemes(page, "no backup yet");
      await page.getByTestId("backup-now").press("Enter");
      await expect(list).toHaveCount(1);
      await expect(page.getByTestId("backup-status")).toContainText(say("Son yedek", "Last backup"));
      await expect(page.getByTestId("backup-now")).toBeFocused();
      await expectAccessibleInBothThemes(page, "a backup");
    });

    await test.step("fetched whole", async () => {
      const download = page.waitForEvent("download");
      await list.getByRole("button").first().click();
      const file = await download;
      expect(file.suggestedFilename()).toMatch(/^parley-\d{8}T\d{6}Z\.tar\.gz$/);
      expect((await stat(await file.path())).size).toBeGreaterThan(1000);
    });

    await test.step("planned", async () => {
      await page.getByTestId("backup-every").selectOption("weekly");
      await page.getByTestId("backup-weekday").selectOption("2");
      await page.getByTestId("backup-hour").selectOption("4");
      await page.getByTestId("backup-keep").fill("3");
      await page.getByTestId("backup-keep").press("Enter");
      await expect(page.getByTestId("backup-saved")).toHaveText(
        say("Zamanlama kaydedildi", "Schedule saved"),
      );
      await expect(page.getByTestId("backup-status")).toContainText(say("Sıradaki", "Next one"));
      const { plan, next } = await owner.call<{ plan: object; next: string }>("GET", "/backups");
      expect(next).toContain("T01:00:00.000Z"); // four o'clock in Istanbul
      expect(plan).toEqual({ rev: 1, every: "weekly", hour: 4, weekday: 2, keep: 3 });
      await expectAccessible(page, "a plan");
    });

    await test.step("deleted after a question", async () => {
      await list.getByRole("button").last().click();
      await expectAccessible(page, "the question");
      await page.keyboard.press("Escape");
      await expect(list.getByRole("button").last()).toBeFocused();
      await list.getByRole("button").last().click();
      await page.getByTestId("backup-delete-yes").click();
      await expect(page.getByTestId("backup-none")).toBeVisible();
      await expect(page.getByRole("heading", { level: 2 }).first()).toBeFocused();
    });

    await test.step("all of it is in the audit log", async () => {
      await page.goto(`${parley.url}/settings/audit`);
      await page.getByTestId("audit-kind").selectOption("data");
      const rows = page.getByTestId("audit-table").locator("tbody tr");
      await expect(rows).toHaveCount(4);
      await expect(rows.nth(0)).toContainText(say("Yedek silindi", "Backup deleted"));
      await expect(rows.nth(3)).toContainText(say("Yedek alındı", "Backup made"));
    });

    await test.step("on a phone it is no wider than the screen", async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(`${parley.url}/settings/backup`);
      await expect(page.getByTestId("backup-now")).toBeVisible();
      expect(await tooWide(page)).toEqual([]);
    });
  });
}

/** Whoever is signed in sends a file. */
async function send(page: Page, number: number, name: string): Promise<void> {
  const status = await page.evaluate(
    async ([number, name]) => {
      const bytes = new TextEncoder().encode("soon gone");
      const call = async (method: string, path: string, body: BodyInit, type: string) =>
        (await fetch(`/api/v1${path}`, { method, body, headers: { "Content-Type": type, "X-Parley": "1" } }))
          .status;
      const json = (path: string, body: object) =>
        call("POST", path, JSON.stringify(body), "application/json");
      const id = crypto.randomUUID();
      const client_id = crypto.randomUUID();
      await json("/attachments", { client_id: id, name, size: bytes.length, type: "text/plain" });
      await call("PUT", `/attachments/${id}/parts/1`, bytes, "application/octet-stream");
      await json(`/attachments/${id}/complete`, {});
      return json(`/conversations/${number}/messages`, { client_id, text: "", attachments: [id] });
    },
    [number, name] as const,
  );
  expect(status).toBe(200);
}

for (const language of languages) {
  test(`a file that is gone from the disk is named, and the rest is backed up (${language})`, async ({
    page,
    parley,
    owner,
  }) => {
    const { id } = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await owner.call("PATCH", `/agents/${id}`, { role: "admin" });
    const say = (tr: string, en: string) => (language === "tr" ? tr : en);
    const n = await owner.begin("Elif", "İade formu");
    await signIn(page, `${parley.url}/settings/backup`);
    await send(page, n, "iade-formu.txt");
    const { folder } = await owner.call<{ folder: string }>("GET", "/backups");
    await rm(join(dirname(folder), "files"), { recursive: true });
    await page.getByTestId("backup-now").press("Enter");
    const lost = page.getByTestId("backup-lost");
    await expect(lost.locator("li")).toHaveCount(1);
    await expect(lost).toContainText(say("1 dosya sunucunun diskinde yok", "1 file is missing"));
    await expect(lost.locator("li")).toContainText("iade-formu.txt");
    await expect(page.getByTestId("backup-list").locator("li")).toHaveCount(1);
    await expectAccessibleInBothThemes(page, "a lost file");
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await tooWide(page)).toEqual([]);
    await lost.getByRole("link", { name: `#${n}` }).click();
    await expect(page).toHaveURL(new RegExp(`/${n}$`));
    await page.goto(`${parley.url}/settings/audit`);
    await expect(page.getByTestId("audit-table").locator("tbody tr").first()).toContainText(
      say("1 dosya eksik", "without 1 file"),
    );
  });
}

test("a backup that fails is told in words, and so is a server that does not answer", async ({
  page,
  parley,
  owner,
}) => {
  const { id } = await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  await owner.call("PATCH", `/agents/${id}`, { role: "admin" });
  const state = await owner.call<object>("GET", "/backups");
  const last = { at: "2026-03-09T03:00:00.000Z", why: "storage_full" };
  await page.route("**/api/v1/backups", (route) => route.fulfill({ json: { ...state, last } }));
  await signIn(page, `${parley.url}/settings/backup`);
  await expect(page.getByTestId("backup-status")).toContainText("there is not enough room on the disk");
  await expectAccessibleInBothThemes(page, "a failure");
  await page.unrouteAll();
  await page.route("**/api/v1/backups", (route) => route.abort());
  await page.getByTestId("backup-now").click();
  await expect(page.getByTestId("settings-page").getByRole("alert")).toBeVisible();
  await expectAccessible(page, "no answer");
});
