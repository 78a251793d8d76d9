import { randomUUID } from "node:crypto";
import { expect, test, type Colleague } from "./parley";
import { watchShifts } from "./talk";
import { choose, expectAccessibleInBothThemes, languages, signIn } from "./steps";

/** The panel beside the thread: what is known of a customer, and what is done with it. */
for (const language of languages) {
  test(`the customer panel (${language})`, async ({ page, parley, owner }) => {
    test.slow();
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const number = await owner.begin("İrem Çınar", "Merhaba!");
    const id = await customerOf(owner, number);
    await owner.call("PATCH", `/customers/${id}`, {
      email: "irem@example.com",
      phone: "+90 555 000 00 00",
      attributes: {
        şehir: "Iğdır",
        üyelik: "2026-03-09",
        site: "https://example.com/irem",
      },
    });
    const earlier = await another(owner, id, "Geçen ayki siparişim");
    for (let i = 1; i <= 25; i++) await owner.call("POST", `/customers/${id}/notes`, { text: `not ${i}` });
    await signIn(page, `${parley.url}/conversations/inbox/${number}`);
    const panel = page.getByTestId("pane-customer");

    await test.step("ways to reach them", async () => {
      const contact = page.getByTestId("cust-contact");
      await expect(contact.getByRole("link", { name: "irem@example.com" })).toHaveAttribute(
        "href",
        "mailto:irem@example.com",
      );
      await expect(contact.getByRole("link", { name: "+90 555 000 00 00" })).toHaveAttribute(
        "href",
        "tel:+90 555 000 00 00",
      );
      await page.getByTestId("cust-email-copy").click();
      await expect(page.getByTestId("toast")).toBeVisible();
      await page.getByTestId("cust-note-text").focus();
      await page.keyboard.press("Control+v");
      await expect(page.getByTestId("cust-note-text")).toHaveValue("irem@example.com");
      await page.getByTestId("cust-note-text").fill("");
    });

    await test.step("attributes show what they are", async () => {
      await expect(page.getByTestId("cust-attr-üyelik")).toContainText(
        language === "tr" ? "9 Mar 2026" : "Mar 9, 2026",
      );
      await expect(page.getByTestId("cust-attr-site").getByRole("link")).toHaveAttribute(
        "href",
        "https://example.com/irem",
      );
      await page.getByTestId("cust-attr-add").click();
      await page.getByTestId("cust-attr-name").fill("sipariş");
      await page.getByTestId("cust-attr-kind").selectOption("number");
      await page.getByTestId("cust-attr-value").fill("on iki");
      await page.getByTestId("cust-attr-save").click();
      await expect(page.getByTestId("cust-attr-value")).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByTestId("cust-attr-value")).toBeFocused();
      await expectAccessibleInBothThemes(page, "an attribute that is no number");
      await page.getByTestId("cust-attr-kind").selectOption("truth");
      await page.getByTestId("cust-attr-save").click();
      await expect(page.getByTestId("cust-attr-sipariş")).toContainText(language === "tr" ? "Evet" : "Yes");
      await page.getByTestId("cust-attr-sipariş-value-edit").focus();
      await page.keyboard.press("Enter");
      await page.getByTestId("cust-attr-sipariş-value").selectOption("false");
      await page.getByTestId("cust-attr-sipariş-value-save").click();
      await expect(page.getByTestId("cust-attr-sipariş")).toContainText(language === "tr" ? "Hayır" : "No");
    });

    await test.step("notes, page by page, and those of others as they are written", async () => {
      const notes = page.getByTestId("cust-notes-section").getByRole("listitem");
      await expect(notes).toHaveCount(20);
      await page.getByTestId("cust-notes-more").click();
      await expect(notes).toHaveCount(25);
      await owner.call("POST", `/customers/${id}/notes`, {
        text: "başka birinin notu",
      });
      await expect(notes.first()).toContainText("başka birinin notu");
      await page.getByTestId("cust-note-text").fill("benim notum");
      await page.getByTestId("cust-note-add").click();
      await expect(notes.first()).toContainText("benim notum");
      await expect(page.getByTestId("cust-note-text")).toHaveValue("");
    });

    await test.step("an earlier conversation opens in place", async () => {
      await page.getByTestId(`cust-prev-${earlier}`).click();
      await expect(page.getByTestId("conv-number")).toContainText(`#${earlier}`);
      await expect(page).toHaveURL(new RegExp(`/conversations/inbox/${earlier}$`));
      await expect(panel).toBeVisible();
      await page.getByTestId(`cust-prev-${number}`).click();
      await expect(page.getByTestId("conv-number")).toContainText(`#${number}`);
    });

    await test.step("a block that ends by itself", async () => {
      await page.getByTestId("cust-block").click();
      await page.getByTestId("block-reason").fill("Hakaret");
      await page.getByTestId("block-length").selectOption("7");
      await expectAccessibleInBothThemes(page, "blocking");
      await page.getByTestId("block-confirm").click();
      await expect(page.getByTestId("cust-blocked")).toContainText("Hakaret");
      await expect(page.getByTestId("event-blocked")).toContainText(
        language === "tr"
          ? "Işıl Çağlar müşteriyi engelledi: Hakaret"
          : "Işıl Çağlar blocked the customer: Hakaret",
      );
      const { customer } = await owner.call<{
        customer: { blocked: { at: string; until: string } };
      }>("GET", `/customers/${id}`);
      const days = (Date.parse(customer.blocked.until) - Date.parse(customer.blocked.at)) / 86_400_000;
      expect(Math.round(days)).toBe(7);
      await expectAccessibleInBothThemes(page, "a blocked customer");
      await page.getByTestId("composer-unblock").click();
      await expect(page.getByTestId("cust-blocked")).toHaveCount(0);
    });

    await test.step("the history tells who did what", async () => {
      await page.getByTestId("cust-history-section").getByRole("button").first().click();
      const deeds = page.getByTestId("cust-history").getByRole("listitem");
      await expect(deeds.nth(0)).toContainText("Işıl Çağlar");
      await expect(deeds.nth(1)).toContainText(language === "tr" ? "engelledi" : "blocked");
      await expect(deeds.last()).toContainText("Olcay Owner");
      await owner.call("PATCH", `/customers/${id}`, {
        phone: "",
        attributes: { şehir: null },
      });
      await expect(deeds.first()).toContainText(
        language === "tr" ? "Olcay Owner değiştirdi: şehir, Telefon" : "Olcay Owner changed: şehir, Phone",
      );
      await expectAccessibleInBothThemes(page, "the history");
    });

    await test.step("what is folded stays folded", async () => {
      const fold = page.getByTestId("cust-previous-section").getByRole("button").first();
      await fold.click();
      await expect(fold).toHaveAttribute("aria-expanded", "false");
      await page.reload();
      await expect(fold).toHaveAttribute("aria-expanded", "false");
      await fold.click();
    });

    await test.step("a section that fails says so, and only that one", async () => {
      await page.route("**/notes*", (route) => route.abort());
      await page.reload();
      const section = page.getByTestId("cust-notes-section");
      await expect(section.getByTestId("cust-fault")).toBeVisible();
      await expect(page.getByTestId("cust-fault")).toHaveCount(1);
      await expect(page.getByTestId("cust-contact")).toContainText("irem@example.com");
      await expectAccessibleInBothThemes(page, "a section that failed");
      await page.unroute("**/notes*");
      await section.getByTestId("cust-retry").click();
      await expect(section).toContainText("benim notum");
    });

    await test.step("as a sheet on a phone", async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByTestId("btn-user").click();
      await expect(panel).toBeVisible();
      await expectAccessibleInBothThemes(page, "the panel on a phone");
      await page.keyboard.press("Escape");
      await expect(panel).toHaveCount(0);
      await choose(page, "mode-note");
    });
  });
}

test("what comes late pushes nothing down", async ({ page, parley, owner }) => {
  await page.setViewportSize({ width: 1440, height: 1100 });
  const number = await owner.begin("İrem Çınar", "Merhaba!");
  const id = await customerOf(owner, number);
  for (let i = 1; i <= 5; i++) await owner.call("POST", `/customers/${id}/notes`, { text: `not ${i}` });
  await signIn(page, `${parley.url}/conversations/inbox/${number}`, "owner@example.com");
  for (const [part, delay] of [
    ["", 500],
    ["/notes*", 800],
  ] as const)
    await page.route(`**/api/v1/customers/${id}${part}`, async (route) => {
      await new Promise((done) => setTimeout(done, delay));
      await route.continue();
    });
  await page.reload();
  const panel = page.getByTestId("pane-customer");
  await expect(panel.getByTestId("cust-name")).toBeVisible();
  const expectStill = await watchShifts(page);
  await expect(panel.getByText("not 5")).toBeVisible();
  await expectStill();
});

test("a customer's odd language is shown as it is, and a pane that breaks leaves the others", async ({
  page,
  parley,
  owner,
}) => {
  const [odd, other] = [await owner.begin("Pat", "Hello"), await owner.begin("Quinn", "Hello")];
  const id = await customerOf(owner, odd);
  await owner.call("PATCH", `/customers/${id}`, { language: "tr_TR" });
  await signIn(page, `${parley.url}/conversations/inbox/${odd}`, "owner@example.com");
  await expect(page.getByTestId("cust-language")).toContainText("tr_TR");

  // A day that no calendar knows is more than the panel can show.
  await page.route(`**/api/v1/customers/${id}`, async (route) => {
    const response = await route.fetch();
    const { customer } = (await response.json()) as { customer: object };
    await route.fulfill({ response, json: { customer: { ...customer, created_at: "someday" } } });
  });
  await page.reload();
  const panel = page.getByTestId("pane-customer");
  await expect(panel.getByRole("alert")).toBeVisible();
  await expect(page.getByTestId("pane-thread")).toContainText("Hello");
  await page.unroute(`**/api/v1/customers/${id}`);
  await page.locator(`[data-testid="conv-row-${other}"]`).click();
  await expect(panel.getByTestId("cust-name")).toContainText("Quinn");
});

async function customerOf(owner: Colleague, number: number): Promise<string> {
  const { conversation } = await owner.call<{
    conversation: { customer: { id: string } };
  }>("GET", `/conversations/${number}`);
  return conversation.customer.id;
}

/** Starts another conversation with a customer and returns its number. */
async function another(owner: Colleague, customer: string, text: string): Promise<number> {
  const { conversation } = await owner.call<{
    conversation: { number: number };
  }>("POST", "/conversations", {
    client_id: randomUUID(),
    customer_id: customer,
    text,
  });
  return conversation.number;
}
