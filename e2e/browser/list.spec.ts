import { randomUUID } from "node:crypto";
import { Colleague, expect, test, type Page } from "./parley";
import { expectAccessible, languages, signIn } from "./steps";

/** The list: nothing in it moves under somebody's pointer or focus, and what goes says why. */

test.describe("the list", () => {
  let elif: Colleague;

  test.beforeEach(async ({ parley, owner }) => {
    await owner.hire("Elif Kaya", "elif@example.com", "tr");
    await owner.hire("Işıl Çağlar", "isil@example.com", "en");
    elif = new Colleague(parley.url);
    await elif.signIn("elif@example.com");
  });

  test("rows come by themselves while nobody is at it, and wait while somebody is", async ({
    page,
    parley,
    owner,
  }) => {
    const first = await begun(owner, "Ada Lovelace");
    const second = await begun(owner, "İrem Çınar");
    await signIn(page, `${parley.url}/conversations/inbox`);
    await expectOrder(page, [second, first]);

    await test.step("nobody is at it", async () => {
      await owner.say(first, "And another thing");
      await expectOrder(page, [first, second]);
      await expect(page.getByTestId("list-pill")).toHaveCount(0);
    });

    const third = await test.step("a pointer is over a row", async () => {
      await page.getByTestId(`conv-row-${second}`).hover();
      const third = await begun(owner, "Mehmet Işık");
      await owner.say(second, "Hello?");
      await expect(page.getByTestId("list-pill")).toHaveText("2 updates");
      // What a row says is new at once.
      await expect(page.getByTestId(`conv-row-${second}`)).toContainText("Hello?");
      await expectOrder(page, [first, second]);
      await expectAccessible(page, "the pill");
      await page.getByTestId("list-pill").click();
      await expectOrder(page, [second, third, first]);
      await expect(page.getByTestId(`conv-row-${second}`)).toBeFocused();
      return third;
    });

    await test.step("the focus is on a row, and keys go in the order that is seen", async () => {
      await page.mouse.move(900, 400);
      await page.keyboard.press("j");
      await expect(page.getByTestId(`conv-row-${third}`)).toBeFocused();
      await owner.say(first, "Still there?");
      await expect(page.getByTestId("list-pill")).toHaveText("1 update");
      await page.keyboard.press("j");
      await expect(page.getByTestId(`conv-row-${first}`)).toBeFocused();
      await page.keyboard.press("Home");
      await expectOrder(page, [first, second, third]);
      await expect(page.getByTestId(`conv-row-${first}`)).toBeFocused();
    });

    await test.step("the focus has gone elsewhere", async () => {
      await owner.say(third, "Good morning");
      await expect(page.getByTestId("list-pill")).toBeVisible();
      await page.getByTestId("search-input").focus();
      await expectOrder(page, [third, first, second]);
    });
  });

  test("what somebody else takes away says why before it goes", async ({ page, parley, owner }) => {
    const first = await unled(owner, "Ada Lovelace");
    const second = await unled(owner, "İrem Çınar");
    await signIn(page, `${parley.url}/conversations/unassigned`);
    await page.getByTestId(`conv-row-${first}`).click();
    await expect(page.getByTestId("conv-number")).toContainText(`#${first}`);
    await page.mouse.move(900, 400);

    await elif.call("POST", `/conversations/${first}/assign`, { agent_id: await elif.id() });
    const row = page.getByTestId(`conv-row-${first}`);
    await expect(row.getByTestId("conv-row-reason")).toHaveText("Assigned agent: Elif Kaya");
    await expectAccessible(page, "a row that goes");
    await expect(row).toHaveCount(0);
    // The thread stays, and the focus goes to what took the row's place.
    await expect(page.getByTestId("conv-number")).toContainText(`#${first}`);
    await expect(page.getByTestId("moved-notice")).toBeVisible();
    await expect(page.getByTestId(`conv-row-${second}`)).toBeFocused();
  });

  test("what one does oneself goes at once, and the next opens", async ({ page, parley, owner }) => {
    const numbers = [];
    for (const name of ["Ada", "Bora", "Cem", "Deniz", "Ece"]) numbers.push(await begun(owner, name));
    const [a, b, c, d, e] = numbers as [number, number, number, number, number];
    await signIn(page, `${parley.url}/conversations/unresolved/${d}`);
    await expect(page.getByTestId("conv-number")).toContainText(`#${d}`);
    const opened = (number: number) => expect(page.getByTestId("conv-number")).toContainText(`#${number}`);

    await page.keyboard.press("e");
    await opened(c);
    await expectOrder(page, [e, c, b, a]);

    await test.step("undone, it comes back where it was", async () => {
      await page.keyboard.press("z");
      await expectOrder(page, [e, d, c, b, a]);
      await opened(c);
    });

    await test.step("the previous one, for whoever wants that", async () => {
      await prefer(page, "previous");
      await page.keyboard.press("e");
      await opened(d);
      await expectOrder(page, [e, d, b, a]);
    });

    await test.step("or none at all", async () => {
      await prefer(page, "stay");
      await page.keyboard.press("e");
      await expect(page.getByTestId("btn-reopen")).toBeVisible();
      await expectOrder(page, [e, b, a]);
      await opened(d);
    });

    await test.step("or the list", async () => {
      await page.getByTestId(`conv-row-${b}`).click();
      await prefer(page, "list");
      await page.getByTestId("btn-resolve").click();
      await expect(page.getByTestId("thread-empty")).toBeVisible();
      await expectOrder(page, [e, a]);
    });
  });

  test("what one takes up stays open", async ({ page, parley, owner }) => {
    const first = await unled(owner, "Ada Lovelace");
    const second = await unled(owner, "İrem Çınar");
    await signIn(page, `${parley.url}/conversations/unassigned/${second}`);
    await expect(page.getByTestId("conv-number")).toContainText(`#${second}`);
    await page.keyboard.press("Shift+A");
    await expectOrder(page, [first]);
    await expect(page.getByTestId("conv-number")).toContainText(`#${second}`);
    await expect(page.getByTestId("moved-notice")).toBeVisible();
  });
});

test("a sign that the list is coming is seen, if it is shown at all", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
  const number = await begun(owner, "Ada Lovelace");
  await signIn(page, `${parley.url}/settings/about`);
  await page.evaluate(() => {
    const seen = { from: 0, to: 0 };
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const isThere = document.querySelector("[data-testid=list-skeleton]") !== null;
      if (isThere) seen.from ||= performance.now();
      else if (seen.from) seen.to ||= performance.now();
    }).observe(document.body, { subtree: true, childList: true });
  });
  await page.route("**/api/v1/conversations?*", async (route) => {
    await new Promise((done) => setTimeout(done, 450));
    await route.continue();
  });
  await page.getByTestId("settings-back").click();
  await expect(page.getByTestId(`conv-row-${number}`)).toBeVisible();
  await expect(page.getByTestId("list-skeleton")).toHaveCount(0);
  const shown = await page.evaluate(() => {
    const { seen } = window as unknown as { seen: { from: number; to: number } };
    return seen.to - seen.from;
  });
  expect(shown).toBeGreaterThanOrEqual(395);
});

for (const language of languages) {
  test(`each empty list says why it is, and where to go (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    await signIn(page, `${parley.url}/conversations/inbox`);
    const empty = page.getByTestId("list-empty");
    const step = page.getByTestId("list-empty-step");
    const said = new Set<string>();
    for (const view of ["inbox", "unassigned", "assigned", "resolved", "unresolved", "jetbot", "archive"]) {
      await page.getByTestId(`tab-${view}`).click();
      await expect(page).toHaveURL(new RegExp(`/${view}$`));
      await expect(empty).toBeVisible();
      said.add((await empty.locator("p").first().textContent())!);
      await expectAccessible(page, `nothing in ${view}`);
    }
    expect(said.size).toBe(7);

    await test.step("who waits for nobody is told so", async () => {
      await page.getByTestId("tab-unassigned").click();
      await expect(empty).toContainText(
        language === "tr" ? "Hepsi tamam: ekibi bekleyen kimse yok" : "All done: nobody waits for the team",
      );
      await expect(step).toHaveText(language === "tr" ? "Atanmış sekmesine geç" : "Go to Assigned");
      await step.click();
      await expect(page).toHaveURL(/\/assigned$/);
    });

    await test.step("the widget is set up by who may", async () => {
      await page.getByTestId("tab-inbox").click();
      await expect(empty).toBeVisible();
      await expect(step).toHaveCount(0);
      await page.context().clearCookies();
      await signIn(page, `${parley.url}/conversations/inbox`, "owner@example.com");
      await step.click();
      await expect(page).toHaveURL(/\/settings\/widget$/);
    });
  });

  test(`visitors are told apart (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const first = await unnamed(owner, {});
    const second = await unnamed(owner, {});
    const third = await unnamed(owner, { email: "zeynep@example.com" });
    await signIn(page, `${parley.url}/conversations/inbox`);
    const name = async (number: number) =>
      page.getByTestId(`conv-row-${number}`).locator(".name").textContent();
    await expect(page.getByTestId(`conv-row-${first}`)).toBeVisible();
    const [one, other] = [await name(first), await name(second)];
    expect(one).toMatch(language === "tr" ? /^Ziyaretçi \d{4}$/ : /^Visitor \d{4}$/);
    expect(other).not.toBe(one);
    await expect(page.getByTestId(`conv-row-${third}`).locator(".face")).toContainText("Z");
    await page.getByTestId(`conv-row-${first}`).click();
    await expect(page.getByTestId("thread-header").getByRole("heading")).toHaveText(one!);
    await expect(page).toHaveTitle(new RegExp(one!));
    await page.getByTestId("search-input").fill("kimim");
    await expect(page.getByTestId(`search-hit-${first}`)).toContainText(one!);
    await expect(page.getByTestId(`search-hit-${second}`)).toContainText(other!);
  });
}

/** A conversation with somebody who has not said what they are called. */
async function unnamed(owner: Colleague, known: { email?: string }): Promise<number> {
  const { customer } = await owner.call<{ customer: { id: string } }>("POST", "/customers", known);
  const begun = await owner.call<{ conversation: { number: number } }>("POST", "/conversations", {
    client_id: randomUUID(),
    customer_id: customer.id,
    text: "Kimim ben?",
  });
  return begun.conversation.number;
}

async function begun(owner: Colleague, customer: string): Promise<number> {
  return owner.begin(customer, "Merhaba!");
}

/** A conversation that nobody has. */
async function unled(owner: Colleague, customer: string): Promise<number> {
  const number = await owner.begin(customer, "Merhaba!");
  await owner.call("POST", `/conversations/${number}/unassign`);
  return number;
}

/** Chooses what is shown after a conversation has left the list, and comes back. */
async function prefer(page: Page, afterwards: string): Promise<void> {
  const address = page.url();
  await page.goto(new URL("/settings/keyboard", address).href);
  const kept = page.waitForResponse((answer) => answer.url().endsWith("/me/preferences"));
  await page.locator(`label:has([data-testid="after-${afterwards}"])`).click();
  await kept;
  await page.goto(address);
  await expect(page.getByTestId("conv-number")).toBeVisible();
  await expect(page.getByTestId("btn-resolve")).toBeVisible();
}

async function expectOrder(page: Page, numbers: number[]): Promise<void> {
  await expect
    .poll(() =>
      page.getByTestId("conv-list").evaluate((list) => {
        const rows = [...list.querySelectorAll<HTMLElement>("[data-number]")];
        const top = (row: HTMLElement) => Number(row.closest("li")!.getAttribute("aria-posinset"));
        return rows.sort((a, b) => top(a) - top(b)).map((row) => Number(row.dataset["number"]));
      }),
    )
    .toEqual(numbers);
}
