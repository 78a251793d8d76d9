import { signIn } from "./steps";
import { expect, expectAccessible, makeSite, openDemo, said, test, write } from "./widget";

test("each sees that the other is typing, and what has been read", async ({
  page,
  browser,
  parley,
  owner,
}) => {
  const site = await makeSite(owner);
  const shop = await (await browser.newContext()).newPage();
  const chat = await openDemo(shop, parley, site);
  await chat.in.getByTestId("w-new").click();
  await write(chat, "Hello");
  await signIn(page, `${parley.url}/conversations/inbox/1`, "owner@example.com");
  await expect(chat.in.getByTestId("w-mark-read")).toBeVisible();

  await chat.in.getByTestId("w-input").pressSequentially("I have");
  await expect(page.getByTestId("typing-customer")).toBeVisible();
  await page.getByTestId("composer-input").pressSequentially("Let me");
  await expect(chat.in.getByTestId("w-typing")).toContainText("Olcay is typing");
  await page.getByTestId("composer-input").fill("Let me look");
  await page.getByTestId("btn-send").click();
  await expect(said(chat, "Let me look")).toBeVisible();
  await expect(chat.in.getByTestId("w-typing")).toHaveCount(0);
  await expect(page.getByTestId("msg-state").last()).toContainText("Read");
  await shop.context().close();
});

test("who is blocked is told, and nothing of theirs is kept", async ({ page, parley, owner }) => {
  const chat = await openDemo(page, parley, await makeSite(owner));
  await chat.in.getByTestId("w-new").click();
  await write(chat, "First");
  type Found = { conversation: { customer: { id: string } } };
  const { conversation } = await owner.call<Found>("GET", "/conversations/1");
  await chat.in.getByTestId("w-input").fill("What I wrote meanwhile");
  await owner.call("POST", `/customers/${conversation.customer.id}/block`, { reason: "spam" });
  await expect(chat.in.getByText("You can't write to this team")).toBeVisible();
  await expect(chat.in.getByTestId("w-input")).toHaveCount(0);
  await expectAccessible(page, "blocked");
  await owner.call("POST", `/customers/${conversation.customer.id}/unblock`, {});
  await expect(chat.in.getByTestId("w-input")).toHaveValue("What I wrote meanwhile");
  await write(chat, "Back again");
});

test("what is refused stays, with why: what is lacking is asked for, and it goes out", async ({
  page,
  parley,
  owner,
}) => {
  const site = await makeSite(owner);
  const chat = await openDemo(page, parley, site);
  await chat.in.getByTestId("w-new").click();
  const notice = { on: true, version: "2", text: { tr: "Okudum.", en: "I have read it." }, url: "" };
  await owner.call("PATCH", `/sites/${site.id}`, { consent: notice });
  for (const text of ["First", "Second"]) {
    await chat.in.getByTestId("w-input").fill(text);
    await chat.in.getByTestId("w-send").click();
    if (text === "First") await expect(chat.in.getByTestId("w-consent")).toBeVisible();
    await page.reload();
    await expect(chat.in.getByTestId("w-retry").first()).toBeVisible();
  }
  await expectAccessible(page, "a message that failed");
  await chat.in.getByTestId("w-retry").first().click();
  await expect(chat.in.getByTestId("w-consent")).toBeVisible();
  await chat.in.getByTestId("w-consent").check();
  await chat.in.getByTestId("w-prechat-submit").click();
  const texts = async () =>
    (await owner.call<{ messages: { text: string }[] }>("GET", "/conversations/1")).messages.map(
      ({ text }) => text,
    );
  await expect.poll(() => texts().catch(() => [])).toEqual(["First", "Second"]);
  await expect(chat.in.getByTestId("w-retry")).toHaveCount(0);
});

for (const [how, keys] of [
  ["from the list", ["ArrowDown", "Enter"]],
  ["the first one", ["Enter"]],
] as const) {
  test(`emoji by keys, faster than the words come, ${how}`, async ({ page, parley, owner }) => {
    await page.route(/\/(turkish|english)-[^/]*\.js$/, async (route) => {
      await new Promise((done) => setTimeout(done, 1000));
      await route.continue();
    });
    const chat = await openDemo(page, parley, await makeSite(owner));
    await chat.in.getByTestId("w-new").click();
    await chat.in.getByTestId("w-emoji").focus();
    await page.keyboard.press("Enter");
    await expect(chat.in.getByTestId("w-emoji-search")).toBeFocused();
    await expectAccessible(page, "emoji");
    await page.keyboard.type("red heart");
    for (const key of keys) await page.keyboard.press(key);
    await expect(chat.in.getByTestId("w-input")).toHaveValue(/^❤/u);
  });
}

test("several conversations, each with its own draft", async ({ page, parley, owner }) => {
  const chat = await openDemo(page, parley, await makeSite(owner));
  await chat.in.getByTestId("w-new").click();
  await write(chat, "About the vase");
  await chat.in.getByTestId("w-input").fill("half a sentence");
  await chat.in.getByTestId("w-back").click();
  await chat.in.getByTestId("w-new").click();
  await expect(chat.in.getByTestId("w-input")).toHaveValue("");
  await write(chat, "About the towel");
  await chat.in.getByTestId("w-back").click();
  await expect(chat.in.getByTestId(/^w-conv-/)).toHaveCount(2);
  await owner.say(1, "The vase is here");
  await expect(chat.in.getByTestId(/^w-conv-/).first()).toContainText("The vase is here");
  await chat.in
    .getByTestId(/^w-conv-/)
    .first()
    .click();
  await expect(said(chat, "The vase is here")).toBeVisible();
  await expect(chat.in.getByTestId("w-input")).toHaveValue("half a sentence");
});

test("closed, the next opening is told in the visitor's time", async ({ browser, parley, owner }) => {
  const hours = await owner.call<object>("GET", "/settings/hours");
  // Open for a minute, three days from now, at ten in Istanbul.
  const day = (new Date().getDay() + 6 + 3) % 7;
  const week = Array.from({ length: 7 }, (_, i) => (i === day ? [{ from: "10:00", to: "10:01" }] : []));
  await owner.call("PUT", "/settings/hours", { ...hours, zone: "Europe/Istanbul", always: false, week });
  const site = await makeSite(owner);
  for (const [timezoneId, clock] of [
    ["Europe/Istanbul", "10:00"],
    ["Asia/Tokyo", "16:00"],
  ] as const) {
    const context = await browser.newContext({ timezoneId });
    const page = await context.newPage();
    const chat = await openDemo(page, parley, site, "tr");
    await expect(chat.in.getByTestId("w-hours")).toContainText(new RegExp(`Açılış: \\S+ ${clock}`));
    await context.close();
  }
});
