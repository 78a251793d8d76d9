import type { Locator } from "@playwright/test";
import { quince } from "./png";
import { expectAccessible, languages, signIn } from "./steps";
import { expect, makeSite, openDemo, said, test, write } from "./widget";

const picture = (width: number, height: number) => ({
  name: "me.png",
  mimeType: "image/png",
  buffer: quince(width, height),
});

/** The photo in a face, as far as it has come. */
const width = (face: Locator) => face.locator("img").evaluate((img: HTMLImageElement) => img.naturalWidth);

for (const language of languages) {
  test(`an agent's photo (${language})`, async ({ page, browser, parley, owner }) => {
    await owner.hire("Işıl Yılmaz", "isil@example.com", language);
    const site = await makeSite(owner);
    await owner.say(await owner.begin("Elif Kaya", "Merhaba"), "Bir şey daha");
    await signIn(page, `${parley.url}/settings/profile`);
    const file = page.getByTestId("profile-photo-file");
    const own = page.getByTestId("profile-photo").locator(".avatar");
    const fault = page.getByTestId("profile-photo-fault");

    await test.step("what is no picture is refused in words", async () => {
      await expect(own).toHaveText("IY");
      for (const [mimeType, text] of [
        ["image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
        ["image/png", "no picture"],
      ] as const) {
        await file.setInputFiles({ name: "me", mimeType, buffer: Buffer.from(text) });
        await expect(fault).toContainText("WebP");
      }
      await expect(own.locator("img")).toHaveCount(0);
      await expectAccessible(page, "a fault of a photo");
    });

    await test.step("a picture becomes a square, and is there at once", async () => {
      await file.setInputFiles(picture(900, 500));
      await expect.poll(() => width(own)).toBe(192);
      await expect(fault).toHaveCount(0);
      await expect(page.getByTestId("profile-photo-choose")).toBeVisible();
      await expectAccessible(page, "a photo");
    });

    const context = await browser.newContext();
    const refused: string[] = [];
    const shop = await context.newPage();
    shop.on("console", (message) => /Content Security/.test(message.text()) && refused.push(message.text()));
    const chat = await openDemo(shop, parley, site, language);
    const mate = chat.in.getByTestId("w-home").locator(".mates .avatar").filter({ hasText: "I" });
    await test.step("visitors see it where the chat opens", async () => {
      await expect.poll(() => width(mate)).toBe(192);
    });

    const other = await context.newPage();
    await test.step("colleagues see it, and what takes its place, without loading again", async () => {
      await signIn(other, `${parley.url}/c/1`, "owner@example.com");
      await other.getByTestId("btn-assign").click();
      const choice = other.getByTestId(/^assign-opt-/).locator(".avatar");
      await expect.poll(() => width(choice)).toBe(192);
      const before = await choice.locator("img").getAttribute("src");
      await page.evaluate(
        async (bytes) => {
          const given = new DataTransfer();
          given.items.add(new File([new Uint8Array(bytes)], "pasted.png", { type: "image/png" }));
          document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: given, bubbles: true }));
        },
        [...picture(300, 300).buffer],
      );
      await expect(choice.locator("img")).not.toHaveAttribute("src", before!);
      await expect.poll(() => width(choice)).toBe(192);
      await other.keyboard.press("Escape");
    });

    await test.step("and beside their answers", async () => {
      await chat.in.getByTestId("w-new").click();
      await write(chat, "Orada mısınız?");
      await page.goto(`${parley.url}/c/2`);
      await page.getByTestId("composer-input").fill("Buyurun");
      await page.keyboard.press("ControlOrMeta+Enter");
      await expect(said(chat, "Buyurun")).toBeVisible();
      await expect.poll(() => width(chat.in.locator(".said.agent .avatar"))).toBe(192);
      await expect.poll(() => width(chat.in.locator(".head .avatar"))).toBe(192);
      expect(refused).toEqual([]);
    });

    await test.step("who manages agents takes it away; the letters are there again", async () => {
      await other.goto(`${parley.url}/settings/agents`);
      await other.getByTestId(/^agent-photo-remove-/).click();
      await expectAccessible(other, "the question");
      await other.getByTestId("agent-photo-confirm").click();
      await expect(other.getByTestId("agents-list").locator("img")).toHaveCount(0);
      await expect(page.getByTestId("account-button").locator("img")).toHaveCount(0);
      await chat.in.getByTestId("w-back").click();
      await expect(mate.locator("img")).toHaveCount(0);
      await expect(mate).toHaveText(/I/);
    });
    await context.close();
  });
}

test("a photo that does not come leaves the letters", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Yılmaz", "isil@example.com", "en");
  await signIn(page, `${parley.url}/settings/profile`);
  await page.route("**/widget/photos/*", (route) => route.abort());
  await page.getByTestId("profile-photo-file").setInputFiles(picture(300, 300));
  await expect(page.getByTestId("profile-photo-remove")).toBeVisible();
  await expect(page.locator(".avatar img")).toHaveCount(0);
  await expect(page.getByTestId("profile-photo").locator(".avatar")).toHaveText("IY");

  await page.getByTestId("profile-photo-remove").click();
  await expect(page.getByTestId("profile-photo-remove")).toHaveCount(0);
  await expect(page.getByTestId("profile-photo-choose")).toBeFocused();
});
