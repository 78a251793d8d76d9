import { expect, test, type Colleague, type Page } from "./parley";
import { expectAccessibleInBothThemes, languages, signIn } from "./steps";

/** Teams of agents: made in the settings, assigned by keys, filtered by, and seen by others at once. */

for (const language of languages) {
  const words = {
    tr: {
      page: "Ekipler",
      none: "Henüz ekip yok",
      taken: "Bu ad başka bir ekipte kullanılıyor",
      chip: "Ekip: İadeler",
      line: "Olcay Owner konuşmayı ekibe atadı: İadeler",
      out: "konuşmayı ekipten çıkardı: İadeler",
      toast: "Atanan ekip: İadeler",
      heading: "Ekipler",
      unassigned: "Atanmamış",
    },
    en: {
      page: "Teams",
      none: "No teams yet",
      taken: "Another team has this name",
      chip: "Team: İadeler",
      line: "Olcay Owner assigned the conversation to a team: İadeler",
      out: "took the conversation out of its team: İadeler",
      toast: "Assigned team: İadeler",
      heading: "Teams",
      unassigned: "Unassigned",
    },
  }[language];

  test.describe(`teams (${language})`, () => {
    test("are made, changed and deleted in the settings", async ({ page, parley, owner }) => {
      const isil = await owner.hire("Işıl Çağlar", "isil@example.com", language);
      await owner.call("PATCH", "/me", { language });
      await signIn(page, `${parley.url}/settings/teams`, "owner@example.com");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.page);
      await expect(page.getByTestId("teams-empty")).toContainText(words.none);
      await expectAccessibleInBothThemes(page, "no teams");

      await page.getByTestId("team-new").click();
      await page.getByTestId("team-name").fill("İadeler");
      await page.getByTestId(`team-member-${isil.id}`).check();
      await expectAccessibleInBothThemes(page, "a new team");
      await page.getByTestId("team-save").click();
      await expect(page.getByTestId("teams-list")).toContainText("Işıl Çağlar");
      await expectAccessibleInBothThemes(page, "the teams");

      await test.step("a name that folds alike is refused, beside the field", async () => {
        await page.getByTestId("team-new").click();
        await page.getByTestId("team-name").fill("IADELER");
        await page.keyboard.press("Enter");
        await expect(page.getByText(words.taken)).toBeVisible();
        await expect(page.getByTestId("team-name")).toBeFocused();
        await page.getByTestId("team-name").fill("Kargo");
        await page.getByTestId("team-save").click();
        await expect(page.getByTestId("teams-list").getByRole("listitem")).toHaveCount(2);
      });

      await test.step("the agents' page says who is in which", async () => {
        await page.getByTestId("set-nav-agents").click();
        await expect(page.getByTestId(`agent-teams-${isil.id}`)).toContainText("İadeler");
        await page.getByTestId("set-nav-teams").click();
      });

      await test.step("a deleted one is gone, after a question", async () => {
        const { id } = await teamOf(owner, "Kargo");
        const edit = page.getByTestId(`team-edit-${id}`);
        await edit.focus();
        await page.keyboard.press("Enter");
        await page.getByTestId("team-delete").click();
        await page.getByTestId("team-delete-yes").click();
        await expect(page.getByTestId("teams-list").getByRole("listitem")).toHaveCount(1);
      });
    });

    test("get conversations by keys, and every page sees it", async ({ page, parley, owner, browser }) => {
      const isil = await owner.hire("Işıl Çağlar", "isil@example.com", language);
      await owner.call("PATCH", "/me", { language });
      const team = await make(owner, "İadeler", [isil.id]);
      const [first, second] = [await owner.begin("İrem Çınar", "Merhaba"), await owner.begin("Ada", "Hi")];
      for (const number of [first, second]) await owner.call("POST", `/conversations/${number}/unassign`);
      await signIn(page, `${parley.url}/conversations/unassigned/${first}`, "owner@example.com");
      const other = await (await browser.newContext()).newPage();
      await signIn(other, `${parley.url}/conversations/unassigned/${first}`);
      await expect(other.getByTestId("thread")).toContainText("Merhaba");
      const lead = (on: Page, number: number) =>
        on.getByTestId(`conv-row-${number}`).getByTestId("conv-row-lead");
      await expect(lead(page, first)).toHaveText(words.unassigned);

      await test.step("assigned by keys alone, and the focus returns", async () => {
        await expect(page.getByTestId("thread")).toContainText("Merhaba");
        await page.keyboard.press("a");
        await expect(page.getByTestId("assign-search")).toBeFocused();
        await expect(page.getByRole("group", { name: words.heading })).toBeVisible();
        await expectAccessibleInBothThemes(page, "whom to assign to");
        await page.keyboard.type("IADE");
        await expect(page.getByTestId(`assign-team-${team.id}`)).toHaveAttribute("aria-selected", "true");
        await page.keyboard.press("Enter");
        await expect(page.getByTestId("assign-popover")).toHaveCount(0);
        await expect(page.getByTestId("toast")).toContainText(words.toast);
        await expect(page.getByTestId("event-team_assigned")).toContainText(words.line);
        await expect(page.getByTestId("conv-team")).toContainText("İadeler");
      });

      await test.step("the row says so, here and on the other's page", async () => {
        for (const each of [page, other]) await expect(lead(each, first)).toContainText("İadeler");
        await expect(other.getByTestId("conv-team")).toContainText("İadeler");
        await expect(other.getByTestId("event-team_assigned")).toContainText(words.line);
      });

      await test.step("filtered by it, also after loading again", async () => {
        await page.getByTestId("filter-button").click();
        await expect(page.getByTestId("filter-search")).toBeFocused();
        await page.keyboard.type("iade");
        await page.keyboard.press("Enter");
        await expect(page).toHaveURL(new RegExp(`team=${team.id}`));
        await expect(page.getByTestId(`conv-row-${second}`)).toHaveCount(0);
        await page.reload();
        await expect(page.getByTestId("filter-chip-team")).toHaveText(words.chip);
        await expect(page.getByTestId(`conv-row-${first}`)).toBeVisible();
        await expect(page.getByTestId(`conv-row-${second}`)).toHaveCount(0);
      });

      await test.step("another that is assigned to it comes into the filtered list", async () => {
        await owner.call("POST", `/conversations/${second}/team`, {
          team_id: team.id,
        });
        await expect(page.getByTestId(`conv-row-${second}`)).toBeVisible();
      });

      await test.step("who takes it keeps it in the team; the check stands at both", async () => {
        await other.keyboard.press("Shift+A");
        await expect.poll(() => standing(owner, first)).toEqual([isil.id, team.id]);
        await other.keyboard.press("a");
        for (const id of ["assign-me", `assign-team-${team.id}`])
          await expect(other.getByTestId(id).locator(".tick svg")).toBeVisible();
        await other.getByTestId(`assign-team-${team.id}`).click();
        await expect.poll(() => standing(owner, first)).toEqual([null, team.id]);
        // The page hears of it a moment later than the server knows it.
        await expect(other.getByTestId("toast").filter({ hasText: words.toast })).toBeVisible();
        await other.keyboard.press("z");
        await expect.poll(() => standing(owner, first)).toEqual([isil.id, team.id]);
      });

      await test.step("taken out of the team", async () => {
        await other.keyboard.press("a");
        await other.getByTestId("assign-no-team").click();
        await expect.poll(() => standing(owner, first)).toEqual([isil.id, null]);
        await expect(other.getByTestId("thread")).toContainText(words.out);
        await expect(other.getByTestId("conv-team")).toHaveCount(0);
      });

      await test.step("a new name, and the end of the team, reach the page at once", async () => {
        await owner.call("PATCH", `/teams/${team.id}`, { name: "Returns" });
        await expect(lead(page, second)).toContainText("Returns");
        await owner.call("DELETE", `/teams/${team.id}`);
        await expect(lead(page, second)).toHaveText(words.unassigned);
      });
      await other.context().close();
    });

    test("get many at once, and are found by a search", async ({ page, parley, owner }) => {
      await owner.hire("Işıl Çağlar", "isil@example.com", language);
      const team = await make(owner, "İade ve Değişim", []);
      const numbers = [await owner.begin("İrem Çınar", "Merhaba"), await owner.begin("Ada", "Merhaba")];
      const apart = await owner.begin("Can", "Merhaba");
      await signIn(page, `${parley.url}/conversations/inbox`);
      for (const number of numbers) await page.getByTestId(`conv-check-${number}`).check({ force: true });
      await page.getByTestId("bulk-assign").click();
      await expect(page.getByTestId("bulk-agent")).toBeFocused();
      await page.keyboard.type("degis");
      await page.keyboard.press("Enter");
      for (const number of numbers) await expect.poll(() => standing(owner, number)).toEqual([null, team.id]);

      await page.getByTestId("search-input").fill("merhaba ");
      await page.getByTestId("search-input").pressSequentially(language === "tr" ? "ekip:iad" : "team:iad");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("search-input")).toHaveValue(
        new RegExp(`${language === "tr" ? "ekip" : "team"}:"İade ve Değişim" $`),
      );
      for (const number of numbers) await expect(page.getByTestId(`search-hit-${number}`)).toBeVisible();
      await expect(page.getByTestId(`search-hit-${apart}`)).toHaveCount(0);
    });
  });
}

async function make(owner: Colleague, name: string, members: string[]): Promise<{ id: string }> {
  return (
    await owner.call<{ team: { id: string } }>("POST", "/teams", {
      name,
      members,
    })
  ).team;
}

async function teamOf(owner: Colleague, name: string): Promise<{ id: string }> {
  const { teams } = await owner.call<{ teams: { id: string; name: string }[] }>("GET", "/teams");
  return teams.find((team) => team.name === name)!;
}

/** Who leads a conversation, and which team it is assigned to. */
async function standing(owner: Colleague, number: number): Promise<(string | null)[]> {
  const { conversation } = await owner.call<{
    conversation: { agent_id: string | null; team_id: string | null };
  }>("GET", `/conversations/${number}`);
  return [conversation.agent_id, conversation.team_id];
}
