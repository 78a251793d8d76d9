import { expect, type Colleague, type Page } from "./parley";
import { numbers, pile, test } from "./pile";
import { expectAccessibleInBothThemes, languages, signIn } from "./steps";

/** Narrowing the list: by keys and by pointer, kept in the address, followed by what happens. */

for (const language of languages) {
  const words = {
    tr: {
      tag: "Etiket: iade",
      hidden: "Çözümlenenler gizli",
      language: "Dil: Almanca",
      german: "alma",
      mine: "bana atananlar",
      agent: "Temsilci: Grace Hopper",
    },
    en: {
      tag: "Tag: iade",
      hidden: "Resolved are hidden",
      language: "Language: German",
      german: "germ",
      mine: "assigned to me",
      agent: "Agent: Grace Hopper",
    },
  }[language];

  test.describe(`filters (${language})`, () => {
    test.beforeEach(async ({ page, parley, owner }) => {
      await owner.hire("Işıl Çağlar", "isil@example.com", language);
      await signIn(page, `${parley.url}/conversations/inbox`);
      await expectRows(
        page,
        numbers(() => true),
      );
    });

    test("by keys alone", async ({ page }) => {
      const button = page.getByTestId("filter-button");
      await test.step("what is typed finds a value at once", async () => {
        await page.getByTestId("filter-unread").focus();
        await page.keyboard.press("Tab");
        await expect(button).toBeFocused();
        await page.keyboard.press("Enter");
        await expect(page.getByTestId("filter-search")).toBeFocused();
        await expectAccessibleInBothThemes(page, "the kinds of filters");
        await page.keyboard.type("İAD");
        await expect(page.getByTestId("filter-tag-iade")).toHaveAttribute("aria-selected", "true");
        await expectAccessibleInBothThemes(page, "the values that fit");
        await page.keyboard.press("Enter");
        await expect(page).toHaveURL(/\?tag=iade$/);
        await expect(button).toBeFocused();
        await expect(page.getByTestId("filter-chip-tag")).toHaveText(words.tag);
        await expectRows(
          page,
          numbers(({ tags }) => tags.includes("iade")),
        );
      });

      await test.step("a kind, then its values, and back by Backspace", async () => {
        await page.keyboard.press("Enter");
        await expect(page.getByTestId("filter-search")).toBeFocused();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await expect(page.getByTestId("filter-channel-widget")).toBeVisible();
        await page.keyboard.press("Backspace");
        await expect(page.getByTestId("filter-kind-channel")).toBeVisible();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await page.keyboard.type("wid");
        await page.keyboard.press("Enter");
        await expect(page).toHaveURL(/\?tag=iade&channel=widget$/);
        await expectRows(
          page,
          numbers(({ tags, channel }) => tags.includes("iade") && channel === "widget"),
        );
      });

      await test.step("a chip goes by Backspace, Delete or Enter, and the focus to the next", async () => {
        await page.keyboard.press("Tab");
        await page.keyboard.press("Tab");
        await expect(page.getByTestId("filter-chip-tag")).toBeFocused();
        await page.keyboard.press("Backspace");
        await expect(page).toHaveURL(/\?channel=widget$/);
        await expect(page.getByTestId("filter-chip-channel")).toBeFocused();
        await page.keyboard.press("Delete");
        await expect(page).toHaveURL(/inbox$/);
        await expect(button).toBeFocused();
        await expectRows(
          page,
          numbers(() => true),
        );
      });
    });

    test("by pointer, and after a reload", async ({ page }) => {
      // Nobody who speaks it was seen yet: it is found by its name.
      await page.getByTestId("filter-button").click();
      await page.getByTestId("filter-kind-language").click();
      await page.getByTestId("filter-search").fill(words.german);
      await page.getByTestId("filter-language-de").click();
      await expect(page.getByTestId("filter-chip-language")).toHaveText(words.language);
      await expectRows(
        page,
        numbers(({ language }) => language === "de"),
      );
      await page.getByTestId("filter-button").click();
      await page.getByTestId("filter-kind-channel").click();
      await page.getByTestId("filter-search").fill("e-posta");
      await page.getByTestId("filter-channel-e-posta").click();
      await expect(page.getByTestId("list-empty")).toBeVisible();
      await expectAccessibleInBothThemes(page, "nothing fits");
      await page.reload();
      await expect(page.getByTestId("list-empty")).toBeVisible();
      await page.getByTestId("filters-clear").click();
      await expect(page).toHaveURL(/inbox$/);
      await expectRows(
        page,
        numbers(() => true),
      );
    });

    test("by the days of the last activity", async ({ page }) => {
      await choose(page, "date", "date-7d");
      await expect(page).toHaveURL(/\?since=7d$/);
      await expectRows(
        page,
        numbers(({ at }) => at >= midnight(6)),
      );

      await choose(page, "date", "date-days");
      const [first, last] = [pile[40]!, pile[30]!].map(({ at }) => dayOf(at));
      await page.getByTestId("filter-from").fill(last!);
      await page.getByTestId("filter-to").fill(first!);
      await page.getByTestId("filter-apply").click();
      await expect(page.getByTestId("filter-from")).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByTestId("filter-from")).toBeFocused();
      await expectAccessibleInBothThemes(page, "days that can't be");
      await page.getByTestId("filter-from").fill(first!);
      await page.getByTestId("filter-to").fill(last!);
      await page.keyboard.press("Enter");
      await expectRows(
        page,
        numbers(({ number }) => number >= 31 && number <= 41),
      );
    });

    test("one's own, carried from tab to tab; and another agent's", async ({ page, owner }) => {
      const me = await idOf(owner, "isil@example.com");
      const other = await owner.hire("Grace Hopper", "grace@example.com", language);
      for (const [number, agent_id] of [
        [2, me],
        [9, me],
        [3, other.id],
      ])
        await owner.call("POST", `/conversations/${number}/assign`, { agent_id });
      const mine = page.getByTestId("filter-mine");
      const kept = page.waitForResponse((answer) => answer.url().endsWith("/me/preferences"));
      await mine.click();
      await expectRows(page, [2, 9]);
      await page.getByTestId("tab-assigned").click();
      await expect(page).toHaveURL(/assigned\?mine=1$/);
      await expectRows(page, [2, 9]);
      await test.step("what is nobody's can't be one's own, and the next tab remembers", async () => {
        await page.keyboard.press("2");
        await expect(page).toHaveURL(/unassigned$/);
        await expect(mine).toHaveCount(0);
        await expect(page.getByTestId("filter-unread")).toBeVisible();
        await page.keyboard.press("5");
        await expect(page).toHaveURL(/unresolved\?mine=1$/);
        await expectRows(page, [2, 9]);
      });
      await kept;
      await test.step("another day too, until it is taken back", async () => {
        await page.goto(page.url().replace(/\/conversations.*/, "/"));
        await expect(page).toHaveURL(/unresolved\?mine=1$/);
        await expectRows(page, [2, 9]);
        await page.keyboard.press("Control+k");
        await page.keyboard.type(words.mine);
        await expect(page.getByRole("option").first()).toHaveAttribute(
          "data-testid",
          "palette-opt-filter-mine",
        );
        await page.keyboard.press("Enter");
        await expect(mine).toHaveAttribute("aria-pressed", "false");
        await page.getByTestId("tab-inbox").click();
        await expect(page).toHaveURL(/inbox$/);
      });
      await test.step("somebody else's", async () => {
        await page.getByTestId("filter-button").click();
        await page.getByTestId("filter-search").fill("hopp");
        await page.keyboard.press("Enter");
        await expect(page.getByTestId("filter-chip-agent")).toHaveText(words.agent);
        await expect(page).toHaveURL(new RegExp(`\\?agent=${other.id}$`));
        await expectRows(page, [3]);
        await owner.call("POST", `/conversations/9/assign`, { agent_id: other.id });
        await expect(page.getByTestId("conv-row-9")).toBeVisible();
        await expectRows(page, [3, 9]);
        await mine.click();
        await expect(page).toHaveURL(/\?mine=1$/);
        await expectRows(page, [2]);
      });
    });

    test("what is resolved can be hidden, and stays so", async ({ page, owner }) => {
      await page.getByTestId("filter-button").click();
      const kept = page.waitForResponse((answer) => answer.url().endsWith("/me/preferences"));
      await page.getByTestId("filter-resolved").click();
      await kept;
      await expect(page.getByTestId("filter-chip-resolved")).toHaveText(words.hidden);
      await expectRows(
        page,
        numbers(({ isResolved }) => !isResolved),
      );
      await page.reload();
      await expectRows(
        page,
        numbers(({ isResolved }) => !isResolved),
      );
      await owner.call("POST", "/conversations/1/resolve", {});
      await expectRows(
        page,
        numbers(({ isResolved, number }) => !isResolved && number !== 1),
      );
      // It makes no sense where there is nothing else.
      await page.getByTestId("tab-resolved").click();
      await expect(page.getByTestId("filter-chip-resolved")).toHaveCount(0);
      await expectRows(page, [1, ...numbers(({ isResolved }) => isResolved)]);
    });

    test("rows come and go as they begin and cease to fit", async ({ page, owner }) => {
      await page.goto(`${page.url()}?tag=iade`);
      const fitting = numbers(({ tags }) => tags.includes("iade"));
      await expectRows(page, fitting);
      await owner.call("POST", "/conversations/2/tags", { tags: ["iade"] });
      await expectRows(page, [1, 2, ...fitting.slice(1)]);
      await owner.call("POST", "/conversations/1/tags", { tags: [] });
      await expect(page.getByTestId("conv-row-1").getByTestId("conv-row-reason")).toBeVisible();
      await expectRows(page, [2, ...fitting.slice(1)]);
    });

    test("each tab keeps its order", async ({ page }) => {
      const kept = page.waitForResponse((answer) => answer.url().endsWith("/me/preferences"));
      await page.getByTestId("sort-button").click();
      await page.getByTestId("sort-oldest").click();
      await kept;
      await expectFirst(page, 60);
      await page.getByTestId("tab-unresolved").click();
      await expectFirst(page, 1);
      await page.getByTestId("sort-button").click();
      await expect(page.getByTestId("sort-waiting")).toBeVisible();
      await page.keyboard.press("Escape");
      await page.getByTestId("tab-inbox").click();
      await expectFirst(page, 60);
      await page.reload();
      await expectFirst(page, 60);
    });
  });

  test(`filters on a phone (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await page.setViewportSize({ width: 360, height: 740 });
    await signIn(page, `${parley.url}/conversations/inbox?tag=iade&channel=widget&since=30d`);
    await expect(page.getByTestId("filter-chip-date")).toBeVisible();
    await page.getByTestId("filter-button").click();
    await page.getByTestId("filter-kind-date").click();
    await expectAccessibleInBothThemes(page, "filters on a phone");
    await page.getByTestId("filter-date-today").click();
    await expectRows(
      page,
      numbers(({ number, at }) => number === 1 && at >= midnight(0)),
    );
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.getByTestId("chips-clear").click();
    await expect(page.getByTestId("filter-button")).toBeFocused();
    await expect(page).toHaveURL(/inbox$/);
  });
}

async function idOf(owner: Colleague, email: string): Promise<string> {
  const { agents } = await owner.call<{ agents: { id: string; email: string }[] }>("GET", "/agents");
  return agents.find((agent) => agent.email === email)!.id;
}

/** The first moment of a day so many days ago. */
function midnight(daysAgo: number): number {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo).getTime();
}

/** A day as a field for days takes it. */
function dayOf(at: number): string {
  const day = new Date(at);
  return new Date(at - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** Opens the filters and chooses a value of a kind. */
async function choose(page: Page, kind: string, value: string): Promise<void> {
  await page.getByTestId("filter-button").click();
  await page.getByTestId(`filter-kind-${kind}`).click();
  await page.getByTestId(`filter-${value}`).click();
}

/** The rows that are there, from the first one on as far as they are rendered, are these. */
async function expectRows(page: Page, wanted: number[]): Promise<void> {
  await expect
    .poll(async () => {
      const rows = await rendered(page);
      return rows.length === 0 ? rows : [...rows, ...wanted.slice(rows.length)];
    })
    .toEqual(wanted);
  if (wanted.length < 10) expect(await rendered(page)).toHaveLength(wanted.length);
}

async function expectFirst(page: Page, number: number): Promise<void> {
  await expect.poll(async () => (await rendered(page))[0]).toBe(number);
}

async function rendered(page: Page): Promise<number[]> {
  return page.getByTestId("pane-list").evaluate((list) => {
    const rows = [...list.querySelectorAll<HTMLElement>("[data-number]")];
    const place = (row: HTMLElement) => Number(row.closest("li")!.getAttribute("aria-posinset"));
    return rows.sort((a, b) => place(a) - place(b)).map((row) => Number(row.dataset["number"]));
  });
}
