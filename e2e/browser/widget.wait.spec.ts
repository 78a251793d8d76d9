import { languages } from "./steps";
import { Visitor } from "./visitor";
import { expect, expectAccessible, makeSite, openDemo, test, write } from "./widget";

const minute = { tr: "1 dakika", en: "a minute" };
const soon = { tr: "kısa sürede", en: "soon" };

for (const language of languages) {
  test(`who waits for a person is told how long that usually takes (${language})`, async ({
    page,
    parley,
    owner,
  }) => {
    const site = await makeSite(owner, { bot: "on" });
    const visitor = await Visitor.enter(parley.url, (await makeSite(owner, { bot: "off" })).key, "Elif Kaya");
    const chat = await openDemo(page, parley, site, language);
    const wait = chat.in.getByTestId("w-wait");

    await test.step("nothing while too little is known", async () => {
      await chat.in.getByTestId("w-new").click();
      await write(chat, "Merhaba");
      await chat.in.getByTestId("w-handover").click();
      await expect(chat.in.getByTestId("w-handover")).toHaveCount(0);
      await expect(wait).toHaveCount(0);
    });

    // Eight first answers of a person, to visitors of another site without a bot.
    for (let number = 2; number < 10; number++) {
      await visitor.begin("Merhaba");
      await owner.say(number, "Buyurun");
    }

    await test.step("then it is told, by itself", async () => {
      await expect(wait).toContainText(minute[language]);
      await expectAccessible(page, "waiting");
    });

    await test.step("until somebody answers", async () => {
      await owner.say(1, "Buyurun");
      await expect(wait).toHaveCount(0);
    });

    await test.step("not while the bot leads", async () => {
      await chat.in.getByTestId("w-back").click();
      await chat.in.getByTestId("w-new").click();
      await expect(chat.in.getByTestId("w-input")).toBeVisible();
      await expect(wait).toHaveCount(0);
    });

    await test.step("without a bot, from the start; not while the team is away", async () => {
      await owner.call("PATCH", `/sites/${site.id}`, { bot: "off" });
      await page.reload();
      await expect(chat.in.getByTestId("w-hours")).toContainText(minute[language]);
      await expect(chat.in.getByTestId("w-hours")).not.toContainText(soon[language]);
      await chat.in.getByTestId("w-new").click();
      await write(chat, "Bir sorum daha var");
      await expect(wait).toContainText(minute[language]);
      const hours = await owner.call<object>("GET", "/settings/hours");
      await owner.call("PUT", "/settings/hours", {
        ...hours,
        always: false,
        week: [[], [], [], [], [], [], []],
      });
      await page.reload();
      await expect(chat.in.getByTestId("w-home").or(chat.in.getByTestId("w-thread")).first()).toBeVisible();
      await expect(wait).toHaveCount(0);
    });
  });
}
