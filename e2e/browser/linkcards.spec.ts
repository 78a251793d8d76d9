import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Colleague, expect, Parley, test } from "./parley";
import { expectAccessibleInBothThemes, signIn } from "./steps";

/** Cards under messages, for pages of a web server of ours. */

let web: Server;
let address: string;
let asked: string[];

test.beforeEach(async () => {
  asked = [];
  web = createServer((request, answer) => {
    asked.push(request.url ?? "");
    answer.setHeader("Content-Type", "text/html; charset=utf-8");
    // Slow enough that the message is on the screen before its card.
    setTimeout(() => {
      answer.end(`<title>Ayva reçeli <b onclick=x()>${"uzun ".repeat(40)}</title>
        <meta property="og:site_name" content="Ayvadan">
        <meta name="description" content="Odun ateşinde pişmiş ayva reçeli, 400 g. Aynı gün kargoda.">`);
    }, 700);
  });
  await new Promise<void>((done) => web.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
});

test.afterEach(() => void web.close());

test("the cards of links", async ({ page }) => {
  const parley = await Parley.start(undefined, "127.0.0.1:0", [], ["--allow-out", "127.0.0.1"]);
  const owner = new Colleague(parley.url);
  await owner.setUp(parley.code, "tr");
  const number = await owner.begin("İrem Çınar", `Şuna bakın: ${address}/off`);
  for (let i = 0; i < 30; i++) await owner.say(number, `satır ${i}`);
  await signIn(page, `${parley.url}/settings/team`, "owner@example.com");

  await test.step("are off until somebody asks for them", async () => {
    const card = page.getByTestId("team-cards");
    await expect(card).toHaveAttribute("aria-checked", "false");
    await card.click();
    await expectAccessibleInBothThemes(page, "the team's settings");
    await page.getByTestId("set-save").click();
    await expect
      .poll(async () => (await owner.call<{ team: { cards: boolean } }>("GET", "/team")).team.cards)
      .toBe(true);
    expect(asked).toEqual([]);
  });

  await page.goto(`${parley.url}/conversations/inbox/${number}`);
  const thread = page.getByTestId("thread");

  await test.step("come after the message, and the end of the thread stays in view", async () => {
    await owner.say(number, `Reçel: ${address}/jam`);
    await expect(thread.getByText(`${address}/jam`)).toBeVisible();
    const card = page.getByTestId("linkcard-32-0");
    await expect(card).toBeInViewport({ ratio: 1 });
    await expect(card).toHaveAttribute("href", `${address}/jam`);
    await expect(card).toContainText("Ayvadan");
    await expect(card).toContainText("<b onclick=x()>"); // text, and nothing else
    await expect(card.locator("b")).toHaveCount(0);
    await expectAccessibleInBothThemes(page, "a card");
  });

  await test.step("move nothing that is being read", async () => {
    await owner.say(number, `Bir daha: ${address}/again`);
    const line = page.getByTestId("msg-20");
    await line.scrollIntoViewIfNeeded();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    const before = await line.boundingBox();
    await expect(page.getByTestId("linkcard-33-0")).toHaveCount(1);
    expect((await line.boundingBox())?.y).toBe(before?.y);
  });

  await test.step("are gone when they are switched off", async () => {
    await owner.call("PATCH", "/team", { cards: false });
    await expect(page.getByTestId("linkcard-32-0")).toHaveCount(0);
    await owner.say(number, `${address}/never`);
    // Pages are asked in the order of the messages: what comes after has its card, so that one had its turn.
    await owner.call("PATCH", "/team", { cards: true });
    await owner.say(number, `${address}/after`);
    await expect(page.getByTestId("linkcard-35-0")).toHaveCount(1);
    expect(asked).toEqual(["/jam", "/again", "/after"]);
  });
  await parley.stop();
});
