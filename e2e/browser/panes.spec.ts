import { randomUUID } from "node:crypto";
import { type Colleague, expect, test, type Page } from "./parley";
import { expectAccessibleInBothThemes, languages, signIn } from "./steps";

/** Getting about: from pane to pane, out of the drawer, and to the keys and commands by pointer. */

test("F6 goes through all panes and round, both ways", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  const number = await owner.begin("İrem Çınar", "Merhaba!");
  await signIn(page, `${parley.url}/conversations/inbox/${number}`);
  await expect(page.getByTestId("thread")).toContainText("Merhaba!");
  await expect(page.getByTestId("cust-contact")).toBeVisible();
  const panes = ["rail", "list", "thread", "messages", "composer", "customer"];

  await page.getByTestId("search-input").focus();
  expect(await cycle(page, "F6", panes.length)).toEqual([...panes.slice(2), "rail", "list"]);
  expect(await cycle(page, "Shift+F6", panes.length)).toEqual([
    "rail",
    ...panes.slice(2).toReversed(),
    "list",
  ]);

  await test.step("notices, while there are some", async () => {
    await page.keyboard.press("Escape");
    await page.getByTestId("conv-number").click();
    await expect(page.getByTestId("toast")).toBeVisible();
    await page.getByTestId("composer-input").focus();
    expect(await cycle(page, "F6", 3)).toEqual(["customer", "toasts", "rail"]);
    expect(await cycle(page, "Shift+F6", 2)).toEqual(["toasts", "customer"]);
  });

  await test.step("with nothing open there is no thread to go to", async () => {
    await page.goto(`${parley.url}/conversations/inbox`);
    await expect(page.getByTestId("thread-empty")).toBeVisible();
    await page.getByTestId("search-input").focus();
    expect(await cycle(page, "F6", 2)).toEqual(["rail", "list"]);
  });
});

test("the drawer goes with the conversation that it is about", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
  const number = await owner.begin("İrem Çınar", "Merhaba!");
  const earlier = await again(owner, number, "Geçen ayki siparişim");
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, `${parley.url}/conversations/inbox`);
  await page.getByTestId(`conv-row-${number}`).click();
  await page.getByTestId("btn-user").click();
  await page.getByTestId(`cust-prev-${earlier}`).click();
  await expect(page.getByTestId("conv-number")).toContainText(`#${earlier}`);
  await expect(page.getByTestId("pane-customer")).toHaveCount(0);
  await expect(page.getByTestId("thread")).toContainText("Geçen ayki siparişim");
  // What lay over the page has no entry of its own any more.
  await page.goBack();
  await expect(page.getByTestId("conv-number")).toContainText(`#${number}`);
  await expect(page.getByTestId("pane-customer")).toHaveCount(0);
  await page.goBack();
  await expect(page.getByTestId(`conv-row-${number}`)).toBeVisible();
});

for (const language of languages) {
  test(`the keys and the commands by pointer, and in the settings (${language})`, async ({
    page,
    parley,
    owner,
  }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await owner.begin("İrem Çınar", "Kargom nerede?");
    await signIn(page, `${parley.url}/conversations/inbox`);
    const account = page.getByTestId("account-button");

    await account.click();
    await expectAccessibleInBothThemes(page, "the account's menu");
    await page.getByTestId("menu-help").click();
    await expect(page.getByTestId("help-search")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(account).toBeFocused();
    await account.click();
    await page.getByTestId("menu-palette").click();
    await expect(page.getByTestId("palette-input")).toBeFocused();
    await page.keyboard.type(language === "tr" ? "klavye" : "keyboard");
    await page.getByTestId("palette-opt-settings-keyboard").click();

    await test.step("the settings have the table, and both layers", async () => {
      const table = page.getByTestId("set-shortcuts");
      await expect(table).toContainText(
        language === "tr" ? "Çözümle ve sonrakine geç" : "Resolve and go to the next",
      );
      await expectAccessibleInBothThemes(page, "the keys in the settings");
      await page.getByTestId("set-single-keys").focus();
      await page.keyboard.press("?");
      await expect(page.getByTestId("help-search")).toBeFocused();
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+k");
      await expect(page.getByTestId("palette-input")).toBeFocused();
      // What needs a list or a conversation is not offered.
      await expect(page.getByTestId("palette-opt-key-n")).toHaveCount(0);
      await expect(page.getByTestId("palette-opt-view-assigned")).toBeVisible();
      await expectAccessibleInBothThemes(page, "the commands in the settings");
      await page.keyboard.type("kargom");
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("search-input")).toHaveValue("kargom");
      await expect(page.getByTestId(/^search-hit-/)).toHaveCount(1);
    });
  });

  test(`commands beside the keys (${language})`, async ({ page, parley, owner }) => {
    test.slow();
    const { id: me } = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const number = await owner.begin("İrem Çınar", "Kargom nerede?");
    const other = await owner.begin("Mehmet Işık", "Merhaba!");
    await signIn(page, `${parley.url}/conversations/inbox/${number}`);
    await expect(page.getByTestId("thread")).toContainText("Kargom nerede?");
    const run = async (id: string, ...words: [tr: string, en: string]) => {
      await page.keyboard.press("Control+k");
      await page.getByTestId("palette-input").fill(words[language === "tr" ? 0 : 1]);
      await expect(page.getByRole("option").first()).toHaveAttribute("data-testid", `palette-opt-${id}`);
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("palette")).toHaveCount(0);
    };

    await run("key-f", "konuşmada ara", "find in");
    await expect(page.getByTestId("hits-bar").getByRole("searchbox")).toBeFocused();
    await page.keyboard.type("kargom");
    await expect(page.getByTestId("msg-1").locator("mark")).toHaveText("Kargom");
    await page.getByTestId("thread").focus();
    await page.keyboard.press("f");
    await expect(page.getByTestId("hits-bar").getByRole("searchbox")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("hits-bar")).toHaveCount(0);

    await run("copy-link", "bağlantıyı kopyala", "copy link");
    await expect(page.getByTestId("toast").last()).toBeVisible();
    const coming = page.waitForEvent("download");
    await run("download", "metin olarak", "download as");
    expect((await coming).suggestedFilename()).toMatch(/\.txt$/);

    const agentOf = async () => (await found(owner, number)).agent_id;
    await owner.call("POST", `/conversations/${number}/assign`, { agent_id: me });
    await expect(page.getByTestId(`conv-row-${number}`)).toContainText("Işıl Çağlar");
    await run("unassign", "atamayı kaldır", "remove assignment");
    await expect.poll(agentOf).toBe(null);

    await run("block", "müşteriyi engelle", "block customer");
    await expect(page.getByTestId("block-reason")).toBeFocused();
    await page.keyboard.press("Escape");

    await owner.call("POST", `/conversations/${other}/unread`);
    await run("sort-oldest", "en eski", "oldest");
    await expect(page.getByTestId("conv-list").locator("[data-number]").first()).toHaveAttribute(
      "data-number",
      String(number),
    );
    await run("filter-unread", "okunmamış", "filter: unread");
    await expect(page.getByTestId("filter-unread")).toHaveAttribute("aria-pressed", "true");
    await expect(page.getByTestId(`conv-row-${other}`)).toBeVisible();
    await run("filter-clear", "filtreleri temizle", "clear filters");
    await expect(page.getByTestId("filter-unread")).toHaveAttribute("aria-pressed", "false");
    await run("presence-away", "uzakta", "away");
    await page.getByTestId("account-button").click();
    await expect(page.getByTestId("presence-menu")).toContainText(language === "tr" ? "Uzakta" : "Away");
  });
}

/** Presses a key so many times; the innermost pane that has the focus after each. */
async function cycle(page: Page, key: string, times: number): Promise<string[]> {
  const seen: string[] = [];
  for (let i = 0; i < times; i++) {
    await page.keyboard.press(key);
    seen.push(
      await page.evaluate(
        () => document.activeElement?.closest<HTMLElement>("[data-pane]")?.dataset["pane"] ?? "nowhere",
      ),
    );
  }
  return seen;
}

interface Conversation {
  agent_id: string | null;
  customer: { id: string };
}

async function found(owner: Colleague, number: number): Promise<Conversation> {
  return (await owner.call<{ conversation: Conversation }>("GET", `/conversations/${number}`)).conversation;
}

/** Another conversation with the same customer. */
async function again(owner: Colleague, number: number, text: string): Promise<number> {
  const { customer } = await found(owner, number);
  const begun = await owner.call<{ conversation: { number: number } }>("POST", "/conversations", {
    client_id: randomUUID(),
    customer_id: customer.id,
    text,
  });
  return begun.conversation.number;
}
