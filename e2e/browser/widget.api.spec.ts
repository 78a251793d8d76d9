import { chatOf, expect, makeSite, said, test, write } from "./widget";
import type { Page } from "./parley";

type Shop = Window & {
  $chat: (verb: string, given?: unknown, hear?: (detail?: object) => void) => unknown;
  heard: [string, object | undefined][];
  end: () => void;
};

const events = [
  "ready",
  "open",
  "close",
  "unread",
  "message:sent",
  "message:received",
  "handover",
  "resolved",
  "error",
];

/** Calls the chat as the website's own script would. */
const call = (page: Page, verb: string, given?: unknown) =>
  page.evaluate(
    ([verb, given]) => void (window as unknown as Shop).$chat(verb as string, given),
    [verb, given],
  );

const heard = (page: Page, name: string) =>
  page.evaluate(
    (name) =>
      (window as unknown as Shop).heard.filter(([each]) => each === name).map(([, detail]) => detail ?? null),
    name,
  );

test("what a website can ask for, and what it hears", async ({ page, parley, owner }) => {
  const settings = await owner.call<object>("GET", "/settings/bot");
  await owner.call("PUT", "/settings/bot", { ...settings, on: true });
  const site = await makeSite(owner);
  // Asked for before the script has come, as by the docs.
  await page.addInitScript((events) => {
    const shop = window as unknown as Shop & { $chat: { q: unknown[] } };
    if (parent !== window) return;
    shop.heard = [];
    shop.$chat ||= Object.assign(
      (...call: unknown[]) => {
        shop.$chat.q.push(call);
        return () => {
          const early = call as unknown[] & { off?: () => void };
          if (early.off) early.off();
          else early.length = 0;
        };
      },
      { q: [] as unknown[] },
    ) as never;
    for (const name of events) shop.$chat("on", name, (detail) => shop.heard.push([name, detail]));
    shop.end = shop.$chat("on", "open", () => shop.heard.push(["twice", undefined])) as () => void;
    shop.$chat("setAttributes", { plan: "pro", seats: 5, hostile: { deep: 1 } });
  }, events);
  await page.goto(`${parley.url}/widget/demo?key=${site.key}&lang=en`);
  const chat = chatOf(page);
  await expect.poll(() => heard(page, "ready")).toHaveLength(1);

  await test.step("hide, show, open, close, toggle", async () => {
    await call(page, "hide");
    await expect(chat.launcher).toBeHidden();
    await call(page, "show");
    await expect(chat.launcher).toBeVisible();
    await call(page, "toggle");
    await expect(chat.in.getByTestId("w-home")).toBeVisible();
    await call(page, "toggle");
    await expect(chat.launcher).toHaveAttribute("aria-expanded", "false");
    await page.evaluate(() => (window as unknown as Shop).end());
    await call(page, "open");
    await expect(chat.launcher).toHaveAttribute("aria-expanded", "true");
    await call(page, "close");
    await expect(chat.launcher).toHaveAttribute("aria-expanded", "false");
    expect(await heard(page, "open")).toHaveLength(2);
    expect(await heard(page, "close")).toHaveLength(2);
    expect(await heard(page, "twice"), "who has stopped listening hears nothing").toHaveLength(1);
  });

  await test.step("setLanguage, at once", async () => {
    await call(page, "open");
    await call(page, "setLanguage", "tr");
    await expect(chat.in.getByTestId("w-new")).toContainText("Konuşma başlat");
    await expect(chat.launcher).toHaveAttribute("aria-label", "Sohbeti kapat");
    await call(page, "setLanguage", "en");
    await expect(chat.in.getByTestId("w-new")).toContainText("Start a conversation");
  });

  await test.step("prefill puts words into the field, to be sent or not", async () => {
    await call(page, "prefill", "About order 1042: ");
    await expect(chat.in.getByTestId("w-input")).toHaveValue("About order 1042: ");
    expect(await heard(page, "message:sent")).toEqual([]);
    await write(chat, "About order 1042: where is it?");
    await expect.poll(() => heard(page, "message:sent")).toHaveLength(1);
    await expect.poll(() => heard(page, "message:received")).toHaveLength(1);
    expect(await heard(page, "message:received")).toMatchObject([{ from: "bot" }]);
    expect(JSON.stringify(await heard(page, "message:sent"))).not.toContain("1042");
  });

  await test.step("the team sees the attributes, and the page also after it has changed", async () => {
    await page.evaluate(() => {
      history.pushState(null, "", `${location.search}&page=basket`);
      document.title = "Basket";
    });
    const customer = async () => {
      type Found = { conversation: { customer: { id: string } } };
      const { conversation } = await owner.call<Found>("GET", "/conversations/1");
      return JSON.stringify(await owner.call("GET", `/customers/${conversation.customer.id}`));
    };
    await expect.poll(customer).toContain('"title":"Basket"');
    expect(await customer()).toContain('"plan":"pro"');
    expect(await customer()).toContain('"seats":"5"');
    expect(await customer()).not.toContain("deep");
  });

  await test.step("handover, unread, resolved, error", async () => {
    await chat.in.getByTestId("w-handover").click();
    await expect.poll(() => heard(page, "handover")).toHaveLength(1);
    await call(page, "close");
    await owner.say(1, "A person here");
    await expect.poll(() => heard(page, "unread")).toContainEqual({ count: 1 });
    await expect(page.getByTestId("w-badge")).toHaveText("1");
    await expect(chat.launcher).toHaveAttribute("aria-label", /1/);
    await call(page, "open");
    await expect(said(chat, "A person here")).toBeVisible();
    await expect(page.getByTestId("w-badge")).toBeEmpty();
    await owner.call("POST", "/conversations/1/resolve", {});
    await expect.poll(() => heard(page, "resolved")).toHaveLength(1);
    await call(page, "identify", { jwt: "nonsense" });
    await expect.poll(() => heard(page, "error")).toEqual([{ code: "unauthorized" }]);
  });

  await test.step("what is not a verb does nothing", async () => {
    for (const verb of ["constructor", "__proto__", "ready", "", "drop table"])
      await call(page, verb, { a: 1 });
    await write(chat, "Still well");
  });
});
