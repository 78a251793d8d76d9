import { expect, test } from "./parley";
import { expectAccessible, signIn } from "./steps";

/** Where the customer's panel lies over the page, and makes the rest of it unusable. */
const widths = [1024, 390];

test("what the page says by the way is seen, heard and used over a dialog too", async ({
  page,
  parley,
  owner,
}) => {
  const made = await owner.call<{ customer: { id: string } }>("POST", "/customers", {
    name: "İrem Çınar",
    email: "irem@example.com",
    attributes: { üyelik: "altın" },
  });
  const begun = await owner.call<{ conversation: { number: number } }>("POST", "/conversations", {
    client_id: crypto.randomUUID(),
    customer_id: made.customer.id,
    text: "Merhaba",
  });
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  // As on plain HTTP.
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await signIn(page, `${parley.url}/conversations/inbox/${begun.conversation.number}`);

  for (const width of widths) {
    await test.step(`at ${width} px`, async () => {
      await page.setViewportSize({ width, height: 844 });
      await page.getByTestId("btn-user").click();
      const drawer = page.locator("dialog[data-testid=pane-customer]");
      const toasts = drawer.getByTestId("toast");
      await expect(drawer.getByTestId("cust-attr-üyelik")).toContainText("altın");

      await page.getByTestId("cust-email-copy").click();
      await expect(toasts.last()).toContainText("Copied");
      await expect(drawer.getByTestId("live-polite")).toContainText("Copied");
      await page.getByTestId("cust-note-text").focus();
      await page.keyboard.press("Control+v");
      await expect(page.getByTestId("cust-note-text")).toHaveValue("irem@example.com");
      await page.getByTestId("cust-note-text").fill("");

      await page.getByTestId("cust-attr-üyelik-remove").click();
      const removed = toasts.filter({ has: page.getByTestId("toast-undo") });
      await expect(page.getByTestId("cust-attr-üyelik")).toHaveCount(0);
      await expectAccessible(page, `a notice over the panel at ${width} px`);
      await removed.last().getByTestId("toast-undo").click();
      await expect(page.getByTestId("cust-attr-üyelik")).toContainText("altın");

      await page.route("**/tags", (route) => route.fulfill({ status: 503, body: "{}" }));
      await page.getByTestId("conv-tag-add").click();
      await page.getByTestId("tag-input").fill("kargo");
      await page.keyboard.press("Enter");
      await expect(toasts.last()).toHaveClass(/fault/);
      await expect(drawer.getByTestId("live-assertive")).not.toBeEmpty();
      await page.unroute("**/tags");

      await page.keyboard.press("Escape");
      await expect(async () => {
        if (await drawer.isVisible()) await page.keyboard.press("Escape");
        await expect(drawer).toHaveCount(0, { timeout: 500 });
      }).toPass();
      await expect(page.getByTestId("toast").last()).toBeVisible();
      await expect(page.getByTestId("live-assertive"), "nothing is said twice").toBeEmpty();
    });
  }
});
