import { Buffer } from "node:buffer";
import { expect, password, test, type Page } from "./parley";
import { expectAccessible, languages, signIn } from "./steps";

/** A day's work without a pointer, and what only a keyboard can show to be right. */
for (const language of languages) {
  test(`everything by keys (${language})`, async ({ page, parley, owner }) => {
    const agent = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const first = await owner.begin("İrem Çınar", "Merhaba, kargom nerede?");
    const second = await owner.begin("Mehmet Işık", "Güler yüzlü kurye geldi mi?");
    const mehmet = await owner.hire("Mehmet Yılmaz", "mehmet@example.com", language);
    await owner.call("POST", "/replies", {
      title: "Kargo",
      shortcut: "kargo",
      text: "Kargonuz yolda, {{customer.first_name}}.",
    });
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

    await test.step("a saved reply, an emoji and a file", async () => {
      const field = page.getByTestId("composer-input");
      await keys.press("r");
      await keys.type("/kar");
      await expect(page.getByTestId("saved-menu")).toBeVisible();
      await keys.press("ArrowDown");
      await keys.press("Enter");
      await expect(field).toHaveValue("Kargonuz yolda, İrem.");
      await keys.type(" Yarın sizde ");
      await keys.press("Control+.");
      await expect(page.getByTestId("emoji-search")).toBeFocused();
      await keys.type(language === "tr" ? "kamyon" : "truck");
      await expect(page.getByRole("gridcell").first()).toBeVisible();
      await keys.press("Enter");
      await expect(field).toBeFocused();
      await expect(field).toHaveValue(/Yarın sizde \p{Emoji_Presentation}/u);
      const chosen = page.waitForEvent("filechooser");
      await keys.press("Tab");
      await expect(page.getByTestId("attach-button")).toBeFocused();
      await keys.press("Enter");
      const chooser = await chosen;
      const pdf = Buffer.from("%PDF-1.4\n%%EOF\n");
      await chooser.setFiles({ name: "irsaliye.pdf", mimeType: "application/pdf", buffer: pdf });
      await expect(page.getByTestId("attach-chip-0")).toContainText("irsaliye.pdf");
      await expect(page.getByTestId("attach-progress")).toHaveCount(0);
      await field.focus();
      await keys.press("Enter");
      await expect(page.getByTestId("thread")).toContainText("irsaliye.pdf");
      await keys.press("Escape");
    });

    await test.step("give it to somebody by their name", async () => {
      await keys.press("a");
      await expect(page.getByTestId("assign-search")).toBeFocused();
      await keys.type("yilmaz");
      await keys.press("Enter");
      await expect(page.getByTestId("assign-popover")).toHaveCount(0);
      await expect.poll(() => conversation(owner, first)).toMatchObject({ agent_id: mehmet.id });
    });

    await test.step("tag it", async () => {
      await keys.press("t");
      await expect(page.getByTestId("tag-input")).toBeFocused();
      await keys.type("KARGO");
      await expectAccessible(page, "adding a tag");
      await keys.press("Enter");
      await expect(page.getByTestId("thread-tags")).toContainText("kargo");
      await expect(page.getByTestId("tag-input")).toHaveValue("");
      await keys.press("Escape");
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

    await test.step("a note on the customer", async () => {
      await page.getByTestId("cust-note-text").focus();
      await keys.type("Öğleden sonra evde");
      await keys.press("Tab");
      await keys.press("Enter");
      await expect(page.getByTestId("cust-notes-section")).toContainText("Öğleden sonra evde");
      await page.getByTestId("thread").focus();
      await keys.press("c");
      await expect(page.getByTestId("pane-customer")).toHaveCount(0);
      await keys.press("c");
      await expect(page.getByTestId("pane-customer")).toBeVisible();
    });

    await test.step("resolve it and go on with the next, and with what is archived", async () => {
      await keys.press("Shift+E");
      await expect(page.getByTestId("conv-number")).toContainText(`#${second}`);
      await expect.poll(() => conversation(owner, first)).toMatchObject({ state: "resolved" });
      await owner.call("POST", `/conversations/${first}/archive`);
      await keys.press("7");
      await expect(page.getByTestId(`conv-row-${first}`)).toBeVisible();
      await keys.press("j");
      await keys.press("Enter");
      await expect(page.getByTestId("conv-number")).toContainText(`#${first}`);
      await keys.press("y");
      await expect.poll(() => conversation(owner, first)).toMatchObject({ archived: false });
      await keys.press("1");
      await expect(page.getByTestId(`conv-row-${second}`)).toBeVisible();
    });

    await test.step("words lead to their message", async () => {
      await keys.press("s");
      await keys.type("guler kurye");
      await expect(page.getByTestId(`search-hit-${second}`)).toBeVisible();
      await keys.press("ArrowDown");
      await keys.press("Enter");
      await expect(page.getByTestId("hits-bar")).toBeVisible();
      await expect(page.getByTestId("msg-1").locator("mark").first()).toHaveText("Güler");
      await keys.press("Escape");
      await expect(page.getByTestId("hits-bar")).toHaveCount(0);
    });

    await test.step("go to one by its number", async () => {
      await keys.press("s");
      await keys.type(`#${first}`);
      await keys.press("Enter");
      await expect(page.getByTestId("conv-number")).toContainText(`#${first}`);
      await page.getByTestId("thread").focus();
      await keys.press("Control+k");
      await keys.type("kurye geldi");
      await expect(page.getByTestId("palette-opt-search")).toBeVisible();
      await keys.press("Enter");
      await expect(page.getByTestId("search-input")).toHaveValue("kurye geldi");
      await expect(page.getByTestId("search-input")).toBeFocused();
      await keys.type(`#${second}`);
      await keys.press("Enter");
      await expect(page.getByTestId("conv-number")).toContainText(`#${second}`);
      await page.getByTestId("thread").focus();
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
      await keys.press("Escape");
    });

    await test.step("sign out", async () => {
      await expect(page.getByTestId("palette")).toHaveCount(0);
      await keys.press("Control+k");
      await expect(page.getByTestId("palette-input")).toBeFocused();
      await keys.type("cikis yap");
      await expect(page.getByTestId("palette-opt-sign-out")).toBeVisible();
      await keys.press("Enter");
      await expect(page.getByTestId("login-email")).toBeVisible();
    });
  });
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

interface Conversation {
  state: string;
  archived: boolean;
  agent_id: string | null;
  tags: string[];
}

async function conversation(
  owner: { call<T>(method: string, path: string): Promise<T> },
  number: number,
): Promise<Conversation> {
  return (await owner.call<{ conversation: Conversation }>("GET", `/conversations/${number}`)).conversation;
}

test("a button tells its keys, as this machine has them", async ({ page, parley, owner }) => {
  const number = await owner.begin("İrem Çınar", "Merhaba");
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  await signIn(page, `${parley.url}/conversations/inbox/${number}`);
  const expectKeys = async (testid: string, title: string, keys: string) => {
    await expect(page.getByTestId(testid)).toHaveAttribute("title", title);
    await expect(page.getByTestId(testid)).toHaveAttribute("aria-keyshortcuts", keys);
  };
  await expectKeys("btn-assign", "Assign (A)", "A");
  await expectKeys("btn-resolve", "Resolve (E)", "E");
  await expectKeys("btn-user", "User (C)", "C");
  await expectKeys("conv-tag-add", "Add a tag (T)", "T");
  await expectKeys("emoji-button", "Emoji (Ctrl+.)", "Control+.");
  await expectKeys("btn-send", "Enter", "Enter");
});
