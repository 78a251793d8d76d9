import { AxeBuilder } from "@axe-core/playwright";
import { expect, password, test, type Page } from "./parley";

/** A day's work without a pointer, and what only a keyboard can show to be right. */
for (const language of ["tr", "en"] as const) {
  test(`everything by keys (${language})`, async ({ page, parley, owner }) => {
    const agent = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const first = await owner.begin("İrem Çınar", "Merhaba, kargom nerede?");
    const second = await owner.begin("Mehmet Işık", "Güler yüzlü kurye geldi mi?");
    const keys = page.keyboard;

    await test.step("sign in", async () => {
      await page.goto(parley.url);
      await page.getByTestId("login-email").focus();
      await keys.type("isil@example.com");
      await keys.press("Tab");
      await keys.type(password);
      await keys.press("Enter");
      await expect(page.getByTestId(`conv-row-${first}`)).toBeVisible();
    });

    await test.step("choose a view and a conversation", async () => {
      await keys.press("2");
      await expect(page).toHaveURL(/\/unassigned/);
      await keys.press("1");
      await expect(page).toHaveURL(/\/inbox/);
      await expect(page.getByTestId(`conv-row-${second}`)).toBeVisible();
      await keys.press("j");
      await expect(page.getByTestId(`conv-row-${second}`)).toBeFocused();
      await keys.press("j");
      await expect(page.getByTestId(`conv-row-${first}`)).toBeFocused();
      await keys.press("Enter");
      await expect(page.getByTestId("conv-number")).toContainText(`#${first}`);
    });

    await test.step("reply, and write a note", async () => {
      await keys.press("r");
      await expect(page.getByTestId("composer-input")).toBeFocused();
      // What is text to the field is no shortcut: the letters of commands, and of AltGr.
      await keys.type("eya? @€ Bakıyorum");
      await keys.press("Enter");
      await expect(page.getByTestId("thread")).toContainText("eya? @€ Bakıyorum");
      await expect(page.getByTestId("btn-resolve")).toBeVisible();
      await keys.press("Escape");
      await keys.press("m");
      await keys.type("Kurye aranacak");
      await keys.press("Enter");
      await expect(page.getByTestId("thread")).toContainText("Kurye aranacak");
      await keys.press("Escape");
    });

    await test.step("tag it", async () => {
      await keys.press("t");
      await expect(page.getByTestId("tag-input")).toBeFocused();
      await keys.type("KARGO");
      await expectAccessible(page, "adding a tag");
      await keys.press("Enter");
      await expect(page.getByTestId("conv-tag-remove-kargo")).toBeVisible();
    });

    await test.step("take it, resolve it, undo", async () => {
      await keys.press("Shift+A");
      await expect
        .poll(() => conversation(owner, first))
        .toMatchObject({ agent_id: agent.id, tags: ["kargo"] });
      await keys.press("e");
      await expect(page.getByTestId("btn-reopen")).toBeVisible();
      await expect(page.getByTestId("toast-undo").last()).toBeVisible();
      await keys.press("z");
      await expect(page.getByTestId("btn-resolve")).toBeVisible();
      await expect.poll(() => conversation(owner, first)).toMatchObject({ state: "open" });
    });

    await test.step("go to one by its number", async () => {
      await keys.press("s");
      await keys.type(`#${second}`);
      await keys.press("Enter");
      await expect(page.getByTestId("conv-number")).toContainText(`#${second}`);
    });

    await test.step("commands are found by either language's name", async () => {
      await keys.press("Control+k");
      await expect(page.getByTestId("palette-input")).toBeFocused();
      await keys.type("koyu");
      await expect(page.getByTestId("palette-opt-theme-dark")).toBeVisible();
      await page.getByTestId("palette-input").fill("dark theme");
      await expect(page.getByTestId("palette-opt-theme-dark")).toBeVisible();
      await expectAccessible(page, "the commands");
      await keys.press("Enter");
      await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
      await keys.press("Control+k");
      await expect(page.getByRole("option").first()).toHaveAttribute("data-testid", "palette-opt-theme-dark");
      await keys.press("Escape");
      await expect(page.getByTestId("palette")).toHaveCount(0);
    });

    await test.step("the other language", async () => {
      const [other, name] = language === "tr" ? (["en", "english"] as const) : (["tr", "turkce"] as const);
      await keys.press("Control+k");
      await keys.type(name);
      await expect(page.getByRole("option").first()).toHaveAttribute(
        "data-testid",
        `palette-opt-lang-${other}`,
      );
      await keys.press("Enter");
      await expect(page.locator("html")).toHaveAttribute("lang", other);
    });

    await test.step("single keys can be switched off", async () => {
      await keys.press("?");
      await expect(page.getByTestId("help-search")).toBeFocused();
      await expectAccessible(page, "the shortcuts");
      await page.getByTestId("single-key-toggle").focus();
      await keys.press("Space");
      await keys.press("Escape");
      await expect(page.getByTestId("help-dialog")).toHaveCount(0);
      await keys.press("e");
      await keys.press("?");
      // Whatever these had opened would be there before what is opened after them.
      await keys.press("Control+k");
      await expect(page.getByTestId("palette-input")).toBeFocused();
      await expect(page.getByTestId("help-dialog")).toHaveCount(0);
      expect(await conversation(owner, second)).toMatchObject({
        state: "open",
      });
    });
  });
}

test("what is typed for something that is still on its way", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  const number = await owner.begin("İrem Çınar", "Merhaba!");
  await signIn(page, `${parley.url}/conversations/inbox/${number}`);
  await expect(page.getByTestId("btn-resolve")).toBeVisible();
  const keys = page.keyboard;

  await test.step("Esc calls it off", async () => {
    const letGo = await holdBack(page, /\/Palette-/);
    await keys.press("Control+k");
    await keys.type("ea");
    await keys.press("Escape");
    await letGo();
    await expect(page.getByTestId("palette")).toHaveCount(0);
    await expect(page.getByTestId("assign-popover")).toHaveCount(0);
    expect(await conversation(owner, number)).toMatchObject({ state: "open" });
  });

  await test.step("letters wait for the shortcuts, and are theirs", async () => {
    const letGo = await holdBack(page, /\/Help-/);
    await keys.press("?");
    await keys.type("ares");
    await keys.press("Backspace");
    await letGo();
    await expect(page.getByTestId("help-search")).toHaveValue("are");
    await keys.press("Escape"); // empties the field
    await keys.press("Escape");
    await expect(page.getByTestId("help-dialog")).toHaveCount(0);
  });

  await test.step("letters and Enter wait for the commands, from within the reply field too", async () => {
    await page.reload();
    await page.getByTestId("composer-input").focus();
    const letGo = await holdBack(page, /\/Palette-/);
    await keys.press("Control+k");
    await keys.type("koyu");
    await keys.press("Enter");
    await letGo();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page.getByTestId("palette")).toHaveCount(0);
    await expect(page.getByTestId("composer-input")).toHaveValue("");
    expect(await conversation(owner, number)).toMatchObject({ state: "open", tags: [] });
  });

  await test.step("what can't be fetched is told, and keys mean what they did", async () => {
    await page.reload();
    await expect(page.getByTestId("btn-resolve")).toBeVisible();
    await page.route(/\/Palette-/, (route) => route.abort());
    await keys.press("Control+k");
    await expect(page.getByTestId("toast")).toBeVisible();
    await keys.press("e");
    await expect(page.getByTestId("btn-reopen")).toBeVisible();
  });
});

/** Keeps a script from arriving until the function it gives is called. */
async function holdBack(page: Page, script: RegExp): Promise<() => Promise<void>> {
  let open = () => {};
  const gate = new Promise<void>((done) => (open = done));
  await page.route(script, async (route) => {
    await gate;
    await route.continue();
  });
  return async () => {
    const arrived = page.waitForEvent("requestfinished", (request) => script.test(request.url()));
    open();
    await arrived;
    await page.unroute(script);
  };
}

test("the panes' widths by keys, remembered", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  const number = await owner.begin("İrem Çınar", "Merhaba!");
  await signIn(page, `${parley.url}/conversations/inbox/${number}`);
  const list = page.getByTestId("resizer-list");
  await list.focus();
  await page.keyboard.press("ArrowRight");
  await expect(list).toHaveAttribute("aria-valuenow", "356");
  await page.keyboard.press("End");
  await expect(list).toHaveAttribute("aria-valuenow", "440");
  expect((await page.getByTestId("pane-list").boundingBox())!.width).toBeCloseTo(440, 0);
  await page.reload();
  await expect(list).toHaveAttribute("aria-valuenow", "440");
  await list.dblclick();
  await expect(list).toHaveAttribute("aria-valuenow", "340");
  const customer = page.getByTestId("resizer-customer");
  await customer.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(customer).toHaveAttribute("aria-valuenow", "336");
  await expectAccessible(page, "the frame");
});

async function signIn(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByTestId("login-email").fill("isil@example.com");
  await page.getByTestId("login-password").fill(password);
  await page.getByTestId("login-submit").click();
  await expect(page.getByTestId("conv-list")).toBeVisible();
}

async function expectAccessible(page: Page, what: string): Promise<void> {
  const report = await new AxeBuilder({ page })
    .options({ rules: { "target-size": { enabled: true } } })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  expect(
    report.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).join(" ")}`),
    what,
  ).toEqual([]);
}

interface Conversation {
  state: string;
  agent_id: string | null;
  tags: string[];
}

async function conversation(
  owner: { call<T>(method: string, path: string): Promise<T> },
  number: number,
): Promise<Conversation> {
  return (await owner.call<{ conversation: Conversation }>("GET", `/conversations/${number}`)).conversation;
}
