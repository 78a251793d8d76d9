import { type Colleague, expect, test, type Page } from "./parley";
import { expectAccessibleInBothThemes, languages, signIn } from "./steps";

/** What is done to rows: to those that were picked, by keys and in the bar, and to one in its menu. */
for (const language of languages) {
  test(`the rows that are picked (${language})`, async ({ page, parley, owner }) => {
    test.slow();
    const { id: me } = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const mehmet = await owner.hire("Mehmet Yılmaz", "mehmet@example.com", language);
    const all: number[] = [];
    for (const name of ["Ada", "Bora", "Cem", "Deniz", "Ece", "Fulya"])
      all.push(await owner.begin(name, "Merhaba!"));
    const [a, b, c, d, e, f] = all as [number, number, number, number, number, number];
    await signIn(page, `${parley.url}/conversations/inbox/${f}`);
    await expect(page.getByTestId("thread")).toContainText("Merhaba!");
    const keys = page.keyboard;
    const check = (number: number) => page.getByTestId(`conv-check-${number}`);
    const picked = () => page.getByTestId("conv-list").getByRole("checkbox", { checked: true }).count();
    const of = async (...numbers: number[]) => Promise.all(numbers.map((number) => found(owner, number)));

    await test.step("with Shift all from the last one on", async () => {
      await page.getByTestId(`conv-row-${e}`).hover();
      await check(e).click();
      await check(b).click({ modifiers: ["Shift"] });
      await expect.poll(picked).toBe(4);
      await expect(page.getByTestId("bulk-count")).toContainText("4");
      expect(await page.evaluate(() => getSelection()?.isCollapsed ?? true)).toBe(true);
      await check(c).click();
      await expect.poll(picked).toBe(3);
      await check(a).click({ modifiers: ["Shift"] });
      await expect(check(a)).toBeChecked();
      await keys.press("Escape");
      await expect.poll(picked).toBe(0);
    });

    await test.step("keys are for them, and not for the open conversation", async () => {
      await pick(page, d, c);
      await expectAccessibleInBothThemes(page, "what is offered for those that are open");
      await keys.press("e");
      await expect.poll(() => of(d, c, f)).toMatchObject(states("resolved", "resolved", "open"));
      await expect(page.getByTestId("bulk-bar")).toHaveCount(0);
      await keys.press("z");
      await expect.poll(() => of(d, c)).toMatchObject(states("open", "open"));

      await pick(page, d, c);
      await keys.press("a");
      await expect(page.getByTestId("bulk-agent")).toBeFocused();
      await expect(page.getByTestId("bulk-agent-none")).toBeVisible();
      await keys.type("yilmaz");
      await keys.press("Enter");
      await expect.poll(() => of(d, c)).toMatchObject([{ agent_id: mehmet.id }, { agent_id: mehmet.id }]);
      // The focus is back where it was, so that one can go on.
      await expect(page.getByTestId(`conv-row-${c}`)).toBeFocused();

      await pick(page, d, c);
      await keys.press("t");
      await expect(page.getByTestId("tag-input")).toBeFocused();
      await keys.type("kargo");
      await keys.press("Enter");
      await expect
        .poll(() => of(d, c, f))
        .toMatchObject([{ tags: ["kargo"] }, { tags: ["kargo"] }, { tags: [] }]);

      await pick(page, d, c);
      await keys.press("Shift+A");
      await expect.poll(() => of(d, c)).toMatchObject([{ agent_id: me }, { agent_id: me }]);

      await owner.call("POST", `/conversations/${d}/read`);
      await owner.call("POST", `/conversations/${c}/read`);
      await pick(page, d, c);
      await keys.press("Shift+U");
      await expect.poll(() => of(d, c, f)).toMatchObject([{ unread: 1 }, { unread: 1 }, { unread: 0 }]);

      await pick(page, d, c);
      await keys.press("y");
      await expect.poll(() => of(d, c)).toMatchObject([{ archived: true }, { archived: true }]);
      expect(await found(owner, f)).toMatchObject({ archived: false });
      await expect(page.getByTestId(`conv-row-${d}`)).toHaveCount(0);
    });

    await test.step("the commands are for them too", async () => {
      await pick(page, b, a);
      await keys.press("Control+k");
      await keys.type(language === "tr" ? "cozumle" : "resolve");
      await expect(page.getByRole("option").first()).toHaveAttribute("data-testid", "palette-opt-key-e");
      await expect(page.getByTestId("palette-opt-key-Shift+e")).toHaveCount(0);
      await keys.press("Enter");
      await expect.poll(() => of(b, a, f)).toMatchObject(states("resolved", "resolved", "open"));
    });

    await test.step("the bar offers what takes it back, and counts what it changes", async () => {
      await pick(page, b, a);
      await expect(page.getByTestId("bulk-resolve")).toHaveCount(0);
      await page.getByTestId("bulk-reopen").click();
      await expect.poll(() => of(b, a)).toMatchObject(states("open", "open"));
      await owner.call("POST", `/conversations/${a}/resolve`);
      await expect(page.getByTestId(`conv-row-${a}`)).toContainText(
        language === "tr" ? "Çözümlendi" : "Resolved",
      );
      await pick(page, b, a);
      await page.getByTestId("bulk-resolve").click();
      await expect(page.getByTestId("toast").last()).toContainText(
        language === "tr" ? "1 konuşma güncellendi" : "1 conversation changed",
      );
      await page.getByTestId("tab-archive").click();
      await pick(page, d, c);
      await expect(page.getByTestId("bulk-archive")).toHaveCount(0);
      await page.getByTestId("bulk-unarchive").click();
      await expect.poll(() => of(d, c)).toMatchObject([{ archived: false }, { archived: false }]);
    });

    await test.step("one row's menu says what fits it", async () => {
      await page.getByTestId("tab-inbox").click();
      const menu = (number: number) => page.getByTestId(`conv-row-${number}`).press("Shift+F10");
      await menu(d);
      await expect(page.getByTestId("row-reopen")).toBeVisible();
      await expectAccessibleInBothThemes(page, "the menu of a row");
      await page.getByTestId("row-reopen").click();
      await expect.poll(() => of(d)).toMatchObject([{ state: "open", agent_id: me }]);
      await menu(d);
      await expect(page.getByTestId("row-resolve")).toBeVisible();
      await expect(page.getByTestId("row-assign-me")).toHaveCount(0);
      await page.getByTestId("row-assign").click();
      await expect(page.getByTestId("bulk-agent")).toBeFocused();
      await keys.type("yilmaz");
      await keys.press("Enter");
      await expect.poll(() => of(d)).toMatchObject([{ agent_id: mehmet.id }]);
      await expect(page.getByTestId(`conv-row-${d}`)).toBeFocused();
      await menu(d);
      await page.getByTestId("row-assign-me").click();
      await expect.poll(() => of(d)).toMatchObject([{ agent_id: me }]);
      await menu(d);
      await page.getByTestId("row-archive").click();
      await expect.poll(() => of(d)).toMatchObject([{ archived: true }]);
    });
  });
}

/** Picks rows by keys, as they follow one another in the list. */
async function pick(page: Page, first: number, ...others: number[]): Promise<void> {
  await page.getByTestId(`conv-row-${first}`).focus();
  await page.keyboard.press("x");
  for (const number of others) {
    await page.keyboard.press("Shift+J");
    await expect(page.getByTestId(`conv-row-${number}`)).toBeFocused();
  }
  await expect(page.getByTestId("bulk-count")).toContainText(String(1 + others.length));
}

const states = (...all: string[]) => all.map((state) => ({ state }));

interface Conversation {
  state: string;
  archived: boolean;
  agent_id: string | null;
  tags: string[];
  unread: number;
}

async function found(owner: Colleague, number: number): Promise<Conversation> {
  return (await owner.call<{ conversation: Conversation }>("GET", `/conversations/${number}`)).conversation;
}
