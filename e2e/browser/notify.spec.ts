import { networkInterfaces } from "node:os";
import { randomUUID } from "node:crypto";
import { Colleague, expect, Parley, test, type Page } from "./parley";
import { choose, expectAccessibleInBothThemes, languages, signIn } from "./steps";

/** What the page tells who looks elsewhere, and what it tells the team of who is there. */
for (const language of languages) {
  test(`presence (${language})`, async ({ page, parley, owner }) => {
    const { id } = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const presence = async () =>
      (await owner.call<{ presence: Record<string, string> }>("GET", "/agents")).presence[id];
    await page.clock.install();
    await signIn(page, `${parley.url}/conversations/inbox`);
    await expect.poll(presence).toBe("online");

    await test.step("away after five quiet minutes, back with the first move", async () => {
      await page.clock.runFor(5 * 60_000 + 2_000);
      await expect.poll(presence).toBe("away");
      await page.mouse.move(200, 200);
      await expect.poll(presence).toBe("online");
    });

    await test.step("away by hand, for as long as that is wanted", async () => {
      await page.getByTestId("account-button").click();
      await page.getByTestId("presence-menu").click();
      await expect(page.getByTestId("presence-auto")).toBeFocused();
      await expectAccessibleInBothThemes(page, "the menu of presence");
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await expect.poll(presence).toBeUndefined();
      await expect(page.getByTestId("presence-menu")).toContainText(
        language === "tr" ? "Çevrimdışı" : "Offline",
      );
      await page.getByTestId("presence-menu").click();
      await page.getByTestId("presence-away").click();
      await expect.poll(presence).toBe("away");
      await expect(page.getByTestId("presence-menu")).toContainText(language === "tr" ? "Uzakta" : "Away");
      await page.clock.runFor(1_000);
      await page.mouse.move(300, 300);
      await page.reload();
      await expect(page.getByTestId("account-button")).toBeVisible();
      await page.clock.runFor(2_000);
      await expect.poll(presence).toBe("away");
    });
  });

  test(`notifications (${language})`, async ({ context, page, parley, owner }) => {
    test.slow();
    const agent = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const number = await owner.begin("İrem Çınar", "Merhaba!");
    await owner.call("POST", `/conversations/${number}/unassign`);
    await context.grantPermissions(["notifications"], { origin: parley.url });
    await context.addInitScript(() => {
      const notices: string[] = [];
      const sounds: string[] = [];
      Object.assign(window, { notices, sounds });
      class Heard extends Notification {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options);
          notices.push(`${title}: ${options?.body ?? ""}`);
        }
      }
      window.Notification = Heard;
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...given) {
        sounds.push(String(this.frequency.value));
        return start.apply(this, given);
      };
    });
    await signIn(page, `${parley.url}/settings/notifications`);

    await test.step("are chosen, and asked for only by a click", async () => {
      await page.getByTestId("notif-desktop").click();
      await expect(page.getByTestId("notif-desktop")).toHaveAttribute("aria-checked", "true");
      await page.getByTestId("notif-of").selectOption("all");
      await expectAccessibleInBothThemes(page, "notifications");
      await page.getByTestId("notif-test").click();
      await expect.poll(() => heard(page, "sounds")).not.toHaveLength(0);
      await choose(page, "notif-chime-bell");
      await page.getByTestId("notif-volume").fill("30");
    });

    await page.getByTestId("settings-back").click();
    await expect(page.getByTestId("conv-list")).toBeVisible();
    const second = await context.newPage();
    await second.goto(`${parley.url}/conversations/inbox`);
    await expect(second.getByTestId("conv-list")).toBeVisible();
    await second.getByTestId("conv-list").click({ position: { x: 5, y: 5 } });

    await test.step("come while one looks elsewhere, from one tab of two", async () => {
      for (const tab of [page, second]) await lookElsewhere(tab);
      await owner.call("POST", `/conversations/${number}/assign`, { agent_id: agent.id });
      const notices = async () => [...(await heard(page, "notices")), ...(await heard(second, "notices"))];
      await expect.poll(notices).toHaveLength(1);
      expect((await notices())[0]).toContain(`İrem Çınar · #${number}`);
      await expect
        .poll(async () => (await heard(page, "sounds")).length + (await heard(second, "sounds")).length)
        .toBeGreaterThan(0);
    });

    await test.step("leave a dot on the icon until the page is looked at", async () => {
      const icon = () => page.locator("link[rel=icon]").getAttribute("href");
      await expect.poll(icon).toMatch(/icon-news/);
      await page.evaluate(() => {
        document.hasFocus = () => true;
        dispatchEvent(new Event("focus"));
      });
      await expect.poll(icon).not.toMatch(/icon-news/);
    });

    await test.step("keep still about what was switched off", async () => {
      await second.close();
      await page.goto(`${parley.url}/settings/notifications`);
      await page.getByTestId("notif-assigned-desktop").uncheck();
      await page.getByTestId("notif-assigned-sound").uncheck();
      await expect
        .poll(() =>
          page.evaluate(async () => {
            const { preferences } = (await (await fetch("/api/v1/me")).json()) as {
              preferences: { occasions?: { assigned: unknown } };
            };
            return preferences.occasions?.assigned;
          }),
        )
        .toEqual({ desktop: false, sound: false });
      await lookElsewhere(page);
      const before = await heard(page, "notices");
      await owner.call("POST", `/conversations/${number}/unassign`);
      await owner.call("POST", `/conversations/${number}/assign`, { agent_id: agent.id });
      const icon = () => page.locator("link[rel=icon]").getAttribute("href");
      await expect.poll(icon).toMatch(/icon-news/);
      expect(await heard(page, "notices")).toEqual(before);
    });
  });
}

const lan = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === "IPv4" && !address.internal)?.address;

test("on plain HTTP the reason is told, with a way out", async ({ page }) => {
  test.skip(!lan, "this machine has no address but its own");
  const parley = await Parley.start(undefined, `${lan}:0`);
  try {
    const owner = new Colleague(parley.url);
    await owner.setUp(parley.code, "tr");
    await signIn(page, `${parley.url}/settings/notifications`, "owner@example.com");
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    await expect(page.getByTestId("notif-desktop")).toBeDisabled();
    await expectAccessibleInBothThemes(page, "notifications on plain HTTP");
    await page.getByTestId("notif-insecure").getByRole("link").click();
    await expect(page.getByRole("heading", { name: "HTTPS" })).toBeInViewport();
    await expect(page.getByTestId("about-version")).not.toBeEmpty();
    await page.getByTestId("about-copy").click();
    await expect(page.getByTestId("toast")).toBeVisible();
    await expectAccessibleInBothThemes(page, "about");

    await test.step("everything else works without a secure page", async () => {
      const made = await owner.call<{ customer: { id: string } }>("POST", "/customers", { name: "Ada" });
      const { conversation } = await owner.call<{ conversation: { number: number } }>(
        "POST",
        "/conversations",
        {
          client_id: randomUUID(),
          customer_id: made.customer.id,
          text: "Merhaba",
        },
      );
      await page.goto(`${parley.url}/c/${conversation.number}`);
      await page.getByTestId("composer-input").fill("Buradayız");
      await page.getByTestId("composer-input").press("Enter");
      await expect(page.getByTestId("thread")).toContainText("Buradayız");
    });
  } finally {
    await parley.stop();
  }
});

/** What a page has told by notices or sounds. */
async function heard(page: Page, what: "notices" | "sounds"): Promise<string[]> {
  return page.evaluate((what) => (window as unknown as Record<string, string[]>)[what]!, what);
}

/** A browser without a screen takes every page for watched. */
async function lookElsewhere(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.hasFocus = () => false;
    dispatchEvent(new Event("blur"));
  });
}
