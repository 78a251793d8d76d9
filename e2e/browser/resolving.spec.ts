import { expect, test, type Colleague } from "./parley";
import { expectAccessibleInBothThemes, languages, signIn } from "./steps";

/** Resolving as something: by the second half of the button, by the palette, for many; and the thread names it. */
for (const language of languages) {
  const words = {
    tr: { line: "konuşmayı çözümledi: Kargo", says: "Müşteriye yazar", palette: "cozumle: kargo" },
    en: {
      line: "resolved the conversation: Delivery",
      says: "Writes to the customer",
      palette: "resolve as: del",
    },
  }[language];

  test(`resolved as something (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const numbers = [];
    for (const name of ["İrem", "Ada", "Can", "Ece"]) numbers.push(await owner.begin(name, "Merhaba"));
    const [first, second, third, fourth] = numbers as [number, number, number, number];
    await signIn(page, `${parley.url}/conversations/inbox/${first}`);
    await expect(page.getByTestId("btn-resolve")).toBeVisible();
    const made = await owner.call<{ category: { id: string } }>("POST", "/categories", {
      name: { tr: "Kargo", en: "Delivery" },
      closing: { tr: "İyi günler", en: "Goodbye" },
      ask_rating: false,
    });
    const id = made.category.id;

    await test.step("by keys, with a category that was made a moment ago", async () => {
      await page.getByTestId("btn-resolve-as").focus();
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("resolve-as-search")).toBeFocused();
      await expect(page.getByTestId(`resolve-as-${id}`)).toContainText(words.says);
      await expectAccessibleInBothThemes(page, "as what to resolve");
      await page.keyboard.press("Escape");
      await expect(page.getByTestId("btn-resolve-as")).toBeFocused();
      await page.keyboard.press("Enter");
      await page.keyboard.type(language === "tr" ? "KARGO" : "deliv");
      await page.keyboard.press("Enter");
      await expect.poll(() => categoryOf(owner, first)).toBe(id);
      await page.goto(`${parley.url}/c/${first}`);
      await expect(page.getByTestId("event-resolved")).toContainText(words.line);
    });

    await test.step("also with a reply that stands unsent: what is chosen is not forgotten", async () => {
      await page.goto(`${parley.url}/c/${second}`);
      await page.getByTestId("composer-input").fill("Görüşmek üzere");
      await page.getByTestId("btn-resolve-as").click();
      await page.getByTestId(`resolve-as-${id}`).click();
      await page.getByTestId("resolve-send").click();
      await expect.poll(() => categoryOf(owner, second)).toBe(id);
    });

    await test.step("from the palette", async () => {
      await page.goto(`${parley.url}/c/${third}`);
      await expect(page.getByTestId("btn-resolve-as")).toBeVisible();
      await page.keyboard.press("Control+k");
      await page.keyboard.type(words.palette);
      await expect(page.getByTestId(`palette-opt-resolve-as-${id}`)).toBeVisible();
      await page.keyboard.press("Enter");
      await expect.poll(() => categoryOf(owner, third)).toBe(id);
    });

    await test.step("many at once", async () => {
      await page.goto(`${parley.url}/conversations/inbox`);
      await page.getByTestId(`conv-row-${fourth}`).focus();
      await page.keyboard.press("x");
      await page.getByTestId("bulk-resolve-as").click();
      await page.getByTestId(`resolve-as-${id}`).click();
      await expect.poll(() => categoryOf(owner, fourth)).toBe(id);
    });
  });
}

async function categoryOf(owner: Colleague, number: number): Promise<string | undefined> {
  const { conversation } = await owner.call<{ conversation: { category_id?: string; state: string } }>(
    "GET",
    `/conversations/${number}`,
  );
  return conversation.state === "resolved" ? conversation.category_id : undefined;
}
