import { AxeBuilder } from "@axe-core/playwright";
import { expect, password, test, type Colleague, type Page } from "./parley";

/** Brings what customers write, as another system does. */
class Shop {
  private sent = 0;

  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async open(url: string, owner: Colleague): Promise<Shop> {
    const { token } = await owner.call<{ token: string }>("POST", "/channel-tokens", { name: "Shop" });
    return new Shop(url, token);
  }

  async writes(customer: string, text: string): Promise<number> {
    const answer = await fetch(`${this.url}/api/v1/conversations`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${this.token}` },
      body: JSON.stringify({
        external_id: `message-${++this.sent}`,
        customer: { external_id: customer, name: customer },
        text,
      }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return ((await answer.json()) as { number: number }).number;
  }
}

const past = [
  [
    "İrem Çınar",
    "Kutu ezik geldi, teslim alayım mı?",
    "Teslim almayın; kuryeden hasar tutanağı isteyin, yenisini bugün yollarız.",
  ],
  [
    "Umut Işık",
    "Kutusu ezik bir kargo, teslim alsam olur mu?",
    "Kutu ezikse teslim almadan tutanak tutturun. Tutanağın kopyası bize yeter.",
  ],
  [
    "Elif Kaya",
    "Fincanın kulpu kırık çıktı",
    "Çok geçmiş olsun! Ücretini bugün iade ediyorum, geri göndermenize gerek yok.",
  ],
] as const;

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByTestId("login-email").fill("isil@example.com");
  await page.getByTestId("login-password").fill(password);
  await page.getByTestId("login-submit").click();
  await expect(page.getByTestId("login-submit")).toHaveCount(0);
}

for (const language of ["tr", "en"] as const) {
  test(`what was answered before (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const shop = await Shop.open(parley.url, owner);
    for (const [customer, question, answer] of past) {
      const number = await shop.writes(customer, question);
      await owner.say(number, answer);
      await owner.call("POST", `/conversations/${number}/resolve`);
    }
    const asked = await shop.writes("Deniz Aras", "Merhaba, kutu ezik gelmiş, teslim alayım mı?");
    const other = await shop.writes("Ada Öz", "Merhaba");
    await expect
      .poll(
        async () =>
          (await owner.call<{ suggestions: unknown[] }>("GET", `/conversations/${asked}/suggestions`))
            .suggestions.length,
      )
      .toBeGreaterThanOrEqual(2);
    await signIn(page, `${parley.url}/conversations/inbox/${asked}`);
    const field = page.getByTestId("composer-input");
    const row = page.getByTestId("past");

    await test.step("a quiet row, the likest first, while the field is empty", async () => {
      await expect(page.getByTestId("past-0")).toContainText("hasar tutanağı");
      await expect(page.getByTestId("past-1")).toContainText("tutanak tutturun");
      const report = await new AxeBuilder({ page })
        .include('[data-testid="composer"]')
        .options({ rules: { "target-size": { enabled: true } } })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
        .analyze();
      expect(report.violations.map(({ id }) => id)).toEqual([]);
      await field.fill("D");
      await expect(row).toHaveCount(0);
      await field.fill("");
      await expect(row).toBeVisible();
    });

    await test.step("arrows choose, one key inserts, undo takes it back", async () => {
      await field.press("ArrowDown");
      await field.press("ArrowRight");
      await expect(field).toHaveValue(past[1][2]);
      await expect(field).toBeFocused();
      await field.press("Control+z");
      await expect(field).toHaveValue("");
      await field.press("ArrowRight");
      await expect(field).toHaveValue(past[0][2]);
    });

    await test.step("its use is counted", async () => {
      await expect
        .poll(async () => {
          const found = await owner.call<{ suggestions: { uses: number }[] }>(
            "GET",
            `/conversations/${asked}/suggestions`,
          );
          return found.suggestions.map(({ uses }) => uses).filter((uses) => uses === 1).length;
        })
        .toBe(2);
    });

    await test.step("sent, nothing is offered any more", async () => {
      await field.press("Enter");
      await expect(page.getByTestId("thread")).toContainText(past[0][2]);
      await expect(row).toHaveCount(0);
    });

    await test.step("nothing to go by, nothing offered", async () => {
      const looked = page.waitForResponse((answer) =>
        answer.url().includes(`/conversations/${other}/suggestions`),
      );
      await page.goto(`${parley.url}/conversations/inbox/${other}`);
      await looked;
      await expect(row).toHaveCount(0);
    });
  });
}
