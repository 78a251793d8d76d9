import { expectAccessibleInBothThemes, languages, signIn } from "./steps";
import { expect, png, talks, test } from "./talk";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const clipboard = (page: import("./parley").Page) => page.evaluate(() => navigator.clipboard.readText());

for (const language of languages) {
  test(`the menu of a message (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await signIn(page, `${parley.url}/conversations/inbox/${talks.odd}`);
    const message = page.getByTestId("msg-4");
    const field = page.getByTestId("composer-input");
    await message.waitFor();

    await test.step("by the mouse: its text", async () => {
      await message.hover();
      await page.getByTestId("msg-menu-4").click();
      await expectAccessibleInBothThemes(page, "the menu of a message");
      await page.getByTestId("msg-copy-text").click();
      await expect.poll(() => clipboard(page)).toContain("1042");
    });

    await test.step("by the right button: its link", async () => {
      await message.locator("p[dir=auto]").last().click({ button: "right" });
      await page.getByTestId("msg-copy-link").click();
      await expect.poll(() => clipboard(page)).toBe(`${parley.url}/c/${talks.odd}#m-4`);
    });

    await test.step("by keys: the focus comes back to the message", async () => {
      await page.getByTestId("thread").focus();
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      await expect(message).toBeFocused();
      for (const key of ["Shift+F10", "Enter"]) {
        await page.keyboard.press(key);
        await expect(page.getByTestId("msg-copy-text")).toBeFocused();
        await page.keyboard.press("Escape");
        await expect(page.getByTestId("msg-copy-text")).toHaveCount(0);
        await expect(message).toBeFocused();
      }
      await page.evaluate(() => navigator.clipboard.writeText(""));
      await page.keyboard.press("l");
      await expect.poll(() => clipboard(page)).toContain("#m-4");
    });

    await test.step("quoted in the answer, behind what stands there; Ctrl+Z takes it back", async () => {
      await field.fill("Merhaba");
      await page.getByTestId("msg-1").hover();
      await page.getByTestId("msg-menu-1").click();
      await page.getByTestId("msg-quote").click();
      await expect(field).toHaveValue("Merhaba\n> Merhaba\n");
      await expect(field).toBeFocused();
      await page.keyboard.press("Control+z");
      await expect(field).toHaveValue("Merhaba");
    });

    await test.step("made a note of; a note is not quoted to the customer", async () => {
      await page.getByTestId("msg-1").hover();
      await page.getByTestId("msg-menu-1").click();
      await page.getByTestId("msg-to-note").click();
      await expect(field).toHaveValue(/Çiğdem Öz.*:\n> Merhaba\n$/s);
      await field.press("Enter");
      await expect(page.getByTestId("msg-kind-note")).toContainText("> Merhaba");
      await page.getByTestId("msg-6").hover();
      await page.getByTestId("msg-menu-6").click();
      await expect(page.getByTestId("msg-to-note")).toBeVisible();
      await expect(page.getByTestId("msg-quote")).toHaveCount(0);
    });
  });

  test(`pictures (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await signIn(page, `${parley.url}/conversations/inbox/${talks.odd}`);
    await page.getByTestId("attach-input").setInputFiles([
      { name: "küçük.png", mimeType: "image/png", buffer: png(60, 40, [200, 60, 40]) },
      { name: "büyük.png", mimeType: "image/png", buffer: png(2400, 1200, [40, 90, 200]) },
    ]);
    await page.getByTestId("btn-send").click();
    // Not while it is being sent: another line takes its place then.
    const pictures = page.getByTestId(/^msg-\d+$/).locator("[data-testid^=img-]");
    await expect(pictures).toHaveCount(2);
    const large = pictures.nth(1);
    const box = (await large.boundingBox())!;
    expect(box.width / box.height).toBeCloseTo(2, 1);
    const here = page.url();

    await test.step("opened by keys, and walked through", async () => {
      await large.focus();
      await page.keyboard.press("Enter");
      const lightbox = page.getByTestId("lightbox");
      await expect(lightbox).toBeVisible();
      await expect(page.getByTestId("lightbox-place")).toHaveText("2 / 2");
      await expect(lightbox.getByRole("img", { name: /büyük\.png/ })).toBeVisible();
      await expectAccessibleInBothThemes(page, "a picture");
      await page.keyboard.press("ArrowLeft");
      await expect(page.getByTestId("lightbox-place")).toHaveText("1 / 2");
      await expect(lightbox.getByRole("img", { name: /küçük\.png/ })).toBeVisible();
      await expect(page.getByTestId("lightbox-previous")).toHaveAttribute("aria-disabled", "true");
      await page.keyboard.press("ArrowRight");
    });

    await test.step("closer, up to five times", async () => {
      const image = page.getByTestId("lightbox").getByRole("img");
      const width = async () => (await image.boundingBox())!.width;
      const fits = await width();
      await page.keyboard.press("+");
      await expect.poll(width).toBeCloseTo(fits * 1.5, -1);
      for (let i = 0; i < 8; i++) await page.keyboard.press("+");
      await expect.poll(width).toBeCloseTo(fits * 5, -1);
      await expect(page.getByTestId("lightbox-in")).toHaveAttribute("aria-disabled", "true");
      await page.keyboard.press("-");
      await page.keyboard.press("0");
      await expect.poll(width).toBeCloseTo(fits, 0);
    });

    await test.step("Esc gives the focus back; going back closes it and leaves nothing behind", async () => {
      await page.keyboard.press("Escape");
      await expect(page.getByTestId("lightbox")).toHaveCount(0);
      await expect(large).toBeFocused();
      await large.click();
      await expect(page.getByTestId("lightbox")).toBeVisible();
      await page.goBack();
      await expect(page.getByTestId("lightbox")).toHaveCount(0);
      expect(page.url()).toBe(here);
      await expect(page.getByTestId("thread")).toBeVisible();
    });
  });

  test(`a message that was not sent (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await signIn(page, `${parley.url}/conversations/inbox/${talks.odd}`);
    const field = page.getByTestId("composer-input");
    const refuse = "**/api/v1/conversations/*/messages";
    await page.route(refuse, (route) =>
      route.request().method() === "POST"
        ? route.fulfill({
            status: 422,
            contentType: "application/problem+json",
            body: JSON.stringify({ status: 422, code: "invalid", title: "no", detail: "no" }),
          })
        : route.continue(),
    );
    await field.fill("Birinci");
    await field.press("Enter");
    await expect(page.getByTestId("msg-retry")).toBeVisible();
    await field.fill("İkinci");
    await field.press("Enter");
    await expect(page.getByTestId("msg-state")).toHaveCount(2);
    await expectAccessibleInBothThemes(page, "a message that was not sent");
    await page.reload();
    await expect(page.getByTestId("msg-retry")).toBeVisible();
    await page.unroute(refuse);
    await page.getByTestId("msg-retry").click();
    await expect(page.getByTestId("msg-retry")).toHaveCount(0);
    await expect(page.getByTestId("msg-6")).toContainText("Birinci");
    await expect(page.getByTestId("msg-7")).toContainText("İkinci");
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a finger finds the menu and the way back from a picture", async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
    await signIn(page, `${parley.url}/conversations/inbox/${talks.unread}`);
    await page
      .getByTestId("attach-input")
      .setInputFiles([{ name: "resim.png", mimeType: "image/png", buffer: png(900, 600, [20, 120, 90]) }]);
    await page.getByTestId("btn-send").tap();
    await page.getByTestId("msg-90").tap();
    const button = page.getByTestId("msg-menu-90");
    const { width, height } = (await button.boundingBox())!;
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    await button.tap();
    await expectAccessibleInBothThemes(page, "the menu of a message on a phone");
    await page.getByTestId("msg-quote").tap();
    await expect(page.getByTestId("composer-input")).toHaveValue(/^> /);
    await page.locator("[data-testid^=img-]").tap();
    await expect(page.getByTestId("lightbox")).toBeVisible();
    await page.goBack();
    await expect(page.getByTestId("lightbox")).toHaveCount(0);
    await expect(page.getByTestId("thread")).toBeVisible();
    await page.goto(`${parley.url}/conversations/inbox/${talks.odd}`);
    await expect(page.getByTestId("msg-5")).toBeInViewport();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBe(0);
  });

  test("the composer stands on the keyboard, and zooming in shrinks nothing", async ({
    page,
    parley,
    owner,
  }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
    await signIn(page, `${parley.url}/conversations/inbox/${talks.unread}`);
    await page.getByTestId("new-pill").or(page.getByTestId("jump-latest")).first().tap();
    await expect(page.getByTestId("msg-90")).toBeInViewport();
    const frame = page.locator(".frame.reading");
    const whole = (await frame.boundingBox())!;
    expect(whole.height).toBe(844);

    // A keyboard that makes the page smaller.
    await page.setViewportSize({ width: 390, height: 460 });
    await expect.poll(async () => (await frame.boundingBox())!.height).toBe(460);
    await expect(page.getByTestId("composer-input")).toBeInViewport({ ratio: 1 });
    await expect(page.getByTestId("msg-90")).toBeInViewport();

    // One that lies over the page, which was pushed up: what is left is what is measured then.
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(async () => (await frame.boundingBox())!.height).toBe(844);
    // No keyboard goes and comes between two frames.
    await page.evaluate(
      () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
    );
    await page.evaluate(() => {
      const { style } = document.documentElement;
      style.setProperty("--screen-height", "460px");
      style.setProperty("--screen-top", "120px");
    });
    expect(await frame.boundingBox()).toMatchObject({ y: 120, height: 460 });
    const composer = (await page.getByTestId("composer").boundingBox())!;
    expect(composer.y + composer.height).toBeLessThanOrEqual(580);
    await expect.poll(async () => (await page.getByTestId("msg-90").boundingBox())!.y).toBeLessThan(580);
    const wide = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    expect(wide).toBe(0);

    // Two fingers.
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setPageScaleFactor", { pageScaleFactor: 2 });
    await expect.poll(() => page.evaluate(() => Math.round(window.visualViewport!.height))).toBe(422);
    expect((await frame.boundingBox())!.height).toBe(844);
    await session.send("Emulation.setPageScaleFactor", { pageScaleFactor: 1 });
    await expect.poll(() => page.evaluate(() => document.documentElement.style.cssText)).toContain("844px");
  });
});
