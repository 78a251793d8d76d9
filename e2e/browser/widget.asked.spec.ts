import { chatOf, expect, makeSite, openDemo, said, test, write } from "./widget";
import type { Colleague, Page } from "./parley";

/** Calls the chat as the website's own script would. */
const call = (page: Page, verb: string, given?: unknown) =>
  page.evaluate(
    ([verb, given]) => (window as unknown as { $chat: (...call: unknown[]) => unknown }).$chat(verb, given),
    [verb, given],
  );

/** What the next page asks for before the script has come, while Parley answers slowly. */
async function early(page: Page, ...calls: unknown[][]) {
  await page.route("**/api/widget/v1/sites/*", async (route) => {
    await new Promise((done) => setTimeout(done, 800));
    await route.continue();
  });
  await page.addInitScript((calls) => {
    if (parent === window) (window as unknown as { $chat: object }).$chat = { q: calls };
  }, calls);
}

async function customer(owner: Colleague): Promise<string> {
  type Found = { conversation: { customer: { id: string } } };
  const { conversation } = await owner.call<Found>("GET", "/conversations/1");
  return JSON.stringify(await owner.call("GET", `/customers/${conversation.customer.id}`));
}

test("what a page says at once is said of the visitor who is there already", async ({
  page,
  parley,
  owner,
}) => {
  const site = await makeSite(owner);
  const chat = await openDemo(page, parley, site);
  await chat.in.getByTestId("w-new").click();
  await write(chat, "Hello");
  await early(page, ["setAttributes", { plan: "pro" }], ["identify", { phone: "+90 532 000 00 00" }]);
  await page.reload();
  await expect.poll(() => customer(owner)).toContain('"plan":"pro"');
  await expect.poll(() => customer(owner)).toContain("532");
});

test("words that a page puts in at once do not pass the form by", async ({ page, parley, owner }) => {
  const fields = { name: "required", email: "off", phone: "off" };
  const site = await makeSite(owner, { fields });
  await early(page, ["open"], ["prefill", "About my order: "]);
  await page.goto(`${parley.url}/widget/demo?key=${site.key}&lang=en`);
  const chat = chatOf(page);
  await chat.in.getByTestId("w-field-name").fill("Ada");
  await chat.in.getByTestId("w-prechat-submit").click();
  await expect(chat.in.getByTestId("w-input")).toHaveValue("About my order: ");
});

test("words that a page puts in leave the visitor's own", async ({ page, parley, owner }) => {
  const chat = await openDemo(page, parley, await makeSite(owner));
  const input = chat.in.getByTestId("w-input");
  await call(page, "prefill", "About the vase: ");
  await expect(input).toHaveValue("About the vase: ");
  await page.reload();
  await call(page, "prefill", "About the towel: ");
  await expect(input).toHaveValue("About the towel: ");
  await input.fill("Is it blue?");
  await call(page, "prefill", "About the lamp: ");
  await expect(input).toHaveValue("Is it blue?\nAbout the lamp: ");
});

test("who has not written yet sees the hours as they are when they look", async ({ page, parley, owner }) => {
  await page.clock.install();
  const chat = await openDemo(page, parley, await makeSite(owner));
  await expect(chat.in.getByTestId("w-hours")).not.toContainText("closed");
  await chat.launcher.click();
  const hours = await owner.call<object>("GET", "/settings/hours");
  await owner.call("PUT", "/settings/hours", {
    ...hours,
    always: false,
    week: [[], [], [], [], [], [], []],
  });
  await page.clock.fastForward("02:00");
  await chat.launcher.click();
  await expect(chat.in.getByTestId("w-hours")).toContainText("closed");
  await chat.in.getByTestId("w-new").click();
  await expect(chat.in.getByTestId("w-offline")).toBeVisible();
});

test("each answer of the bot is seen, and who wanted the hand-over is told", async ({
  page,
  parley,
  owner,
}) => {
  const settings = await owner.call<object>("GET", "/settings/bot");
  await owner.call("PUT", "/settings/bot", {
    ...settings,
    on: true,
    misses: 5,
  });
  const chat = await openDemo(page, parley, await makeSite(owner));
  await chat.in.getByTestId("w-new").click();
  const bots = chat.in.getByTestId("w-thread").locator(".said.bot:not([data-testid=w-welcome])");
  for (let n = 1; n <= 5; n++) {
    await write(chat, `qwx${n} zvb `.repeat(12).trim());
    await expect(bots).toHaveCount(n);
    await expect(bots.last().locator(".bubble")).toBeInViewport({ ratio: 1 });
    await expect(chat.in.getByTestId("w-end")).toHaveCount(0);
  }
  await expect(chat.in.getByText("Passed on to the team")).toBeVisible();
  await expect(chat.in.getByText("You asked for an agent")).toHaveCount(0);
  await chat.in.getByTestId("w-back").click();
  await chat.in.getByTestId("w-new").click();
  await write(chat, "qwx zvb");
  await chat.in.getByTestId("w-handover").click();
  await expect(chat.in.getByText("You asked for an agent")).toBeVisible();
});

test("a file that can't go holds nothing up", async ({ page, parley, owner }) => {
  const chat = await openDemo(page, parley, await makeSite(owner));
  await chat.in.getByTestId("w-new").click();
  const file = chat.in.getByTestId("w-file");
  const chips = chat.in.getByTestId("w-chip");
  const name = `${"a very long name of a file ".repeat(6)}.exe`;
  await test.step("one that is refused", async () => {
    await file.setInputFiles({
      name,
      mimeType: "application/x-msdownload",
      buffer: Buffer.from("MZ"),
    });
    await expect(chips.getByRole("alert")).toContainText(
      /^Files such as a very long .{0,20}….*\.exe are not/,
    );
    await expect(chat.in.getByTestId("w-send")).toBeDisabled();
    await write(chat, "Without it");
    await expect(chips).toHaveCount(0);
  });
  await test.step("one that did not arrive is sent again with the message", async () => {
    await page.route("**/api/widget/v1/attachments", (route) => route.abort());
    await file.setInputFiles({
      name: "note.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("note"),
    });
    await chat.in.getByTestId("w-input").fill("With it");
    await chat.in.getByTestId("w-send").click();
    await expect(chips.getByRole("alert")).toContainText("couldn't be uploaded");
    await expect(chat.in.getByTestId("w-input")).toHaveValue("With it");
    await page.unroute("**/api/widget/v1/attachments");
    await chat.in.getByTestId("w-send").click();
    await expect(said(chat, "With it")).toContainText("note.txt");
    await expect(chips).toHaveCount(0);
  });
});
