import { expect, password, test, type Page } from "./parley";
import { expectAccessibleInBothThemes, languages, signIn } from "./steps";

/** Small things of the conversations screen that one misses only where they are not. */
for (const language of languages) {
  const words = {
    tr: {
      burst: "2 konuşmada yenilik var",
      none: "atamayi kaldir",
      now: "şu an atanan",
      readOnly: "temsilci rolü",
    },
    en: {
      burst: "News in 2 conversations",
      none: "remove",
      now: "assigned now",
      readOnly: "role of agent",
    },
  }[language];

  test(`what comes elsewhere is told once (${language})`, async ({ page, parley, owner }) => {
    const agent = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const numbers: number[] = [];
    for (const name of ["İrem", "Ada", "Can"]) {
      const number = await owner.begin(name, "Merhaba");
      await owner.call("POST", `/conversations/${number}/unassign`);
      numbers.push(number);
    }
    const [first, second, third] = numbers as [number, number, number];
    await page.addInitScript(() => {
      const sounds: number[] = [];
      Object.assign(window, { sounds });
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...given) {
        sounds.push(this.frequency.value);
        return start.apply(this, given);
      };
    });
    await signIn(page, `${parley.url}/conversations/inbox/${first}`);
    await page.getByTestId("thread").click();
    const assign = (number: number) =>
      owner.call("POST", `/conversations/${number}/assign`, { agent_id: agent.id });

    await test.step("nothing for the conversation on the screen", async () => {
      await assign(first);
      await expect(page.getByTestId("event-assigned")).toBeVisible();
      await expect(page.getByTestId("toast-news")).toHaveCount(0);
      expect(await page.evaluate(() => (window as never as { sounds: number[] }).sounds)).toEqual([]);
    });

    await test.step("a sound and a notice for another one, one for a burst", async () => {
      await assign(second);
      await expect(page.getByTestId("toast-news")).toContainText(`#${second} Ada`);
      await expect
        .poll(() => page.evaluate(() => (window as never as { sounds: number[] }).sounds.length))
        .toBeGreaterThan(0);
      await page.getByTestId("toast-news").hover(); // it stays while one rests on it
      await assign(third);
      await expect(page.getByTestId("toast-news")).toHaveCount(1);
      await expect(page.getByTestId("toast-news")).toContainText(words.burst);
      await expectAccessibleInBothThemes(page, "a notice of what came");
      await page.getByTestId("toast-open").click();
      await expect(page).toHaveURL(new RegExp(`/${third}$`));
      await expect(page.getByTestId("toast-news")).toHaveCount(0);
    });
  });

  test(`whom it is assigned to (${language})`, async ({ page, parley, owner }) => {
    const agent = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const number = await owner.begin("İrem", "Merhaba");
    await owner.call("POST", `/conversations/${number}/assign`, { agent_id: agent.id });
    await signIn(page, `${parley.url}/conversations/inbox/${number}`);
    await expect(page.getByTestId("btn-assign")).toBeVisible();
    for (const name of ["Ada", "Can"]) {
      const other = await owner.begin(name, "Merhaba");
      await owner.call("POST", `/conversations/${other}/assign`, { agent_id: agent.id });
    }

    await test.step("how many each leads is as of now, and the present one is said", async () => {
      await page.keyboard.press("a");
      await expect(page.getByTestId("assign-me")).toContainText("3");
      await expect(page.getByRole("option", { selected: true })).toContainText(words.now);
    });

    await test.step("taking it away is found by typing", async () => {
      await page.keyboard.type(words.none);
      await expect(page.getByTestId("assign-none")).toHaveAttribute("aria-selected", "true");
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("toast")).toBeVisible();
      await expect(page.getByTestId("event-unassigned")).toBeVisible();
    });
  });

  test(`who may only read (${language})`, async ({ page, parley, owner }) => {
    await owner.call("POST", "/agents", {
      name: "Rıza",
      email: "riza@example.com",
      role: "reporter",
      password,
      language,
    });
    const number = await owner.begin("İrem", "Merhaba");
    await owner.call("POST", `/conversations/${number}/tags`, { tags: ["kargo"] });
    const refused: string[] = [];
    page.on("response", (answer) => answer.status() === 403 && refused.push(answer.url()));
    await signIn(page, `${parley.url}/conversations/inbox/${number}`, "riza@example.com");
    await expect(page.getByTestId("thread-tags")).toContainText("kargo");
    await expect(page.getByTestId("cust-name")).toBeVisible();
    await expect(page.getByTestId("cust-history-section")).toBeVisible();
    const acts =
      "btn-assign btn-resolve btn-resolve-as btn-tag conv-tag-add cust-block cust-begin cust-attr-add";
    for (const each of `${acts} cust-note-text cust-name-field-edit conv-check-${number}`.split(" "))
      await expect(page.getByTestId(each), each).toHaveCount(0);
    await expectAccessibleInBothThemes(page, "the screen of who may only read");
    await page.getByTestId("btn-more").click();
    await expect(page.getByTestId("btn-copy-link")).toBeVisible();
    for (const each of ["btn-archive", "btn-unread", "btn-block"])
      await expect(page.getByTestId(each)).toHaveCount(0);
    await page.keyboard.press("Escape");
    for (const key of ["e", "y", "a", "t", "x", "Shift+A", "Shift+E"]) await page.keyboard.press(key);
    await expect(page.getByTestId("toast").first()).toContainText(words.readOnly);
    await expect(page.getByTestId("assign-popover")).toHaveCount(0);
    await page.waitForTimeout(1500);
    expect(refused).toEqual([]);
  });

  test(`tags in the head, and the way back from the settings (${language})`, async ({
    page,
    parley,
    owner,
  }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const number = await owner.begin("İrem", "Merhaba");
    await signIn(page, `${parley.url}/conversations/assigned/${number}?unread=1`);
    await expect(page.getByTestId("btn-tag")).toBeVisible();

    await test.step("T adds one after the other, and nothing moves", async () => {
      const height = await heightOf(page, "thread-header");
      await page.getByTestId("thread").focus();
      await page.keyboard.press("t");
      await expect(page.getByTestId("tag-input")).toBeFocused();
      await page.keyboard.type("kargo");
      await page.keyboard.press("Enter");
      await page.keyboard.type("iade");
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("thread-tags")).toContainText("iade");
      await expect(page.getByTestId("thread-tags")).toContainText("kargo");
      await expectAccessibleInBothThemes(page, "tags while they are added");
      await page.getByTestId("tag-there-iade").click();
      await expect(page.getByTestId("thread-tags")).not.toContainText("iade");
      await page.keyboard.press("Escape");
      await expect(page.getByTestId("tag-input")).toHaveCount(0);
      expect(await heightOf(page, "thread-header")).toBe(height);
    });

    await test.step("a saved reply is made on the way, and one is back where one was", async () => {
      const address = page.url();
      await page.getByTestId("composer-input").fill("/qqq");
      await page.getByTestId("saved-menu-new").click();
      await page.getByTestId("saved-title").fill("Kargo");
      await page.getByTestId("saved-body").fill("Yolda");
      await page.getByTestId("saved-save").click();
      await expect(page).toHaveURL(address);
      await expect(page.getByTestId("composer-input")).toHaveValue("/qqq");
    });

    await test.step("saved replies are there for a note, too", async () => {
      await page.getByTestId("composer-input").fill("");
      await page.locator('label:has([data-testid="mode-note"])').click();
      await page.getByTestId("composer-input").pressSequentially("/kar");
      await expect(page.getByTestId("saved-menu")).toContainText("Kargo");
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("composer-input")).toHaveValue("Yolda");
    });

    await test.step("the settings lead back to the conversation", async () => {
      const address = page.url();
      await page.getByTestId("account-button").click();
      await page.locator('a[href^="/settings"]').first().click();
      await page.getByTestId("settings-back").click();
      await expect(page).toHaveURL(address);
    });
  });
}

test("Enter starts a line where fingers type, and the button sends", async ({ browser, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  const number = await owner.begin("İrem", "Merhaba");
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  await signIn(page, `${parley.url}/conversations/inbox/${number}`);
  const field = page.getByTestId("composer-input");
  await field.fill("one");
  await field.press("Enter");
  await field.pressSequentially("two");
  await expect(field).toHaveValue("one\ntwo");
  await page.getByTestId("btn-send").tap();
  await expect(page.getByTestId("thread")).toContainText("two");
  await expect(field).toHaveValue("");
  await context.close();
});

test("a film and a sound are played where they stand, and can be saved", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  const number = await owner.begin("İrem", "Merhaba");
  await signIn(page, `${parley.url}/conversations/inbox/${number}`);
  // What tells a film from any other file: the box that it begins with.
  const film = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypmp42"), Buffer.alloc(64)]);
  const sound = Buffer.concat([Buffer.from("ID3"), Buffer.alloc(64)]);
  await page.getByTestId("attach-input").setInputFiles([
    { name: "clip.mp4", mimeType: "video/mp4", buffer: film },
    { name: "voice.mp3", mimeType: "audio/mpeg", buffer: sound },
    { name: "bill.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4") },
  ]);
  await page.getByTestId("btn-send").click();
  await expect(page.locator("video[controls][preload=metadata]")).toHaveAttribute("aria-label", "clip.mp4");
  await expect(page.locator("audio[controls]")).toHaveAttribute("aria-label", "voice.mp3");
  await expect(page.locator('a[download="bill.pdf"]')).toBeVisible();
  await expect(page.locator('a[download="clip.mp4"]')).toBeVisible();
});

test("the reply that came first is shown with a ring", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  const number = await owner.begin("İrem", "Merhaba");
  await signIn(page, `${parley.url}/conversations/inbox/${number}`);
  await page.getByTestId("composer-input").fill("Mine");
  await owner.say(number, "I was first");
  await expect(page.getByTestId("thread")).toContainText("I was first");
  await page.getByTestId("btn-send").click();
  await expect(page.getByTestId("collision")).toBeVisible();
  await expect(page.locator(".ringed, [data-ringed]")).toContainText("I was first");
  await page.getByTestId("collision-show").click();
  await expect(page.locator(".ringed, [data-ringed]")).toContainText("I was first");
});

test("an administrator corrects a name and an address", async ({ page, parley, owner }) => {
  const agent = await owner.hire("Işıl Çaglar", "isil@example.com", "en");
  await owner.hire("Mehmet", "mehmet@example.com", "en");
  await signIn(page, `${parley.url}/settings/agents`, "owner@example.com");
  await expect(page.getByTestId("agent-profile")).toBeVisible();
  await page.getByTestId(`agent-edit-${agent.id}`).click();
  await expectAccessibleInBothThemes(page, "an agent who is edited");
  await page.getByTestId("agent-edit-email").fill("mehmet@example.com");
  await page.getByTestId("agent-edit-save").click();
  await expect(page.getByTestId("agent-edit-email")).toHaveAttribute("aria-invalid", "true");
  await page.getByTestId("agent-edit-email").fill("isil.caglar@example.com");
  await page.getByTestId("agent-edit-name").fill("Işıl Çağlar");
  await page.getByTestId("agent-edit-save").click();
  await expect(page.getByTestId(`agent-${agent.id}`)).toContainText("isil.caglar@example.com");
  await expect(page.getByTestId(`agent-${agent.id}`)).toContainText("Işıl Çağlar");
});

async function heightOf(page: Page, testid: string): Promise<number> {
  return (await page.getByTestId(testid).boundingBox())?.height ?? 0;
}
