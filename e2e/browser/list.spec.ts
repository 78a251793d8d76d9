import { Colleague, expect, test, type Page } from "./parley";
import { expectAccessible, signIn } from "./steps";

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
