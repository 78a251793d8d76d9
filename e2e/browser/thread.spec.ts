import { randomUUID } from "node:crypto";
import { Line } from "./line";
import { expectAccessibleInBothThemes, languages, signIn } from "./steps";
import {
  expect,
  expectReached,
  heightOf,
  inView,
  longest,
  odd,
  talks,
  test,
  Visitor,
  watchShifts,
  writtenAt,
} from "./talk";

const words = {
  tr: {
    read: "Okundu",
    delivered: "İletildi",
    sent: "Gönderildi",
    newMessages: "2 yeni mesaj",
    rated: "5 üzerinden 4",
  },
  en: { read: "Read", delivered: "Delivered", sent: "Sent", newMessages: "2 new messages", rated: "4 of 5" },
};

for (const language of languages) {
  const word = words[language];

  test(`reading a long conversation (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await signIn(page, `${parley.url}/conversations/inbox/${talks.long}`);
    const thread = page.getByTestId("thread");
    await expect(page.getByTestId(`msg-${longest}`)).toBeInViewport();

    await test.step("older messages come while one scrolls, and nothing jumps", async () => {
      const expectStill = await watchShifts(page);
      const wrong = await thread.evaluate(async (thread) => {
        const tops = () =>
          new Map(
            [...thread.querySelectorAll("article")].map((each) => [
              each.id,
              each.getBoundingClientRect().top,
            ]),
          );
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        let before = tops();
        let wrong = 0;
        for (let i = 0; i < 150; i++) {
          const from = thread.scrollTop;
          thread.scrollTop -= 80;
          const by = from - thread.scrollTop;
          await frame();
          const after = tops();
          for (const [id, top] of after) if (Math.abs(top - (before.get(id) ?? top - by) - by) > 1) wrong++;
          before = after;
        }
        return wrong;
      });
      expect(wrong, "messages that moved otherwise than they were scrolled").toBe(0);
      await expectStill();
      expect(Math.max(...(await inView(page)))).toBeLessThan(longest - 80);
      expect(await page.locator("*").count()).toBeLessThan(3000);
    });

    await test.step("a day stays in sight, and leads to another", async () => {
      const day = page.locator("[data-day]").first();
      const { y } = (await day.boundingBox())!;
      const { y: top } = (await thread.boundingBox())!;
      expect(y - top).toBeLessThan(8);
      const wanted = writtenAt(300);
      await day.getByRole("button").click();
      await expect(page.getByTestId("jump-date")).toBeFocused();
      await expectAccessibleInBothThemes(page, "going to a date");
      await page.getByTestId("jump-date").fill(wanted.toISOString().slice(0, 10));
      await page.getByTestId("jump-go").click();
      await expect(page.locator(".ringed")).toBeInViewport();
      await expect(thread).toBeFocused();
      const [first] = await inView(page);
      expect(Math.abs((first ?? 0) - 300)).toBeLessThan(40);
    });

    await test.step("the ends by keys, and messages one by one", async () => {
      await thread.press("Home");
      await expect(page.getByTestId("msg-1")).toBeInViewport();
      await expect(page.getByTestId("thread-start")).toBeVisible();
      await thread.press("End");
      await expect(page.getByTestId(`msg-${longest}`)).toBeInViewport();
      await expect(page.getByTestId("jump-latest")).toHaveCount(0);
      await thread.press("ArrowUp");
      await expect(page.getByTestId(`msg-${longest}`)).toBeFocused();
      await page.keyboard.press("ArrowUp");
      await expect(page.getByTestId(`msg-${longest - 1}`)).toBeFocused();
    });

    await test.step("where the scroll bar is pulled to is what is shown", async () => {
      await thread.evaluate((thread) => (thread.scrollTop = thread.scrollHeight / 2));
      await expect.poll(async () => Math.abs(((await inView(page))[0] ?? 0) - longest / 2)).toBeLessThan(60);
      await thread.evaluate((thread) => (thread.scrollTop = 0));
      await expect(page.getByTestId("msg-1")).toBeInViewport();
      await page.getByTestId("jump-latest").click();
      await expect(page.getByTestId(`msg-${longest}`)).toBeInViewport();
    });

    await expectAccessibleInBothThemes(page, "a long conversation");
  });

  test(`what comes in (${language})`, async ({ page, parley, owner }) => {
    const visitor = await Visitor.arrive(parley.url, owner);
    await visitor.say("Merhaba, orada mısınız?");
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await signIn(page, `${parley.url}/conversations/inbox`);
    await page.locator("[data-testid^=conv-row]").first().click();
    const polite = page.getByTestId("live-polite");

    await test.step("the customer types, then writes", async () => {
      const expectStill = await watchShifts(page);
      await visitor.type(page);
      await expect(page.getByTestId("typing-customer")).toBeVisible();
      await visitor.say("Biri var mı?");
      await expect(page.getByTestId("thread")).toContainText("Biri var mı?");
      await expect(polite).toContainText("Biri var mı?");
      await expect(page.getByTestId("typing-customer")).toHaveCount(0);
      await expectStill();
    });

    await test.step("an answer is sent, delivered, read", async () => {
      await page.getByTestId("composer-input").fill("Buradayım.");
      await page.getByTestId("composer-input").press("Enter");
      const state = page.getByTestId("msg-state").last();
      await expect(state).toHaveText(new RegExp(`${word.sent}|${word.delivered}`));
      await visitor.read(3);
      await expect(state).toContainText(word.read);
      await expect(page.getByRole("article", { name: word.read })).toHaveCount(1);
      await expect(page.getByTestId("msg-state")).toHaveCount(1);
    });

    await test.step("resolved, it is rated", async () => {
      await page.getByTestId("btn-resolve").click();
      await expect(page.getByTestId("btn-reopen")).toBeVisible();
      await visitor.rate(4, "Çok hızlıydı");
      await expect(page.getByTestId("event-rated")).toContainText(word.rated);
      await expect(page.getByTestId("thread")).toContainText("Çok hızlıydı");
    });
    await expectAccessibleInBothThemes(page, "a rated conversation");
  });

  test(`unread messages (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await signIn(page, `${parley.url}/conversations/inbox`);
    const unread = async () =>
      (await owner.call<{ conversation: { unread: number } }>("GET", `/conversations/${talks.unread}`))
        .conversation.unread;

    await page.getByTestId(`conv-row-${talks.unread}`).click();
    await expect(page.getByTestId("unread-line")).toBeInViewport();
    await expect(page.getByTestId("msg-51")).toBeInViewport();
    await expect(page.getByTestId("msg-90")).not.toBeInViewport();
    await page.waitForTimeout(1500);
    expect(await unread(), "the end was not in view").toBe(40);

    const expectStill = await watchShifts(page);
    const before = await heightOf(page, 55);
    const view = (await page.getByTestId("thread").boundingBox())!.height;
    await owner.say(talks.unread, "Bakıyorum.");
    await owner.say(talks.unread, "Buldum.");
    await expect(page.getByTestId("new-pill")).toContainText(word.newMessages);
    expect(Math.abs((await heightOf(page, 55)) - before) * view).toBeLessThanOrEqual(1);
    await expectStill();
    await expectAccessibleInBothThemes(page, "new messages below");

    await page.getByTestId("new-pill").click();
    await expect(page.getByTestId("thread")).toContainText("Buldum.");
    await expect(page.getByTestId("new-pill")).toHaveCount(0);
    await expect.poll(unread).toBe(0);
    await expect(page.getByTestId("unread-line")).toHaveCount(1);
  });

  test(`what is hard to show (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await signIn(page, `${parley.url}/conversations/inbox/${talks.odd}#m-2`);
    const thread = page.getByTestId("thread");
    await expect(page.getByTestId("msg-2")).toHaveClass(/ringed/);
    const isWide = () => thread.evaluate((thread) => thread.scrollWidth > thread.clientWidth);
    expect(await isWide(), "it scrolls sideways").toBe(false);
    await expect(page.getByTestId("msg-2")).not.toContainText("SON");
    await page.getByTestId("msg-2").getByTestId("msg-unfold").click();
    await expect(page.getByTestId("msg-2")).toContainText("SON");
    expect(await isWide(), "unfolded, it scrolls sideways").toBe(false);
    await thread.press("End");
    await expect(page.getByTestId("msg-5")).toBeInViewport();
    const text = (seq: number) => page.getByTestId(`msg-${seq}`).locator("p[dir=auto]").last();
    expect(await text(4).evaluate((p) => getComputedStyle(p).direction)).toBe("rtl");
    const size = (seq: number) => text(seq).evaluate((p) => parseFloat(getComputedStyle(p).fontSize));
    expect(await size(5)).toBeGreaterThan(2 * (await size(4)));
    expect(odd.emoji).toBe(await text(5).innerText());
    await expectAccessibleInBothThemes(page, "what is hard to show");
  });

  test(`no such conversation (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await signIn(page, `${parley.url}/conversations/inbox/99999`);
    await expect(page.getByTestId("thread-error")).toContainText("99999");
    await expect(page.getByTestId(`conv-row-${talks.long}`)).toBeVisible();
    await expectAccessibleInBothThemes(page, "no such conversation");
    await page.getByTestId("thread-error-search").fill("#2");
    await page.getByTestId("thread-error-search").press("Enter");
    await expect(page.getByTestId("conv-number")).toHaveText("#2");
    await page.goto(`${parley.url}/conversations/inbox/99999`);
    await page.getByTestId("thread-error-search").fill("televizyon");
    await page.getByTestId("thread-error-go").click();
    await expect(page.getByTestId(`search-hit-${talks.long}`)).toBeVisible();
  });
}

test("a link to a message, from anywhere", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
  await signIn(page, `${parley.url}/c/${talks.long}#m-431`);
  await expectReached(page, 431);
  await expect(page).toHaveURL(/\/conversations\/\w+\/1#m-431$/);
  await expect(page.getByTestId("msg-431"), "the ring goes by itself").not.toHaveClass(/ringed/);
  await page.reload();
  await expectReached(page, 431);
});

test("what happens to an open conversation elsewhere", async ({ page, parley, owner }) => {
  const agent = await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
  await signIn(page, `${parley.url}/conversations/unassigned/${talks.long}`);
  await expect(page.getByTestId(`msg-${longest}`)).toBeInViewport();
  const expectStill = await watchShifts(page);
  const act = (verb: string, body = {}) => owner.call("POST", `/conversations/${talks.long}/${verb}`, body);
  await act("assign", { agent_id: agent.id });
  await expect(page.getByTestId("moved-notice")).toContainText("Atanmış");
  await expect(page.getByTestId(`msg-${longest}`)).toBeInViewport();
  await expectStill();
  await act("archive");
  await expect(page.getByTestId("moved-notice")).toContainText("Arşiv");
  await expect(page.getByTestId("event-archived")).toBeAttached();
  await page.getByTestId("moved-notice").getByRole("link").click();
  await expect(page).toHaveURL(/\/conversations\/archive\/1$/);
  await expect(page.getByTestId("moved-notice")).toHaveCount(0);
});

test("who else is there", async ({ page, parley, owner, browser }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
  await owner.hire("Mehmet Yılmaz", "mehmet@example.com", "tr");
  await signIn(page, `${parley.url}/conversations/inbox/${talks.odd}`);
  await expect(page.getByTestId("msg-5")).toBeInViewport();
  const other = await (await browser.newContext()).newPage();
  await signIn(other, `${parley.url}/conversations/inbox/${talks.odd}`, "mehmet@example.com");

  await test.step("one who looks is named in the thread and in the list", async () => {
    await expect(page.getByTestId("thread-header")).toContainText("Mehmet Yılmaz görüntülüyor");
    const row = page.getByTestId(`conv-row-${talks.odd}`);
    await expect(row.getByTestId("conv-row-viewer")).toContainText("MY");
  });

  await test.step("one who types too, and nothing moves", async () => {
    const expectStill = await watchShifts(page);
    await other.getByTestId("composer-input").pressSequentially("Ben bakıyorum");
    await expect(page.getByTestId("typing-agent")).toHaveText("Mehmet Yılmaz yazıyor…");
    await other.getByTestId("composer-input").press("Enter");
    await expect(page.getByTestId("thread")).toContainText("Ben bakıyorum");
    await expect(page.getByTestId("typing-agent")).toHaveCount(0);
    await expectStill();
  });

  await test.step("one who leaves is gone", async () => {
    await other.context().close();
    await expect(page.getByTestId("thread-header")).not.toContainText("Mehmet Yılmaz");
  });
});

test("messages that could not be loaded", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  await signIn(page, `${parley.url}/conversations/inbox`);
  await page.getByTestId(`conv-row-${talks.odd}`).waitFor();
  await page.route("**/api/v1/conversations/1", (route) => route.abort());
  await page.getByTestId(`conv-row-${talks.long}`).click();
  await expect(page.getByTestId("thread-error")).toBeVisible();
  await expectAccessibleInBothThemes(page, "messages that could not be loaded");
  await page.unroute("**/api/v1/conversations/1");
  await page.getByTestId("thread-retry").click();
  await expect(page.getByTestId(`msg-${longest}`)).toBeInViewport();

  await page.route("**/messages?before=*", (route) => route.abort());
  await page.getByTestId("thread").evaluate(async (thread) => {
    const isOver = () => document.querySelector("[data-testid=thread-older-retry]") !== null;
    for (let i = 0; i < 500 && !isOver(); i++) {
      thread.scrollTop -= 100;
      await new Promise((done) => requestAnimationFrame(done));
    }
  });
  await expect(page.getByTestId("thread-older-retry")).toBeVisible();
  await page.unroute("**/messages?before=*");
  await page.getByTestId("thread-older-retry").click();
  await expect(page.getByTestId("thread-older-retry")).toHaveCount(0);
});

test("what could not be loaded comes by itself when the connection is back", async ({
  browser,
  parley,
  owner,
}) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  const line = await Line.lay();
  const context = await line.browse(browser);
  const page = await context.newPage();
  await signIn(page, `${parley.url}/conversations/inbox`);
  await page.getByTestId(`conv-row-${talks.odd}`).waitFor();
  // The thread's part of the screen is there; the customer's is not, and comes too.
  await page.waitForFunction(() => {
    const fetched = performance.getEntriesByType("resource").map(({ name }) => name);
    return ["ThreadPane", "HitsBar"].every((part) =>
      fetched.some((name) => name.includes(`/${part}-`) && name.endsWith(".js")),
    );
  });
  line.cut();
  await page.getByTestId(`conv-row-${talks.long}`).click();
  await expect(page.getByTestId("thread-error")).toBeVisible();
  line.mend();
  await expect(page.getByTestId(`msg-${longest}`)).toBeInViewport();
  await expect(page.getByTestId("pane-customer")).toContainText("Uzun Işık");
  await context.close();
  line.close();
});

test("the same message, told once", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  await signIn(page, `${parley.url}/conversations/inbox/${talks.odd}`);
  await page.getByTestId("msg-5").waitFor();
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    const live = document.querySelector("[data-testid=live-polite]")!;
    new MutationObserver(() => live.textContent && told.push(live.textContent)).observe(live, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  for (let i = 1; i <= 4; i++) {
    await owner.call("POST", `/conversations/${talks.odd}/messages`, {
      client_id: randomUUID(),
      text: `Part ${i}`,
    });
  }
  await expect(page.getByTestId("thread")).toContainText("Part 4");
  await page.waitForTimeout(1500);
  const told = await page.evaluate(() => (window as unknown as { told: string[] }).told);
  expect(told.length).toBeLessThanOrEqual(2);
  expect(told[0]).toContain("Part 1");
});
