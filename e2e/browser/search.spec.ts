import { expect, type Page } from "./parley";
import { numbers, test } from "./pile";
import { expectAccessibleInBothThemes, languages, signIn } from "./steps";

/** Searching: what was found in groups, further pages, recent searches, and filters completed while one types. */

for (const language of languages) {
  const words = {
    tr: {
      count: "45 konuşma bulundu",
      tagWord: "etik",
      tag: "etiket",
      view: "görünüm:çözümlendi",
      agent: "temsilci",
      after: "sonra",
      yesterday: "dün",
      week: "7g",
      resolved: "Çözümlendi",
      filters: "“etiket:” veya “sonra:”",
      day: "Dün",
      none: "“yokboyle” için sonuç yok",
    },
    en: {
      count: "45 conversations found",
      tagWord: "ta",
      tag: "tag",
      view: "view:resolved",
      agent: "agent",
      after: "after",
      yesterday: "yesterday",
      week: "7d",
      resolved: "Resolved",
      filters: "“tag:” or “after:”",
      day: "Yesterday",
      none: "No results for “yokboyle”",
    },
  }[language];

  test.describe(`search (${language})`, () => {
    test.beforeEach(async ({ page, parley, owner }) => {
      const { id } = await owner.hire("Işıl Çağlar", "isil@example.com", language);
      await owner.call("POST", "/conversations/9/assign", { agent_id: id });
      await signIn(page, `${parley.url}/conversations/inbox`);
      await expect(page.getByTestId("conv-row-1")).toBeVisible();
    });

    test("page after page, by keys alone", async ({ page }) => {
      await page.keyboard.press("s");
      await expect(page.getByTestId("search-input")).toBeFocused();
      await expect(page.getByTestId("search-filters")).toBeVisible();
      await expectAccessibleInBothThemes(page, "the search box before anything is typed");
      await page.keyboard.type("kargo");
      await expect(hits(page)).toHaveCount(20);
      await expect(page.getByTestId("search-messages")).toBeVisible();
      await expect(page.getByTestId("search-count")).toHaveText(words.count);
      await expectAccessibleInBothThemes(page, "what was found");

      for (let i = 0; i < 21; i++) await page.keyboard.press("ArrowDown");
      await expect(hits(page)).toHaveCount(40);
      const further = page.getByTestId("search-further").getByRole("option");
      await expect(further.first()).toHaveAttribute("aria-selected", "true");
      await expect(page.getByTestId("search-input")).toHaveAttribute(
        "aria-activedescendant",
        (await further.first().getAttribute("id"))!,
      );
      for (let i = 0; i < 20; i++) await page.keyboard.press("ArrowDown");
      await expect(hits(page)).toHaveCount(45);
      await expect(page.getByTestId("search-opt-more")).toHaveCount(0);
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("hits-bar")).toBeVisible();
    });

    test("page after page, by scrolling", async ({ page }) => {
      await page.getByTestId("search-input").fill("kargo");
      await expect(hits(page)).toHaveCount(20);
      await page.getByTestId("search-results").hover();
      await page.mouse.wheel(0, 5000);
      await expect(hits(page)).toHaveCount(40);
      await page.mouse.wheel(0, 9000);
      await expect(hits(page)).toHaveCount(45);
    });

    test("conversations, customers and messages stand apart", async ({ page }) => {
      await page.getByTestId("search-input").fill("AYSE kaya");
      await expect(page.getByTestId("search-conversations").getByRole("option")).toHaveCount(3);
      await expect(page.getByTestId("search-customers").getByRole("option")).toHaveCount(1);
      await expect(page.getByTestId("search-further").getByRole("option")).toHaveCount(3);
      await expectAccessibleInBothThemes(page, "customers among what was found");
      await page.getByTestId("search-customer-4").click();
      await expect(page.getByTestId("conv-number")).toContainText("#4");
      await expect(page.getByTestId("search-results")).toHaveCount(0);
    });

    test("filters are completed while one types", async ({ page }) => {
      const input = page.getByTestId("search-input");
      await input.focus();
      await test.step("a name, then its value, with Enter and Tab", async () => {
        await page.keyboard.type(words.tagWord);
        await page.keyboard.press("ArrowDown");
        await expect(page.getByTestId(`search-filter-${words.tag}:`)).toHaveAttribute(
          "aria-selected",
          "true",
        );
        await page.keyboard.press("Enter");
        await expect(input).toHaveValue(`${words.tag}:`);
        await expect(page.getByTestId(`search-filter-${words.tag}:iade`)).toBeVisible();
        await expectAccessibleInBothThemes(page, "the values of a filter");
        await page.keyboard.type("acil");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Tab");
        await expect(input).toHaveValue(`${words.tag}:"çok acil" `);
        await expect(input).toBeFocused();
        await expectHits(
          page,
          numbers(({ tags }) => tags.includes("çok acil")),
        );
      });

      await test.step("another one behind it, by a click", async () => {
        await page.keyboard.type("view:");
        await page.getByTestId(`search-filter-${words.view}`).click();
        await expect(input).toHaveValue(`${words.tag}:"çok acil" ${words.view} `);
        await expectHits(
          page,
          numbers(({ tags, isResolved }) => tags.includes("çok acil") && isResolved),
        );
      });

      await test.step("people, whose names have spaces", async () => {
        await input.fill("agent:isi");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await expect(input).toHaveValue(`${words.agent}:"Işıl Çağlar" `);
        await expectHits(page, [9]);
      });

      await test.step("days, with what they are called", async () => {
        await input.fill("kargo after:");
        await expect(page.getByTestId(`search-filter-${words.after}:${words.yesterday}`)).toContainText(
          words.day,
        );
        // A filter that has no value yet is no word to look for.
        await expect(hits(page)).toHaveCount(20);
        await page.getByTestId(`search-filter-${words.after}:${words.week}`).click();
        await expect(input).toHaveValue(`kargo ${words.after}:${words.week} `);
        await expect.poll(async () => hits(page).count()).toBeLessThanOrEqual(8);
      });
      await page.keyboard.press("Escape");
      await expect(page.getByTestId("search-results")).toHaveCount(0);
      await expect(input).toHaveValue(`kargo ${words.after}:${words.week} `);
      await page.keyboard.press("Escape");
      await expect(input).toHaveValue("");
    });

    test("nothing found, and a search that fails", async ({ page }) => {
      const input = page.getByTestId("search-input");
      await input.fill("yokboyle");
      await expect(page.getByTestId("search-none")).toContainText(words.none);
      await expectAccessibleInBothThemes(page, "nothing found");
      await input.fill("tag:yokboyle");
      await expect(page.getByTestId("search-none")).toContainText(words.filters);
      await page.route("**/api/v1/search*", (route) => route.abort());
      await input.fill("kargo");
      await expect(page.getByTestId("search-error")).toBeVisible();
      await expectAccessibleInBothThemes(page, "a search that fails");
      await page.unroute("**/api/v1/search*");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await expect(page.getByTestId("search-retry")).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(hits(page)).toHaveCount(20);
      await expect(input).toBeFocused();
    });

    test("one hit after the other, each with who has it", async ({ page }) => {
      const input = page.getByTestId("search-input");
      await page.keyboard.press("s");
      await page.keyboard.type("kargo");
      await expect(hits(page)).toHaveCount(20);
      const holder = (number: number) => page.getByTestId(`search-hit-${number}`).getByTestId("hit-holder");
      await expect(holder(9)).toHaveText("Işıl Çağlar");
      await expect(holder(6)).toHaveText(words.resolved);
      for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
      const opened = await input.getAttribute("aria-activedescendant");
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("hits-bar")).toBeVisible();
      await expect(page.getByTestId("search-results")).toHaveCount(0);
      await page.getByTestId("thread").focus();

      await page.keyboard.press("s");
      await expect(hits(page)).toHaveCount(20);
      await expect(input).toHaveAttribute("aria-activedescendant", opened!);
      await page.keyboard.press("ArrowDown");
      await expect(input).not.toHaveAttribute("aria-activedescendant", opened!);
      const next = Number((await input.getAttribute("aria-activedescendant"))!.replace("search-hit-", ""));
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("conv-number")).toContainText(`#${next}`);
    });

    test("what was searched for lately", async ({ page }) => {
      const input = page.getByTestId("search-input");
      for (const query of ["kargo", "nerede", "merhaba"]) {
        await input.fill(query);
        await expect(hits(page).first()).toContainText(query, { ignoreCase: true });
        await input.press("Enter");
        await expect(page.getByTestId("hits-bar")).toBeVisible();
        await expect(page.getByTestId("search-results")).toHaveCount(0);
      }
      await input.fill("");
      const recent = page.getByTestId("search-recent").getByRole("option");
      await expect(recent).toHaveText(["merhaba", "nerede", "kargo"]);
      await expectAccessibleInBothThemes(page, "recent searches");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Delete");
      await expect(recent).toHaveText(["merhaba", "kargo"]);
      await expect(recent.last()).toHaveAttribute("aria-selected", "true");
      await page.keyboard.press("Enter");
      await expect(input).toHaveValue("kargo");
      await expect(hits(page)).toHaveCount(20);
      await input.fill("");
      await page.getByTestId("search-recent-clear").click();
      await expect(recent).toHaveCount(0);
      await expect(input).toBeFocused();
    });

    test("typing on calls off an Enter that the server has not answered", async ({ page }) => {
      const input = page.getByTestId("search-input");
      await input.fill("kargo");
      await expect(hits(page)).toHaveCount(20);
      let letGo = () => {};
      const gate = new Promise<void>((done) => (letGo = done));
      await page.route(/search\?q=nerede/, async (route) => {
        await gate;
        await route.continue().catch(() => undefined);
      });
      await input.fill("nerede");
      await input.press("Enter");
      await input.fill("merhaba");
      letGo();
      await expect(hits(page).first()).toContainText("merhaba", { ignoreCase: true });
      await expect(page).toHaveURL(/\/conversations\/inbox(\?|$)/);
      await input.press("Enter");
      await expect(page.getByTestId("hits-bar")).toBeVisible();
    });

    test("a number leads there from any tab; what is not there is said", async ({ page, parley }) => {
      await page.goto(`${parley.url}/conversations/archive`);
      const input = page.getByTestId("search-input");
      await input.fill("#999");
      await input.press("Enter");
      await expect(page.getByTestId("search-missing")).toBeVisible();
      await expect(input).toHaveValue("#999");
      await expectAccessibleInBothThemes(page, "a number that is not there");
      await input.fill("6");
      await expect(page.getByTestId("search-opt-number")).toBeVisible();
      await expect(page.getByTestId("search-results").getByRole("option").first()).toHaveAttribute(
        "data-testid",
        "search-opt-number",
      );
      await input.press("Enter");
      await expect(page.getByTestId("conv-number")).toContainText("#6");
    });
  });

  test(`search on a phone, and by its address (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await page.setViewportSize({ width: 360, height: 740 });
    await signIn(page, `${parley.url}/conversations/inbox?q=kargo`);
    await expect(hits(page)).toHaveCount(20);
    await expect(page).toHaveURL(/\?q=kargo$/);
    await expectAccessibleInBothThemes(page, "search on a phone");
    await page.getByTestId("search-input").fill("merhaba");
    await expect(page).toHaveURL(/\?q=merhaba$/);
    await page.getByTestId("search-clear").click();
    await expect(page).toHaveURL(/inbox$/);
    await page.getByTestId("search-input").fill("kargo");
    await hits(page).nth(1).click();
    await expect(page.getByTestId("thread")).toBeVisible();
  });
}

function hits(page: Page) {
  return page.getByTestId(/^search-hit-/);
}

/** All that was found, in whichever order. */
async function expectHits(page: Page, wanted: number[]): Promise<void> {
  const found = async () => {
    const ids = await hits(page).evaluateAll((all) => all.map((each) => each.getAttribute("data-testid")));
    return ids.map((id) => Number(id?.replace("search-hit-", ""))).sort((a, b) => a - b);
  };
  await expect.poll(found).toEqual(wanted);
}
