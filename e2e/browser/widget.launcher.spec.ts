import { expectAccessible, languages, signIn } from "./steps";
import { chatOf, expect, makeSite, openDemo, test, Website, type Site } from "./widget";

const words = { tr: "Sorunuz mu var? Bize yazabilirsiniz", en: "Any question? Write to us here" };

for (const language of languages) {
  test(`the launcher's icon and words (${language})`, async ({ page, browser, parley, owner }) => {
    await owner.call("PATCH", "/me", { language });
    const { sites } = await owner.call<{ sites: Site[] }>("GET", "/sites");
    const site = sites[0]!;
    await signIn(page, `${parley.url}/settings/widget`, "owner@example.com");
    const preview = page.getByTestId("preview-launcher");

    await test.step("are chosen by keys, and seen before they are saved", async () => {
      await expect(page.getByTestId("widget-icon-chat")).toBeChecked();
      const before = await preview.locator("i").evaluate((icon) => getComputedStyle(icon).clipPath);
      await page.getByTestId("widget-icon-chat").focus();
      for (const key of ["ArrowRight", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
      await expect(page.getByTestId("widget-icon-headset")).toBeChecked();
      const after = await preview.locator("i").evaluate((icon) => getComputedStyle(icon).clipPath);
      expect(after).not.toBe(before);
      expect(after).toContain("path(");
      await page.getByTestId(`widget-launcher-${language}`).fill(words[language].slice(0, 30));
      await page.getByTestId(`widget-launcher-${language === "tr" ? "en" : "tr"}`).fill("…");
      await expect(preview).toContainText(words[language].slice(0, 20));
      await expectAccessible(page, "the choice of an icon");
      await page.getByTestId("set-save").click();
      await expect(page.getByTestId("set-save")).toHaveCount(0);
      const saved = await owner.call<{ sites: { launcher_icon: string }[] }>("GET", "/sites");
      expect(saved.sites[0]?.launcher_icon).toBe("headset");
    });

    await test.step("are on the website, and in the launcher's name", async () => {
      const shop = await (await browser.newContext()).newPage();
      const { launcher } = await openDemo(shop, parley, site, language);
      await launcher.click();
      const text = launcher.getByTestId("w-text");
      await expect(text).toBeVisible();
      await expect(text).toHaveText(words[language].slice(0, 30));
      const shape = await launcher.locator("i").evaluate((icon) => getComputedStyle(icon).clipPath);
      expect(shape).toBe(await preview.locator("i").evaluate((icon) => getComputedStyle(icon).clipPath));
      expect(await launcher.getAttribute("aria-label")).toContain((await text.textContent())!);
      await shop.context().close();
    });
  });
}

test("a launcher too narrow for its words shows the icon alone, and is called by them still", async ({
  page,
  parley,
  owner,
}) => {
  const site = await makeSite(owner, {
    launcher_icon: "question",
    launcher_text: { tr: "…", en: words.en },
    offset_x: 60,
  });
  const website = await Website.start();
  website.carry(parley, site);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(website.origin);
  const { launcher } = chatOf(page);
  const text = launcher.getByTestId("w-text");
  await expect(launcher).toBeVisible();
  await expect(text).toBeHidden();
  await expect(launcher).toHaveAccessibleName(new RegExp(words.en.slice(0, 20).replace("?", "\\?")));
  const box = (await launcher.boundingBox())!;
  expect(box.width).toBeLessThan(60);
  expect(box.x).toBeGreaterThan(200);

  await page.setViewportSize({ width: 1024, height: 740 });
  await expect(text).toBeVisible();
  expect((await launcher.boundingBox())!.height).toBe(56);
  await website.stop();
});
