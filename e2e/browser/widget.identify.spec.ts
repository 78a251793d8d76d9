import { createHmac, randomUUID } from "node:crypto";
import { chatOf, expect, makeSite, said, test, Website, write } from "./widget";
import type { Page } from "./parley";

interface Claims {
  sub: string;
  name?: string;
  email?: string;
  exp?: number;
  jti?: string;
}

/** Signs for a user as a website's server would. */
function sign(secret: string, site: string, { sub, name, email, exp, jti = randomUUID() }: Claims): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { sub, name, email, jti, aud: site, iat: (exp ?? now + 300) - 300, exp: exp ?? now + 300 };
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

type Shop = Window & {
  $chat: (verb: string, given?: unknown, hear?: (detail: { code: string }) => void) => void;
  codes: string[];
};

/** A visitor's page, with what the website's own script would do on it. */
async function visit(page: Page, address: string) {
  await page.goto(address);
  const chat = chatOf(page);
  await expect(chat.launcher).toBeVisible();
  await page.evaluate(() => {
    const shop = window as unknown as Shop;
    shop.codes = [];
    shop.$chat("on", "error", ({ code }) => void shop.codes.push(code));
  });
  return {
    ...chat,
    say: (verb: string, given?: unknown) =>
      page.evaluate(
        ([verb, given]) => (window as unknown as Shop).$chat(verb as string, given),
        [verb, given],
      ),
    codes: () => page.evaluate(() => (window as unknown as Shop).codes.join()),
  };
}

test("a website vouches for who is signed in, and for nobody else", async ({
  page,
  browser,
  parley,
  owner,
  website: elsewhere,
}) => {
  const website = await Website.start("127.0.0.1");
  const site = await makeSite(owner, {
    origins: [website.origin, elsewhere.origin],
    fields: { name: "off", email: "required", phone: "off" },
  });
  const { secret } = await owner.call<{ secret: string }>("POST", `/sites/${site.id}/secret`, {});
  website.carry(parley, site);
  elsewhere.carry(parley, site);
  const ayse = { sub: "user-1", name: "Ayşe Kaya", email: "ayse@example.com" };
  const customerOf = async (number: number) => {
    type Found = { conversation: { customer: { id: string } } };
    const { conversation } = await owner.call<Found>("GET", `/conversations/${number}`);
    return owner.call<{ verified: boolean; email: string; external_id: string }>(
      "GET",
      `/customers/${conversation.customer.id}`,
    );
  };

  const chat = await visit(page, website.origin);
  await chat.say("open");

  await test.step("nobody yet: the form asks, and what is said proves nothing", async () => {
    await chat.in.getByTestId("w-new").click();
    await chat.in.getByTestId("w-field-email").fill("ayse@example.com");
    await chat.in.getByTestId("w-prechat-submit").click();
    await write(chat, "Before anybody vouched");
    expect(JSON.stringify(await customerOf(1))).toContain('"verified":false');
  });

  await test.step("what is forged, too old, or for another site is refused and changes nothing", async () => {
    const now = Math.floor(Date.now() / 1000);
    const bad = [
      sign("not-the-secret", site.key, ayse),
      sign(secret, site.key, { ...ayse, exp: now - 120 }),
      sign(secret, "another-site", ayse),
      sign(secret, site.key, ayse).replace(/^[^.]+/, Buffer.from('{"alg":"none"}').toString("base64url")),
    ];
    for (const [i, jwt] of bad.entries()) {
      await chat.say("identify", { jwt });
      await expect.poll(chat.codes).toBe(
        Array(i + 1)
          .fill("unauthorized")
          .join(),
      );
    }
    await expect(said(chat, "Before anybody vouched")).toBeVisible();
  });

  const jwt = sign(secret, site.key, ayse);

  await test.step("signed, she is herself: nothing is asked, and what was before stays apart", async () => {
    await chat.say("identify", { jwt });
    await expect(chat.in.getByTestId("w-home")).toBeVisible();
    await expect(chat.in.getByTestId(/^w-conv-/)).toHaveCount(0);
    await chat.in.getByTestId("w-new").click();
    await expect(chat.in.getByTestId("w-prechat")).toHaveCount(0);
    await write(chat, "It is me, canary");
    const known = JSON.stringify(await customerOf(2));
    expect(known).toContain('"verified":true');
    expect(known).toContain("ayse@example.com");
    expect(JSON.stringify(await customerOf(1))).toContain('"verified":false');
  });

  await test.step("a signature opens once", async () => {
    const before = await chat.codes();
    await chat.say("identify", { jwt });
    await expect.poll(chat.codes).toBe(`${before},unauthorized`);
    await expect(said(chat, "It is me, canary")).toBeVisible();
  });

  await test.step("the next page finds her where she was", async () => {
    await page.reload();
    const again = await visit(page, website.origin);
    await again.say("identify", { jwt: sign(secret, site.key, ayse) });
    await again.say("open");
    await expect(said(again, "It is me, canary")).toBeVisible();
    await write(again, "And again");
    expect(await again.codes()).toBe("");
  });

  await test.step("on another device she finds her conversation, even one that keeps nothing", async () => {
    const context = await browser.newContext();
    const there = await visit(await context.newPage(), elsewhere.origin);
    await there.say("identify", { jwt: sign(secret, site.key, ayse) });
    await there.say("open");
    await there.in
      .getByTestId(/^w-conv-/)
      .first()
      .click();
    await expect(said(there, "And again")).toBeVisible();
    await expect(there.in.getByTestId("w-session")).toBeVisible();
    await context.close();
  });

  await test.step("two of her pages, each with a signature of its own, don't disturb each other", async () => {
    const context = page.context();
    const second = await context.newPage();
    const there = await visit(second, website.origin);
    await there.say("identify", { jwt: sign(secret, site.key, ayse) });
    await there.say("open");
    await expect(said(there, "And again")).toBeVisible();
    await owner.say(2, "To both");
    await expect(said(there, "To both")).toBeVisible();
    await expect(said(chat, "To both")).toBeAttached();
    await second.close();
  });

  await test.step("somebody else who signs in sees nothing of her", async () => {
    const other = await visit(page, website.origin);
    await other.say("identify", { jwt: sign(secret, site.key, { sub: "user-2", name: "Can Demir" }) });
    await other.say("open");
    await expect(other.in.getByTestId("w-home")).toBeVisible();
    await expect(other.in.getByTestId(/^w-conv-/)).toHaveCount(0);
    await expect(other.in.locator("body")).not.toContainText("canary");
    await other.in.getByTestId("w-new").click();
    await write(other, "I am somebody else");
    expect(JSON.stringify(await customerOf(3))).toContain("Can Demir");
  });

  await test.step("signing out forgets all of it", async () => {
    const last = await visit(page, website.origin);
    await last.say("open");
    await expect(said(last, "I am somebody else")).toBeVisible();
    await last.say("logout");
    await expect(last.in.getByTestId("w-home")).toBeVisible();
    await expect(last.in.getByTestId(/^w-conv-/)).toHaveCount(0);
    const kept = await last.in.locator("body").evaluate(() => JSON.stringify(localStorage));
    expect(kept).not.toMatch(/token|canary|somebody/);
    const gone = await visit(page, website.origin);
    await gone.say("open");
    await expect(gone.in.getByTestId("w-home")).toBeVisible();
    await expect(gone.in.getByTestId(/^w-conv-/)).toHaveCount(0);
  });
  await website.stop();
});
