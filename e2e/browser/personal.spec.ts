import { expect, test } from "./parley";
import { choose, expectAccessible, signIn } from "./steps";

interface Me {
  recent_emoji: string[];
  preferences: Record<string, unknown>;
}

for (const language of ["tr", "en"] as const) {
  test(`emoji (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const number = await owner.begin("İrem Çınar", "Merhaba!");
    await signIn(page, `${parley.url}/conversations/inbox/${number}`, "isil@example.com");
    const field = page.getByTestId("composer-input");
    await field.fill("Merhaba ");

    await test.step("the first search in either language, by keys alone", async () => {
      await field.press("Control+.");
      await expect(page.getByTestId("emoji-panel")).toBeVisible();
      await expect(page.getByTestId("emoji-search")).toBeFocused();
      await expect(page.getByTestId("emoji-recent")).toHaveCount(0);
      await page.getByTestId("emoji-search").fill("GULEN yuz");
      await expect(page.getByTestId("emoji-1f600")).toBeVisible();
      await expectAccessible(page, "the panel, searching");
      await page.getByTestId("emoji-search").press("Enter");
      await expect(page.getByTestId("emoji-panel")).toHaveCount(0);
      await expect(field).toBeFocused();
      await expect(field).toHaveValue(/^Merhaba \p{Emoji_Presentation}$/u);
    });

    await test.step("undo takes it back", async () => {
      await field.press("Control+z");
      await expect(field).toHaveValue("Merhaba ");
    });

    await test.step("categories filter; shift keeps it open; arrows walk; a tone is kept", async () => {
      await page.getByTestId("emoji-button").click();
      await page.getByTestId("emoji-cat-people").click();
      await expect(page.getByTestId("emoji-1f600")).toHaveCount(0);
      await expectAccessible(page, "the panel");
      await choose(page, "emoji-tone-3");
      await page.getByTestId("emoji-1f44b").click({ modifiers: ["Shift"] });
      await expect(page.getByTestId("emoji-panel")).toBeVisible();
      await page.getByTestId("emoji-cat-food").click();
      await page.getByTestId("emoji-search").press("ArrowDown");
      await page.keyboard.press("ArrowRight");
      await expect(page.locator("[role=gridcell]:focus")).toHaveText("🍈");
      await page.keyboard.press("Enter");
      await expect(field).toHaveValue("Merhaba 👋🏽🍈");
      await expect(field).toBeFocused();
    });

    await test.step("what was sent stands first, on the server too", async () => {
      await field.press("Enter");
      await expect(page.getByTestId("thread")).toContainText("Merhaba 👋🏽🍈");
      await page.getByTestId("emoji-button").click();
      await expect(page.getByTestId("emoji-recent").getByRole("gridcell")).toHaveText(["🍈", "👋🏽"]);
      const kept = () => page.evaluate(async () => (await (await fetch("/api/v1/me")).json()) as Me);
      await expect.poll(async () => (await kept()).recent_emoji).toEqual(["🍈", "👋🏽"]);
      await expect.poll(async () => (await kept()).preferences["tone"]).toBe(3);
      await page.keyboard.press("Escape");
      await expect(page.getByTestId("emoji-panel")).toHaveCount(0);
    });
  });

  test(`saved replies (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await signIn(page, `${parley.url}/settings/saved-replies`, "isil@example.com");

    await test.step("the first one", async () => {
      await expect(page.getByTestId("saved-empty")).toBeVisible();
      await expectAccessible(page, "no replies");
      await page.getByTestId("saved-new").click();
      await page.getByTestId("saved-title").fill("Kargo nerede?");
      await page.getByTestId("saved-shortcut").fill("Kargo");
      await page.getByTestId("saved-body").fill("Merhaba ");
      await page.getByTestId("saved-var-customer.first_name").click();
      await expect(page.getByTestId("saved-body")).toHaveValue("Merhaba {{customer.first_name}}");
      await expect(page.getByTestId("saved-preview-text")).toHaveText("Merhaba Elif");
      await page.getByTestId("saved-save").click();
      await expect(page.getByTestId("saved-shortcut")).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByTestId("saved-shortcut")).toBeFocused();
      await expectAccessible(page, "the editor");
      await page.getByTestId("saved-shortcut").fill("kargo");
      await page.keyboard.press("Control+s");
      await expect(page.getByRole("link", { name: "Kargo nerede?" })).toBeVisible();
    });

    await test.step("unsaved changes are asked about", async () => {
      await page.getByRole("link", { name: "Kargo nerede?" }).click();
      await page.getByTestId("saved-title").fill("Kargo");
      await page.getByTestId("set-nav-profile").click();
      await expect(page.getByTestId("leave-ask")).toBeVisible();
      await expectAccessible(page, "asking to leave");
      await page.keyboard.press("Escape");
      await expect(page.getByTestId("saved-title")).toHaveValue("Kargo");
      await page.goBack();
      await expect(page.getByTestId("leave-ask")).toBeVisible();
      await page.getByTestId("leave-yes").click();
      await expect(page.getByTestId("saved-table")).toBeVisible();
      await expect(page.getByRole("link", { name: "Kargo nerede?" })).toBeVisible();
    });

    await test.step("import tells each row that can't be", async () => {
      const rows = [
        { title: "İade", text: "14 gün", category: "İade", language: "tr" },
        { title: "", text: "x" },
        { title: "Çift", text: "x", shortcut: "kargo" },
      ];
      await page.getByTestId("saved-import-file").setInputFiles({
        name: "replies.json",
        mimeType: "application/json",
        buffer: Buffer.from(JSON.stringify({ saved_replies: rows })),
      });
      await expect(page.getByTestId("saved-import-result").getByRole("listitem")).toHaveText([/2/, /3/]);
      await expectAccessible(page, "the result of an import");
      await page.getByTestId("saved-import-close").click();
      await expect(page.getByRole("link", { name: "İade" })).toBeVisible();
    });

    await test.step("narrow, sort, disable", async () => {
      await page.getByTestId("saved-search").fill("iade");
      await expect(page.getByRole("link", { name: "Kargo nerede?" })).toHaveCount(0);
      await page.getByTestId("saved-search").fill("");
      await page.getByTestId("saved-sort-title").click();
      await expect(page.getByRole("columnheader").first()).toHaveAttribute("aria-sort", "descending");
      const toggle = page.getByRole("row", { name: /Kargo nerede/ }).getByRole("switch");
      await toggle.click();
      await expect(toggle).toHaveAttribute("aria-checked", "false");
      await expectAccessible(page, "the table");
    });

    await test.step("delete asks by title", async () => {
      await page.getByRole("link", { name: "İade" }).click();
      await page.getByTestId("saved-delete").click();
      await expect(page.getByTestId("saved-delete-dialog")).toContainText("“İade”");
      await page.getByTestId("saved-delete-confirm").click();
      await expect(page.getByTestId("saved-table")).toBeVisible();
      await expect(page.getByRole("link", { name: "İade" })).toHaveCount(0);
    });
  });

  test(`settings (${language})`, async ({ page, parley, owner }) => {
    await owner.call("PATCH", "/me", { language });
    const hired = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await signIn(page, `${parley.url}/settings`, "owner@example.com");
    await expect(page.getByTestId("profile-name")).toHaveValue("Olcay Owner");

    for (const name of [
      "profile",
      "appearance",
      "keyboard",
      "replying",
      "notifications",
      "agents",
      "teams",
      "team",
      "about",
    ]) {
      await page.getByTestId(`set-nav-${name}`).click();
      await expect(page.getByTestId(`set-nav-${name}`)).toHaveAttribute("aria-current", "page");
    }

    await test.step("appearance holds at once and before the next first paint", async () => {
      await page.getByTestId("set-nav-appearance").click();
      await choose(page, "theme-dark");
      await choose(page, "density-compact");
      await page.getByTestId("text-size").fill("120");
      await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
      await expect
        .poll(() =>
          page.evaluate(async () => ((await (await fetch("/api/v1/me")).json()) as Me).preferences["size"]),
        )
        .toBe(120);
      await page.reload();
      await expect(page.locator("html")).toHaveAttribute("data-density", "compact");
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("19.2px");
      await expectAccessible(page, "appearance, dark");
    });

    await test.step("single keys off do nothing", async () => {
      await page.getByTestId("set-nav-keyboard").click();
      await page.getByTestId("set-single-keys").click();
      await page.getByTestId("settings-back").click();
      await expect(page.getByTestId("tab-inbox")).toBeVisible();
      await page.keyboard.press("2");
      await page.getByTestId("search-input").focus();
      await expect(page).toHaveURL(/inbox/);
    });

    await test.step("an agent's role, password and place in the team", async () => {
      await page.goto(`${parley.url}/settings/agents`);
      await page.getByTestId(`agent-role-${hired.id}`).selectOption("admin");
      await expect
        .poll(async () => {
          const { agents } = await owner.call<{ agents: { id: string; role: string }[] }>("GET", "/agents");
          return agents.find((agent) => agent.id === hired.id)?.role;
        })
        .toBe("admin");
      await page.getByTestId("agent-new").click();
      await page.getByTestId("agent-save").click();
      await expect(page.getByTestId("agent-name")).toHaveAttribute("aria-invalid", "true");
      await expectAccessible(page, "a new agent");
      await page.getByTestId("agent-name").fill("Ümit Şen");
      await page.getByTestId("agent-email").fill("umit@example.com");
      await page.getByTestId("agent-password").fill("uzun-bir-cumle-yeter");
      await page.getByTestId("agent-save").click();
      await expect(page.getByTestId("agents-list")).toContainText("Ümit Şen");
      await page.getByTestId(`agent-disable-${hired.id}`).click();
      await page.getByTestId("agent-disable-confirm").click();
      await expect(page.getByTestId(`agent-enable-${hired.id}`)).toBeVisible();
    });
  });
}
