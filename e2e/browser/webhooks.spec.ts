import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Colleague, expect, Parley, test } from "./parley";
import { expectAccessibleInBothThemes, languages, signIn } from "./steps";

/** Webhooks: made in the settings, told what happens, tried, sent again and deleted. */

interface Received {
  headers: IncomingMessage["headers"];
  body: string;
}

let receiver: Server;
let address: string;
let received: Received[];
let answers: number;

test.beforeEach(async () => {
  received = [];
  answers = 200;
  receiver = createServer((request, answer) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      answer.statusCode = answers;
      answer.end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`;
});

test.afterEach(() => void receiver.close());

/** Verifies as a receiver does. */
function isSigned({ headers, body }: Received, secret: string): boolean {
  const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const wanted = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  return String(headers["webhook-signature"]).split(" ").includes(wanted);
}

for (const language of languages) {
  const words = {
    tr: {
      page: "Webhook'lar",
      empty: "Henüz webhook yok",
      wrong: "gibi bir adres yazın",
      none: "En az bir olay seçin",
      taken: "Deneme: alındı (200)",
      refused: "Deneme: reddedildi (503)",
      again: "Yeniden gönderildi: alındı (200)",
      failing: "başarısız",
      waits: "Bekliyor",
      off: "Kapalı",
      message: "Mesaj",
    },
    en: {
      page: "Webhooks",
      empty: "No webhooks yet",
      wrong: "Write an address such as",
      none: "Choose at least one event",
      taken: "The test: taken (200)",
      refused: "The test: refused (503)",
      again: "Sent again: taken (200)",
      failing: "Failing since",
      waits: "Waiting",
      off: "Off",
      message: "Message",
    },
  }[language];

  test(`webhooks (${language})`, async ({ page }) => {
    const parley = await Parley.start(undefined, "127.0.0.1:0", [], ["--allow-out", "127.0.0.1"]);
    const owner = new Colleague(parley.url);
    await owner.setUp(parley.code, language);
    await signIn(page, `${parley.url}/settings/webhooks`, "owner@example.com");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.page);
    await expect(page.getByTestId("hooks-empty")).toContainText(words.empty);
    await expectAccessibleInBothThemes(page, "no webhooks");

    let secret = "";
    await test.step("what is wrong is said beside its field", async () => {
      await page.getByTestId("hook-new").click();
      await page.getByTestId("hook-name").fill("CRM");
      await page.getByTestId("hook-url").fill("ftp://crm.example");
      await page.keyboard.press("Enter");
      await expect(page.getByText(words.wrong).last()).toBeVisible();
      await expect(page.getByTestId("hook-url")).toBeFocused();
      await page.getByTestId("hook-url").fill(address);
      const boxes = page.getByRole("checkbox");
      const all = await boxes.count();
      for (let i = 0; i < all; i++) await boxes.nth(i).uncheck();
      await page.getByTestId("hook-save").click();
      await expect(page.getByText(words.none).last()).toBeVisible();
      await expectAccessibleInBothThemes(page, "a new webhook");
    });

    await test.step("one that is made shows its secret this once", async () => {
      await page.getByTestId("hook-event-message.posted").check();
      await page.getByTestId("hook-save").click();
      await expect(page.getByTestId("hook-secret")).toContainText("whsec_");
      secret = await page.getByTestId("hook-secret").innerText();
      await expect(page.getByTestId("hook-none")).toBeVisible();
      await expectAccessibleInBothThemes(page, "a made webhook");
      await page.reload();
      await expect(page.getByTestId("hook-state")).toBeVisible();
      await expect(page.getByTestId("hook-secret")).toHaveCount(0);
    });

    await test.step("a test says in words what came of it", async () => {
      await page.getByTestId("hook-test").click();
      await expect(page.getByTestId("hook-said")).toHaveText(words.taken);
      expect(received).toHaveLength(1);
      expect(isSigned(received[0]!, secret)).toBe(true);
      answers = 503;
      await page.getByTestId("hook-test").click();
      await expect(page.getByTestId("hook-said")).toHaveText(words.refused);
      await expect(page.getByTestId("hook-deliveries").getByRole("listitem")).toHaveCount(2);
    });

    await test.step("it is told of messages and of nothing else", async () => {
      await owner.begin("İrem Çınar", "Siparişim nerede?");
      await expect.poll(() => received.length).toBe(3);
      expect(JSON.parse(received[2]!.body)).toMatchObject({
        type: "message.posted",
        message: { text: "Siparişim nerede?", kind: "agent" },
      });
      expect(isSigned(received[2]!, secret)).toBe(true);
      const first = page.getByTestId("hook-deliveries").getByRole("listitem").first();
      await expect
        .poll(async () => {
          await page.getByTestId("hook-refresh").click();
          return first.innerText();
        })
        .toContain(words.waits);
      await expect(first).toContainText(words.message);
      await expect(page.getByTestId("hook-state")).toContainText(words.failing);
      await expectAccessibleInBothThemes(page, "deliveries");
    });

    await test.step("what was refused is sent again, by keyboard", async () => {
      answers = 200;
      const again = page.getByTestId("hook-deliveries").getByRole("button").first();
      await again.focus();
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("hook-said")).toHaveText(words.again);
      expect(received[3]!.headers["webhook-id"]).toBe(received[2]!.headers["webhook-id"]);
      await expect(again).toBeFocused();
    });

    await test.step("another secret signs beside the first", async () => {
      await page.getByTestId("hook-secret-new").click();
      await page.getByTestId("hook-secret-yes").click();
      await expect(page.getByTestId("hook-secret")).toContainText("whsec_");
      const second = await page.getByTestId("hook-secret").innerText();
      await page.getByTestId("hook-test").click();
      await expect(page.getByTestId("hook-said")).toHaveText(words.taken);
      expect(isSigned(received.at(-1)!, secret) && isSigned(received.at(-1)!, second)).toBe(true);
    });

    await test.step("it is switched off, fits a phone, and is deleted after a question", async () => {
      await page.getByTestId("hook-edit").click();
      await page.getByTestId("hook-on").click();
      await page.getByTestId("hook-save").click();
      await expect(page.getByTestId("hook-state")).toHaveText(words.off);
      await expect(page.getByTestId("hook-edit")).toBeFocused();
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await page.getByTestId("hook-edit").click();
      await page.getByTestId("hook-delete").click();
      await page.getByTestId("hook-delete-yes").click();
      await expect(page.getByTestId("hooks-empty")).toBeVisible();
    });
    await parley.stop();
  });
}
