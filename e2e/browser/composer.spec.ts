import { Buffer } from "node:buffer";
import { truncate, writeFile } from "node:fs/promises";
import { expect, test, type Page } from "./parley";
import { Line } from "./line";
import { choose, expectAccessible, expectAccessibleInBothThemes, languages, signIn } from "./steps";

/** Writing: drafts, saved replies, emoji, files, and what becomes of it all when luck is bad. */
for (const language of languages) {
  test(`writing (${language})`, async ({ page, parley, owner }) => {
    test.slow();
    const agent = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const number = await owner.begin("İrem Çınar", "Merhaba!");
    await owner.call("POST", `/conversations/${number}/unassign`);
    await owner.call("POST", "/replies", {
      title: "Kargo",
      shortcut: "kargo",
      text: "Merhaba {{customer.first_name}}, {{customer.email}} adresine yazdık.",
    });
    await signIn(page, `${parley.url}/conversations/inbox/${number}`);
    const field = page.getByTestId("composer-input");

    await test.step("a saved reply is seen before it is chosen", async () => {
      await field.pressSequentially("/kar");
      await expect(page.getByTestId("saved-preview")).toContainText("Merhaba İrem, {{customer.email}}");
      await expectAccessibleInBothThemes(page, "saved replies in the field");
      await field.press("Tab");
      await expect(field).toHaveValue("Merhaba İrem, {{customer.email}} adresine yazdık.");
      await expect(page.getByTestId("saved-menu")).toHaveCount(0);
    });

    await test.step("undo takes the whole reply back, and brings it again", async () => {
      await field.press("Control+z");
      await expect(field).toHaveValue("/kar");
      await field.press("Control+Shift+z");
      await expect(field).toHaveValue(/customer\.email/);
    });

    await test.step("sending asks about what nothing filled", async () => {
      await expect(page.getByTestId("var-marks").locator("mark")).toHaveText("{{customer.email}}");
      await field.press("Enter");
      await expect(page.getByTestId("var-missing")).toContainText("customer.email");
      await expectAccessibleInBothThemes(page, "a missing value");
      await expect(page.getByTestId("thread")).not.toContainText("adresine");
      await expect(field, "the place is selected, so that typing fills it").toBeFocused();
      await page.keyboard.type("irem@example.com");
      await expect(page.getByTestId("var-missing")).toHaveCount(0);
      await field.press("Enter");
      await expect(page.getByTestId("thread")).toContainText("irem@example.com adresine yazdık.");
    });

    await test.step("who answered first may take the conversation", async () => {
      await expect(page.getByTestId("nudge-assign")).toBeVisible();
      await expectAccessible(page, "the offer to take it");
      await page.getByTestId("nudge-assign").click();
      await expect(page.getByTestId("nudge-assign")).toHaveCount(0);
      const { conversation } = await owner.call<{ conversation: { agent_id: string } }>(
        "GET",
        `/conversations/${number}`,
      );
      expect(conversation.agent_id).toBe(agent.id);
    });

    await test.step("a colon finds emoji, in the tone that was chosen", async () => {
      await field.press("Control+.");
      await choose(page, "emoji-tone-5");
      await page.keyboard.press("Escape");
      await field.fill("");
      await field.pressSequentially(language === "tr" ? "Tamam :alk" : "Fine :clap");
      await expect(page.getByTestId("emoji-menu")).toBeVisible();
      await expectAccessibleInBothThemes(page, "emoji in the field");
      await page.getByTestId("emoji-opt-1f44f").click();
      await expect(field).toHaveValue(/ 👏🏿$/u);
      await expect(field).toBeFocused();
      await field.press("Control+z");
      await expect(field).toHaveValue(/:(alk|clap)$/);
      await field.press("Escape");
      await expect(page.getByTestId("emoji-menu")).toHaveCount(0);
      await field.fill("14:30 gibi");
      await expect(page.getByTestId("emoji-menu")).toHaveCount(0);
      await field.fill("");
    });

    await test.step("send and resolve", async () => {
      await field.fill("Teşekkürler!");
      await page.getByTestId("btn-send-more").click();
      await expectAccessible(page, "more ways to send");
      await page.getByTestId("send-resolve").click();
      await expect(page.getByTestId("btn-reopen")).toBeVisible();
      await expect(page.getByTestId("thread")).toContainText("Teşekkürler!");
      await page.getByTestId("btn-reopen").click();
      await expect(page.getByTestId("btn-resolve")).toBeVisible();
    });

    await test.step("resolving asks what becomes of an unsent reply", async () => {
      await field.fill("Bir şey daha");
      await page.getByTestId("btn-resolve").click();
      await expect(page.getByTestId("resolve-ask")).toBeVisible();
      await expect(page.getByTestId("btn-resolve")).toBeVisible();
      await expectAccessibleInBothThemes(page, "an unsent reply");
      await page.getByTestId("resolve-only").click();
      await expect(page.getByTestId("btn-reopen")).toBeVisible();
      await expect(field).toHaveValue("Bir şey daha");
      await page.getByTestId("btn-reopen").click();
      await page.getByTestId("btn-resolve").click();
      await page.getByTestId("resolve-send").click();
      await expect(page.getByTestId("btn-reopen")).toBeVisible();
      await expect(page.getByTestId("thread")).toContainText("Bir şey daha");
    });

    await test.step("archived and blocked: one sentence and the way out", async () => {
      await owner.call("POST", `/conversations/${number}/archive`);
      await expect(page.getByTestId("composer-notice")).toBeVisible();
      await expectAccessible(page, "archived");
      await page.getByTestId("composer-reopen").click();
      await expect(field).toBeVisible();
      const { conversation } = await owner.call<{ conversation: { customer: { id: string } } }>(
        "GET",
        `/conversations/${number}`,
      );
      await owner.call("POST", `/customers/${conversation.customer.id}/block`, { reason: "Hakaret" });
      await expect(page.getByTestId("composer-notice")).toBeVisible();
      await choose(page, "mode-note");
      await expect(field, "a note is for the team").toBeVisible();
      await choose(page, "mode-reply");
      await page.getByTestId("composer-unblock").click();
      await expect(field).toBeVisible();
    });
  });

  test(`drafts (${language})`, async ({ page, parley, owner, browser }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const number = await owner.begin("İrem Çınar", "Merhaba!");
    const other = await owner.begin("Mehmet Işık", "Merhaba!");
    const address = `${parley.url}/conversations/inbox/${number}`;
    await signIn(page, address);
    const field = page.getByTestId("composer-input");

    await test.step("are kept, and said to be", async () => {
      await field.fill("Kargonuz yarın");
      await expect(page.getByTestId("draft-state")).toBeVisible();
      await choose(page, "mode-note");
      await field.fill("kurye aradı");
      await page.getByTestId(`conv-row-${other}`).click();
      await expect(field).toHaveValue("");
      await expect(page.getByTestId(`conv-row-${number}`)).toContainText(
        language === "tr" ? "Taslak:" : "Draft:",
      );
      await page.getByTestId(`conv-row-${number}`).click();
      await expect(field).toHaveValue("kurye aradı");
      await page.reload();
      await expect(field).toHaveValue("Kargonuz yarın");
    });

    const elsewhere = await browser.newContext();
    const second = await elsewhere.newPage();

    await test.step("follow to another device, and back", async () => {
      await signIn(second, address);
      await expect(second.getByTestId("composer-input")).toHaveValue("Kargonuz yarın");
      await second.getByTestId("composer-input").fill("Kargonuz yarın kapınızda");
      await expect(second.getByTestId("draft-state")).toBeVisible();
      await lookAway(page);
      await expect(field).toHaveValue("Kargonuz yarın kapınızda");
    });

    await test.step("of another device never overwrite what was typed here", async () => {
      await page.context().setOffline(true);
      await field.fill("burada, çevrimdışı");
      await field.blur();
      // What is written there now is written later, by the clock of both.
      const here = await page.evaluate(() => Date.now());
      await expect.poll(() => second.evaluate(() => Date.now())).toBeGreaterThan(here);
      await second.getByTestId("composer-input").fill("orada, sonra");
      await expect(second.getByTestId("draft-state")).toBeVisible();
      // The drafts of the other device come before this one's can leave.
      await page.route("**/draft", (route) => route.abort());
      await page.context().setOffline(false);
      await lookAway(page);
      await expect(page.getByTestId("draft-offer")).toContainText("orada, sonra");
      await expect(field).toHaveValue("burada, çevrimdışı");
      await expectAccessible(page, "a draft of another device");
      await page.unroute("**/draft");
      await page.getByTestId("draft-use").click();
      await expect(field).toHaveValue("orada, sonra");
    });

    await test.step("go with the sending, everywhere", async () => {
      await field.press("Enter");
      await expect(page.getByTestId("thread")).toContainText("orada, sonra");
      await lookAway(second);
      await expect(second.getByTestId("composer-input")).toHaveValue("");
      await expect
        .poll(async () => (await draftsOf(page)).map((draft) => draft.text))
        .toEqual(["kurye aradı"]);
    });
    await elsewhere.close();
  });

  test(`files (${language})`, async ({ page, parley, owner }) => {
    test.slow();
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const number = await owner.begin("İrem Çınar", "Merhaba!");
    const other = await owner.begin("Mehmet Işık", "Merhaba!");
    await signIn(page, `${parley.url}/conversations/inbox/${number}`);
    const field = page.getByTestId("composer-input");
    const picker = page.getByTestId("attach-input");

    await test.step("pasted and dropped", async () => {
      await field.focus();
      await paste(page, "ekran.png", png);
      await expect(page.getByTestId("attach-chip-0")).toContainText("ekran.png");
      await drag(page, "dragover", "irsaliye.pdf");
      await expect(page.getByTestId("dropzone")).toBeVisible();
      await expectAccessibleInBothThemes(page, "files held over the thread");
      await drag(page, "drop", "irsaliye.pdf");
      await expect(page.getByTestId("dropzone")).toHaveCount(0);
      await expect(page.getByTestId("attach-chip-1")).toContainText("irsaliye.pdf");
      await expect(page.getByTestId("attach-progress")).toHaveCount(0);
      await expectAccessible(page, "two files");
      await page.getByTestId("btn-send").click();
      await expect(page.getByTestId("thread")).toContainText("irsaliye.pdf");
      await expect(page.getByTestId("attach-chip-0")).toHaveCount(0);
    });

    await test.step("too big and empty are told before anything leaves", async () => {
      await picker.setInputFiles([await fileOf("boş.txt", 0), await fileOf("büyük.zip", 25_000_001)]);
      await expect(page.getByTestId("attach-chip-0")).toContainText(language === "tr" ? "boş" : "empty");
      await expect(page.getByTestId("attach-chip-1")).toContainText("25");
      await expectAccessible(page, "refused files");
      await page.getByTestId("attach-cancel").first().press("Delete");
      await page.getByTestId("attach-cancel").first().click();
      await expect(page.getByTestId("attach-chip-0")).toHaveCount(0);
    });

    await test.step("one that is cut in half goes on when the network is back", async () => {
      let parts = 0;
      await page.route("**/parts/*", (route) => (++parts === 2 ? route.abort() : route.continue()));
      await picker.setInputFiles(await fileOf("film.bin", 9_000_000));
      await field.fill("Filmi gönderiyorum");
      await expect(page.getByTestId("attach-retry")).toBeVisible();
      await expectAccessible(page, "a file that was cut off");
      await page.getByTestId("attach-retry").click();
      await expect(page.getByTestId("attach-progress")).toHaveCount(0);
      expect(parts, "what had arrived is not sent again").toBe(4);
      await page.unroute("**/parts/*");
      await field.press("Enter");
      await expect(page.getByTestId("thread")).toContainText("film.bin");
    });

    await test.step("a message waits for its files and goes by itself, also from elsewhere", async () => {
      let release = () => {};
      const held = new Promise<void>((done) => (release = done));
      await page.route("**/complete", async (route) => {
        await held;
        await route.continue();
      });
      await picker.setInputFiles({ name: "fatura.txt", mimeType: "text/plain", buffer: Buffer.from("12") });
      await field.fill("Faturanız ekte");
      await field.press("Enter");
      await expect(page.getByTestId("composer")).toContainText(
        language === "tr" ? "1 dosya yükleniyor" : "Uploading 1 file",
      );
      await page.getByTestId(`conv-row-${other}`).click();
      await expect(page.getByTestId("conv-number")).toContainText(`#${other}`);
      release();
      await expect.poll(async () => textsOf(page, number)).toContain("Faturanız ekte");
    });
  });

  test(`bad luck while writing (${language})`, async ({ browser, parley, owner }) => {
    test.slow();
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const number = await owner.begin("İrem Çınar", "Merhaba!");
    const line = await Line.lay();
    const context = await line.browse(browser);
    const page = await context.newPage();
    await signIn(page, `${parley.url}/conversations/inbox/${number}`);
    const field = page.getByTestId("composer-input");
    await expect(field).toBeVisible();
    await expect(page.getByTestId("thread")).toContainText("Merhaba!");

    await test.step("the network is gone with three messages waiting", async () => {
      line.cut();
      for (const text of ["bir", "iki", "üç"]) {
        await field.fill(text);
        await field.press("Enter");
        await expect(field).toHaveValue("");
      }
      await expect(page.getByTestId("thread")).toContainText("üç");
      await expect(page.getByTestId("conn-banner")).toBeVisible();
      await expectAccessibleInBothThemes(page, "offline");
      line.mend();
      await page.getByTestId("conn-retry").click();
      await expect.poll(async () => textsOf(page, number)).toEqual(["Merhaba!", "bir", "iki", "üç"]);
      await expect(page.getByTestId("conn-banner")).toHaveCount(0);
    });

    await test.step("the session ends while one types", async () => {
      await field.fill("Yarım kalan cüm");
      await page.context().clearCookies();
      await field.pressSequentially("le");
      await expect(page.getByTestId("relogin")).toBeVisible();
      await expectAccessibleInBothThemes(page, "signing in again");
      await page.getByTestId("login-password").fill("quince-jam-on-warm-bread");
      await page.getByTestId("login-submit").click();
      await expect(page.getByTestId("relogin")).toHaveCount(0);
      await expect(field).toHaveValue("Yarım kalan cümle");
      await field.press("Enter");
      await expect.poll(async () => textsOf(page, number)).toContain("Yarım kalan cümle");
    });

    await test.step("32 KB of one word, and a word more", async () => {
      await field.fill("ğ".repeat(16_385));
      await expect(page.getByTestId("composer-long")).toBeVisible();
      await expect(page.getByTestId("btn-send")).toBeDisabled();
      await field.press("Enter");
      await expect(field).not.toHaveValue("");
      await field.fill("ğ".repeat(16_384));
      await field.press("Enter");
      await expect.poll(async () => (await textsOf(page, number)).at(-1)?.length).toBe(16_384);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
    });

    await test.step("another agent answers first", async () => {
      await field.fill("Ben de yazıyorum");
      await owner.call("POST", `/conversations/${number}/messages`, {
        client_id: crypto.randomUUID(),
        text: "Ben yanıtladım",
      });
      await expect(page.getByTestId("thread")).toContainText("Ben yanıtladım");
      await field.press("Enter");
      await expect(page.getByTestId("collision")).toContainText("Olcay Owner");
      await expect(field).toHaveValue("Ben de yazıyorum");
      await expectAccessibleInBothThemes(page, "a collision");
      await page.getByTestId("collision-send").click();
      await expect.poll(async () => textsOf(page, number)).toContain("Ben de yazıyorum");
    });
    await context.close();
    line.close();
  });
}

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

/** Writes a file of nothing. Bytes that the test holds itself would go to the browser as text. */
async function fileOf(name: string, size: number): Promise<string> {
  const path = test.info().outputPath(name);
  await writeFile(path, "");
  await truncate(path, size);
  return path;
}

interface Draft {
  number: number;
  text: string;
}

async function draftsOf(page: Page): Promise<Draft[]> {
  return page.evaluate(
    async () => ((await (await fetch("/api/v1/me/drafts")).json()) as { drafts: Draft[] }).drafts,
  );
}

/** What was said in a conversation, without its event lines. */
async function textsOf(page: Page, number: number): Promise<string[]> {
  return page.evaluate(async (number) => {
    const answer = await fetch(`/api/v1/conversations/${number}`);
    const { messages } = (await answer.json()) as { messages: { kind: string; text: string }[] };
    return messages.filter((message) => message.kind !== "event").map((message) => message.text);
  }, number);
}

/** Leaves the page and comes back to it. */
async function lookAway(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
}

async function paste(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.getByTestId("composer-input").evaluate(
    (field, [name, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], name, { type: "image/png" }));
      field.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    },
    [name, [...bytes]] as const,
  );
}

async function drag(page: Page, type: string, name: string): Promise<void> {
  await page.getByTestId("thread").evaluate(
    (thread, [type, name]) => {
      const data = new DataTransfer();
      data.items.add(new File(["%PDF-1.7"], name, { type: "application/pdf" }));
      thread.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [type, name] as const,
  );
}

test("what asks for a saved reply is never sent as one", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  const number = await owner.begin("İrem Çınar", "Merhaba!");
  await owner.call("POST", "/replies", { title: "Kargo", shortcut: "kargo", text: "It is on its way." });
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route("**/api/v1/replies", async (route) => {
    await held;
    await route.continue();
  });
  await signIn(page, `${parley.url}/conversations/inbox/${number}`);
  const field = page.getByTestId("composer-input");
  await field.pressSequentially("/kar");
  await field.press("Enter");
  release();
  await expect(field).toHaveValue("It is on its way.");
  await expect(page.getByTestId("thread")).not.toContainText("/kar");
});
