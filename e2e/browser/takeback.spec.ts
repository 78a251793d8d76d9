import { Buffer } from "node:buffer";
import { expect, test, type Page } from "./parley";
import { choose, expectAccessible, signIn } from "./steps";

const resting = "3 saniye sonra gidecek";

/** A reply that rests before it goes, for who wants to be able to take it back. */
test("taking back", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
  const number = await owner.begin("İrem Çınar", "Merhaba!");
  const other = await owner.begin("Mehmet Işık", "Merhaba!");
  const composer = page.getByTestId("composer");
  const field = page.getByTestId("composer-input");
  const button = page.getByTestId("msg-take-back");
  const opened = () => owner.call<Opened>("GET", `/conversations/${number}`);
  /** What a colleague sees of what was said. */
  const seen = async () =>
    (await opened()).messages.filter(({ kind }) => kind !== "event").map(({ text }) => text);

  await test.step("one chooses how long, and that is kept", async () => {
    await signIn(page, `${parley.url}/settings/replying`);
    const kept = page.waitForResponse((answer) => answer.url().endsWith("/me/preferences"));
    await choose(page, "send-delay-3");
    expect((await kept).ok()).toBe(true);
    await page.goto(`${parley.url}/conversations/inbox/${number}`);
  });

  await test.step("Z brings the reply back before what was written since", async () => {
    await listen(page);
    const file = { name: "fatura.txt", mimeType: "text/plain", buffer: Buffer.from("12") };
    await page.getByTestId("attach-input").setInputFiles(file);
    await expect(composer).toContainText("fatura.txt");
    await expect(page.getByTestId("attach-progress")).toHaveCount(0);
    await field.fill("Kargonuz dün yola çıktı");
    await field.press("Enter");
    await expect(page.getByTestId("msg-state").last()).toHaveText(resting);
    await expect(button).toHaveText("Geri al");
    await expect(composer).not.toContainText("fatura.txt");
    await page.keyboard.type("Bir dakika");
    await field.press("Escape");
    await page.keyboard.press("z");
    await expect(field).toHaveValue("Kargonuz dün yola çıktı\nBir dakika");
    await expect(field).toBeFocused();
    await expect(composer).toContainText("fatura.txt");
    await expect(button).toHaveCount(0);
    expect((await heard(page)).filter((words) => words.includes(resting))).toHaveLength(1);
  });

  await test.step("from elsewhere it leads back to the conversation", async () => {
    await field.fill("Kargonuz bugün yola çıktı");
    await field.press("Enter");
    await page.getByTestId(`conv-row-${other}`).click();
    await expect(page.getByTestId("conv-number")).toHaveText(`#${other}`);
    await page.keyboard.press("z");
    await expect(page.getByTestId("conv-number")).toHaveText(`#${number}`);
    await expect(field).toHaveValue("Kargonuz bugün yola çıktı");
    await expect(field).toBeFocused();
    expect(await seen()).toEqual(["Merhaba!"]);
  });

  await test.step("left alone it goes when its time is over, and resolves then", async () => {
    const sent = Date.now();
    await field.press("Control+Shift+Enter");
    await expect(button).toBeVisible();
    await expectAccessible(page, "a reply that rests");
    await expect.poll(seen, { intervals: [50] }).toHaveLength(2);
    expect(Date.now() - sent).toBeGreaterThanOrEqual(3000);
    await expect(page.getByTestId("btn-reopen")).toBeVisible();
    await expect(button).toHaveCount(0);
  });

  await test.step("what closes the conversation sends it before", async () => {
    await page.getByTestId("btn-reopen").click();
    await expect(page.getByTestId("btn-resolve")).toBeVisible();
    await field.fill("İyi günler");
    await field.press("Enter");
    await expect(button).toBeVisible();
    await page.getByTestId("btn-resolve").click();
    await expect.poll(async () => (await opened()).conversation.state, { timeout: 2000 }).toBe("resolved");
    expect(await seen(), "a reply that came later would open it again").toHaveLength(3);
  });

  await test.step("a reload neither loses nor doubles it", async () => {
    await field.fill("Yarın elinizde");
    await field.press("Enter");
    await expect(button).toBeVisible();
    await page.reload();
    await expect(page.getByTestId("thread")).toContainText("Yarın elinizde");
    await page.waitForTimeout(500);
    expect(await seen()).toEqual(["Merhaba!", "Kargonuz bugün yola çıktı", "İyi günler", "Yarın elinizde"]);
    await expect(field).toHaveValue("");
  });

  await test.step("with a page that leaves for good it goes at once", async () => {
    await field.click();
    await field.fill("Hoşça kalın");
    await field.press("Enter");
    await expect(button).toBeVisible();
    await page.goto("about:blank");
    await expect.poll(seen, { timeout: 2000 }).toHaveLength(5);
  });
});

interface Opened {
  conversation: { state: string };
  messages: { kind: string; text: string }[];
}

/** Takes down from now on what is said politely. */
async function listen(page: Page): Promise<void> {
  await page.getByTestId("composer-input").waitFor();
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    const live = document.querySelector("[data-testid=live-polite]")!;
    new MutationObserver(() => told.push(live.textContent)).observe(live, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
}

async function heard(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { told: string[] }).told);
}
