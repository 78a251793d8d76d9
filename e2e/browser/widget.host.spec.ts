import { chatOf, expect, makeSite, openDemo, said, test, write } from "./widget";

test("a website of another origin, with the strictest policy", async ({ page, parley, owner, website }) => {
  const site = await makeSite(owner, { origins: [website.origin] });
  website.carry(parley, site);
  const refused: string[] = [];
  const strangers: string[] = [];
  page.on(
    "console",
    (message) => /Content Security Policy|Trusted/.test(message.text()) && refused.push(message.text()),
  );
  page.on("request", (request) => {
    const { origin } = new URL(request.url());
    if (![parley.url, website.origin].includes(origin) && origin !== "null") strangers.push(request.url());
  });
  await page.addInitScript(() => {
    const shifts: number[] = ((window as unknown as { shifts: number[] }).shifts = []);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(website.origin);
  const chat = chatOf(page);
  await expect(chat.launcher).toBeVisible();
  expect(page.frames(), "nothing is loaded before somebody wants it").toHaveLength(1);
  await page.evaluate(() => (window as unknown as { $chat: (verb: string) => void }).$chat("open"));
  await chat.in.getByTestId("w-new").click();
  await write(chat, "From far away");
  await owner.say(1, "Welcome");
  await expect(said(chat, "Welcome")).toBeVisible();

  await test.step("the website hears what happens, and never what is said", async () => {
    await page.evaluate(() => {
      const shop = window as unknown as {
        heard: unknown[];
        $chat: (verb: string, name: string, hear: (detail: unknown) => void) => void;
      };
      shop.heard = [];
      shop.$chat("on", "message:received", (detail) => shop.heard.push(detail));
    });
    await owner.say(1, "A secret word");
    const heard = () =>
      page.evaluate(() => JSON.stringify((window as unknown as { heard: unknown[] }).heard));
    await expect.poll(heard).toContain("agent");
    expect(await heard()).not.toContain("secret");
  });

  await test.step("words that a stranger says are not heard", async () => {
    await page.evaluate(() => {
      const frame = document.querySelector('[data-testid="w-root"]')?.shadowRoot?.querySelector("iframe");
      // The page itself, without the nonce, and with a wrong one.
      frame?.contentWindow?.postMessage({ parley: "x", message: { type: "logout" } }, "*");
      frame?.contentWindow?.postMessage({ type: "logout" }, "*");
      // To the loader, from a window that is not the panel's.
      const stranger = document.body.appendChild(document.createElement("iframe"));
      postMessage({ parley: "x", message: { type: "unread", detail: { count: 9 } } }, "*");
      stranger.contentWindow?.parent.postMessage(
        { message: { type: "close", detail: { focus: true } } },
        "*",
      );
    });
    await owner.say(1, "Still here");
    await expect(said(chat, "Still here")).toBeVisible();
    await expect(chat.launcher).toHaveAttribute("aria-expanded", "true");
  });

  const shift = await page.evaluate(() =>
    (window as unknown as { shifts: number[] }).shifts.reduce((sum, value) => sum + value, 0),
  );
  expect({ shift, refused, strangers }).toEqual({ shift: 0, refused: [], strangers: [] });

  await test.step("a website that is not on the list shows nothing", async () => {
    await owner.call("PATCH", `/sites/${site.id}`, { origins: [] });
    await page.reload();
    await expect.poll(() => refused.join()).toContain("frame-ancestors");
    await expect(chat.in.getByTestId("w-home")).toHaveCount(0);
  });
});

test("a phone", async ({ browser, parley, owner }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  const chat = await openDemo(page, parley, await makeSite(owner), "tr");
  const box = await page.getByTestId("w-panel").boundingBox();
  expect(box).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  await expect(page.getByTestId("w-panel")).toHaveAttribute("aria-modal", "true");
  await expect(chat.launcher).toBeHidden();
  expect(await page.evaluate(() => [document.body.inert, getComputedStyle(document.body).position])).toEqual([
    true,
    "fixed",
  ]);
  await chat.in.getByTestId("w-new").click();
  await write(chat, "Telefondan");
  const frame = page.frames()[1];
  expect(await frame?.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
    0,
  );
  await chat.in.getByTestId("w-close").click();
  await expect(chat.launcher).toBeVisible();
  expect(await page.evaluate(() => [document.body.inert, getComputedStyle(document.body).position])).toEqual([
    false,
    "static",
  ]);
  await context.close();
});

test("blocked storage: a session without memory, and a word about it", async ({ page, parley, owner }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("blocked", "SecurityError");
        },
      });
    }
  });
  const chat = await openDemo(page, parley, await makeSite(owner));
  await expect(chat.in.getByTestId("w-session")).toBeVisible();
  await chat.in.getByTestId("w-new").click();
  await write(chat, "Just for now");
  await owner.say(1, "Here you are");
  await expect(said(chat, "Here you are")).toBeVisible();
});

test("what is written without a network goes out once when it is back; logging out forgets", async ({
  page,
  context,
  parley,
  owner,
}) => {
  const site = await makeSite(owner);
  const chat = await openDemo(page, parley, site);
  await chat.in.getByTestId("w-new").click();
  await write(chat, "First");
  await context.setOffline(true);
  await chat.in.getByTestId("w-input").fill("Second");
  await chat.in.getByTestId("w-send").click();
  await expect(
    chat.in.getByTestId("w-mark-queued").or(chat.in.getByTestId("w-mark-sending")).first(),
  ).toBeVisible();
  await context.setOffline(false);
  await expect(chat.in.getByTestId("w-mark-queued").or(chat.in.getByTestId("w-mark-sending"))).toHaveCount(0);
  const texts = async () =>
    (await owner.call<{ messages: { text: string }[] }>("GET", "/conversations/1")).messages.map(
      ({ text }) => text,
    );
  await expect.poll(texts).toEqual(["First", "Second"]);

  await page.evaluate(() => (window as unknown as { $chat: (verb: string) => void }).$chat("logout"));
  await expect(chat.in.getByTestId("w-home")).toBeVisible();
  await page.reload();
  await expect(chat.in.getByTestId("w-home")).toBeVisible();
  await expect(chat.in.getByTestId(/^w-conv-/)).toHaveCount(0);
});
