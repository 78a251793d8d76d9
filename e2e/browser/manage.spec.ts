import { expect, test, type Colleague, type Page } from "./parley";
import { expectAccessible, signIn } from "./steps";

/** Editing the customer beside the thread, and doing one thing to many conversations. */
for (const language of ["tr", "en"] as const) {
  test(`the customer is edited in place (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const number = await owner.begin("İrem Çınar", "Merhaba!");
    const other = await owner.begin("Mehmet Işık", "Merhaba!");
    await signIn(page, `${parley.url}/conversations/inbox/${number}`);
    const customer = () => customerOf(owner, number);

    await test.step("name and phone", async () => {
      await page.getByTestId("cust-name-field-edit").click();
      await page.getByTestId("cust-name-field").fill("İrem Çınar Öz");
      await page.getByTestId("cust-name-field").press("Enter");
      await expect(page.getByTestId("cust-name")).toHaveText("İrem Çınar Öz");
      await expect(page.getByTestId("thread-header")).toContainText("İrem Çınar Öz");
      await page.getByTestId("cust-phone-edit").click();
      await page.getByTestId("cust-phone").fill("+90 555 000 00 00");
      await page.getByTestId("cust-phone").press("Enter");
      await expect(page.getByTestId("cust-phone-edit")).toBeFocused();
      await expect.poll(customer).toMatchObject({ name: "İrem Çınar Öz", phone: "+90 555 000 00 00" });
    });

    await test.step("a wrong address is told, and nothing typed is lost", async () => {
      await page.getByTestId("cust-email-edit").click();
      await page.getByTestId("cust-email").fill("not an address");
      await page.getByTestId("cust-email").press("Enter");
      await expect(page.getByTestId("cust-email")).toHaveAttribute("aria-invalid", "true");
      await expectAccessible(page, "a refused change");
      await page.getByTestId(`conv-row-${other}`).click();
      await expect(page.getByTestId("cust-name")).toHaveText("Mehmet Işık");
      await page.getByTestId(`conv-row-${number}`).click();
      await expect(page.getByTestId("cust-email")).toHaveValue("not an address");
      await page.getByTestId("cust-email").press("Escape");
      await expect(page.getByTestId("cust-email")).toHaveCount(0);
    });

    await test.step("attributes", async () => {
      await page.getByTestId("cust-attr-add").click();
      await page.getByTestId("cust-attr-name").fill("şehir");
      await page.getByTestId("cust-attr-value").fill("Iğdır");
      await page.getByTestId("cust-attr-save").click();
      await expect(page.getByTestId("cust-attr-şehir")).toContainText("Iğdır");
      await page.getByTestId("cust-attr-şehir-remove").click();
      await expect(page.getByTestId("cust-attr-şehir")).toHaveCount(0);
      await page.getByTestId("toast-undo").click();
      await expect(page.getByTestId("cust-attr-şehir")).toContainText("Iğdır");
      await expect.poll(customer).toMatchObject({ attributes: { şehir: "Iğdır" } });
    });

    await test.step("block with a reason, and unblock", async () => {
      await page.getByTestId("cust-block").click();
      await page.getByTestId("block-confirm").click();
      await expect(page.getByTestId("block-reason")).toHaveAttribute("aria-invalid", "true");
      await expectAccessible(page, "blocking");
      await page.getByTestId("block-reason").fill("Hakaret");
      await page.getByTestId("block-confirm").click();
      await expect(page.getByTestId("cust-blocked")).toContainText("Hakaret");
      await page.getByTestId("cust-block").click();
      await page.getByTestId("block-confirm").click();
      await expect(page.getByTestId("cust-blocked")).toHaveCount(0);
      await expectAccessible(page, "the panel");
    });
  });
}

test("many conversations at once", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  const numbers: number[] = [];
  for (let i = 0; i < 60; i++) numbers.push(await owner.begin(`Customer ${i}`, "Hello!"));
  const last = numbers.at(-1)!;
  await signIn(page, `${parley.url}/conversations/inbox`);
  const states = async () =>
    Promise.all(numbers.map(async (number) => (await conversation(owner, number)).state));

  await test.step("picked one by one", async () => {
    await page.getByTestId(`conv-row-${last}`).focus();
    await page.keyboard.press("x");
    await page.keyboard.press("Shift+J");
    await expect(page.getByTestId("bulk-count")).toContainText("2");
    await expectAccessible(page, "a selection");
    await page.getByTestId("bulk-tag").click();
    await page.getByTestId("tag-input").fill("together");
    await page.getByTestId("tag-input").press("Enter");
    await expect.poll(async () => (await conversation(owner, last)).tags).toEqual(["together"]);
    await expect(page.getByTestId("bulk-bar")).toHaveCount(0);
  });

  await test.step("a tag is added to what each has; what is refused is listed and stays picked", async () => {
    const full = Array.from({ length: 20 }, (_, i) => `t${i}`);
    await owner.call("POST", `/conversations/${last - 1}/tags`, { tags: full });
    await expect(page.getByTestId(`conv-row-${last - 1}`)).toContainText("+18");
    await page.getByTestId(`conv-check-${last}`).check();
    await page.getByTestId(`conv-check-${last - 1}`).check();
    await page.getByTestId("bulk-tag").click();
    await page.getByTestId("tag-input").fill("later");
    await page.getByTestId("tag-input").press("Enter");
    await expect(page.getByTestId("bulk-refused")).toContainText(`#${last - 1}`);
    await expect(page.getByTestId("bulk-count")).toContainText("1");
    await expect.poll(async () => (await conversation(owner, last)).tags).toEqual(["later", "together"]);
    await page.getByTestId("toast-undo").last().click();
    await expect.poll(async () => (await conversation(owner, last)).tags).toEqual(["together"]);
    await expectAccessible(page, "what was refused");
    await page.getByTestId("bulk-tag").click();
    await page.getByTestId("bulk-untag-t7").click();
    await expect.poll(async () => (await conversation(owner, last - 1)).tags).not.toContain("t7");
    await expect(page.getByTestId("bulk-bar")).toHaveCount(0);
  });

  await test.step("Esc lets go of them", async () => {
    await page.getByTestId(`conv-check-${last}`).check();
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("bulk-bar")).toHaveCount(0);
  });

  await test.step("by keys the bar is one stop, and gives the focus to the list when it goes", async () => {
    await page.getByTestId(`conv-check-${last}`).check();
    await page.getByTestId("bulk-assign").focus();
    await page.keyboard.press("End");
    await expect(page.getByTestId("bulk-clear")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("bulk-bar")).toHaveCount(0);
    await expect(page.locator("[data-number]:focus")).toBeVisible();
  });

  await test.step("all that match, also those that are not loaded", async () => {
    await page.getByTestId(`conv-check-${last}`).check();
    await page.getByTestId("bulk-all").focus();
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("bulk-count")).toContainText("60");
    await expect(page.getByTestId("bulk-all")).toHaveAttribute("aria-disabled", "true");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Shift+Tab");
    await expect(page.getByTestId("bulk-all")).toBeFocused();
    await page.getByTestId("bulk-resolve").click();
    await expect(page.getByTestId("bulk-bar")).toHaveCount(0);
    await expect.poll(async () => new Set(await states())).toEqual(new Set(["resolved"]));
    await page.getByTestId("toast-undo").last().click();
    await expect.poll(async () => new Set(await states())).toEqual(new Set(["open"]));
  });

  await test.step("a row's own menu", async () => {
    await page.getByTestId(`conv-row-${last}`).focus();
    await page.keyboard.press("Shift+F10");
    await expect(page.getByTestId("row-open")).toBeFocused();
    await expectAccessible(page, "a row's menu");
    await page.keyboard.press("Escape");
    await expect(page.getByTestId(`conv-row-${last}`)).toBeFocused();
  });

  await test.step("the thread tells which tags came and went, and folds what happened in a row", async () => {
    await page.getByTestId(`conv-row-${last}`).click();
    // Tagged twice, one tag taken back, resolved and opened again.
    const fold = page.getByTestId("thread").getByText("5 events");
    await expect(fold).toBeVisible();
    await expect(page.getByTestId("event-tagged").first()).toBeHidden();
    await fold.click();
    await expect(page.getByTestId("event-tagged")).toContainText([
      "added tags: together",
      "added tags: later",
      "removed tags: later",
    ]);
    await expectAccessible(page, "events that were folded");
  });
});

interface Conversation {
  state: string;
  tags: string[];
  customer: { id: string };
}

async function conversation(owner: Colleague, number: number): Promise<Conversation> {
  return (await owner.call<{ conversation: Conversation }>("GET", `/conversations/${number}`)).conversation;
}

async function customerOf(owner: Colleague, number: number): Promise<unknown> {
  const { customer } = await conversation(owner, number);
  return (await owner.call<{ customer: unknown }>("GET", `/customers/${customer.id}`)).customer;
}
