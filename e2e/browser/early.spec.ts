import { expect, test, type Colleague, type Page } from "./parley";
import { languages, signIn } from "./steps";

/** Keys may be quicker than what they open: they are meant for that, and are never shortcuts of the page. */
for (const language of languages) {
  test(`keys that come early (${language})`, async ({ page, parley, owner }) => {
    const isil = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const ece = await owner.hire("Ece Ağaoğlu", "ece@example.com", language);
    const number = await owner.begin("İrem", "Merhaba");
    const { category } = await owner.call<{ category: { id: string } }>("POST", "/categories", {
      name: { tr: "Kargo", en: "Delivery" },
      closing: { tr: "", en: "" },
      ask_rating: false,
    });
    const show = async () => {
      await page.goto(`${parley.url}/conversations/inbox/${number}`);
      await expect(page.getByTestId("composer-input")).toBeVisible();
      await page.getByTestId("thread").focus();
    };
    await signIn(page, `${parley.url}/conversations/inbox/${number}`);

    await test.step("letters go into the list of agents, though each is a shortcut of the page", async () => {
      const letGo = await holdBack(page, /\/AssignPopover-/);
      await show();
      await page.keyboard.type("aece");
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("assign-search")).toHaveCount(0);
      expect(await conversation(owner, number)).toMatchObject({ state: "open" });
      letGo();
      await expect.poll(async () => (await conversation(owner, number)).agent_id).toBe(ece.id);
      expect(await conversation(owner, number)).toMatchObject({ state: "open", archived: false });
    });

    await test.step("and again when it is there already", async () => {
      await page.unrouteAll();
      await show();
      await page.keyboard.type("aisil");
      await page.keyboard.press("Enter");
      await expect.poll(async () => (await conversation(owner, number)).agent_id).toBe(isil.id);
    });

    await test.step("Esc calls off what has not come", async () => {
      await holdBack(page, /\/CategoryPicker-/);
      await show();
      await page.getByTestId("btn-resolve-as").focus();
      await page.keyboard.press("Enter");
      await page.keyboard.type("e");
      await page.keyboard.press("Escape");
      await expect(page.getByTestId("btn-resolve-as")).toHaveAttribute("aria-expanded", "false");
      expect(await conversation(owner, number)).toMatchObject({ state: "open" });
      await page.unrouteAll({ behavior: "ignoreErrors" });
    });

    await test.step("and so does a press into another field, which is typed into then", async () => {
      await holdBack(page, /\/CategoryPicker-/);
      await show();
      await page.getByTestId("btn-resolve-as").click();
      await page.getByTestId("composer-input").click();
      await page.keyboard.type("Merhaba");
      await expect(page.getByTestId("composer-input")).toHaveValue("Merhaba");
      await expect(page.getByTestId("btn-resolve-as")).toHaveAttribute("aria-expanded", "false");
      await page.getByTestId("composer-input").fill("");
      await page.unrouteAll({ behavior: "ignoreErrors" });
    });

    await test.step("a key that is still down chooses nothing", async () => {
      const letGo = await holdBack(page, /\/CategoryPicker-/);
      await show();
      await page.getByTestId("btn-resolve-as").focus();
      await page.keyboard.down("Enter");
      await page.keyboard.down("Enter");
      await page.keyboard.up("Enter");
      letGo();
      await expect(page.getByTestId("resolve-as-search")).toBeFocused();
      expect(await conversation(owner, number)).toMatchObject({ state: "open" });
      await page.keyboard.type("deliv");
      await page.keyboard.press("Enter");
      await expect.poll(async () => (await conversation(owner, number)).category_id).toBe(category.id);
    });
  });
}

test("what is done quickly is done in its order, though the line is slow", async ({
  page,
  parley,
  owner,
}) => {
  const isil = await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
  const number = await owner.begin("İrem", "Merhaba");
  await signIn(page, `${parley.url}/conversations/inbox/${number}`);
  await expect(page.getByTestId("composer-input")).toBeVisible();
  // The first call of all is the slowest: what is called beside it would be there before it.
  let isFirst = true;
  await page.route(/\/conversations\/\d+\/(tags|assign|resolve)$/, async (route) => {
    if (isFirst) {
      isFirst = false;
      await new Promise((done) => setTimeout(done, 1000));
    }
    await route.continue();
  });
  await page.getByTestId("thread").focus();
  await page.keyboard.press("t");
  await expect(page.getByTestId("tag-input")).toBeFocused();
  for (const tag of ["kargo", "iade"]) {
    await page.keyboard.type(tag);
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("thread-tags")).toContainText(tag);
  }
  await page.keyboard.press("Escape");
  await expect
    .poll(async () => (await conversation(owner, number)).tags.toSorted())
    .toEqual(["iade", "kargo"]);

  isFirst = true;
  await page.getByTestId("thread").focus();
  await page.keyboard.press("Shift+A");
  await page.keyboard.press("e");
  await expect.poll(async () => (await conversation(owner, number)).agent_id).toBe(isil.id);
  await expect.poll(async () => (await conversation(owner, number)).state).toBe("resolved");
  await page.keyboard.press("z");
  await expect.poll(async () => (await conversation(owner, number)).state).toBe("open");

  // Undoing the second of two leaves the first, though that was not answered when the second began.
  isFirst = true;
  await page.keyboard.press("e");
  await page.keyboard.press("y");
  await expect.poll(() => conversation(owner, number)).toMatchObject({ archived: true });
  await page.keyboard.press("z");
  await expect.poll(() => conversation(owner, number)).toMatchObject({ archived: false, state: "resolved" });
});

test("nobody writes before it is known who writes", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
  const number = await owner.begin("İrem", "Merhaba");
  await signIn(page, `${parley.url}/conversations/inbox/${number}`);
  await expect(page.getByTestId("composer-input")).toBeVisible();
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  await page.route("**/api/v1/me", async (route) => {
    await released;
    await route.continue();
  });
  const come = page.waitForResponse(new RegExp(`/conversations/${number}(/|$)`));
  await page.goto(`${parley.url}/c/${number}`);
  await come;
  // Long enough for it to be painted.
  await page.waitForTimeout(500);
  await expect(page.getByTestId("composer-input")).toHaveCount(0);
  release();
  await page.getByTestId("composer-input").fill("Görüşmek üzere");
  await page.getByTestId("btn-resolve").click();
  await expect(page.getByTestId("resolve-ask")).toBeVisible();
});

test("what is typed for something that is still on its way", async ({ page, parley, owner }) => {
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  const number = await owner.begin("İrem Çınar", "Merhaba!");
  await signIn(page, `${parley.url}/conversations/inbox/${number}`);
  await expect(page.getByTestId("btn-resolve")).toBeVisible();
  const keys = page.keyboard;

  await test.step("Esc calls it off", async () => {
    const letGo = await holdBack(page, /\/Palette-/);
    await keys.press("Control+k");
    await keys.type("ea");
    await keys.press("Escape");
    letGo();
    await page.waitForTimeout(500); // long enough for it to come
    await expect(page.getByTestId("palette")).toHaveCount(0);
    await expect(page.getByTestId("assign-popover")).toHaveCount(0);
    expect(await conversation(owner, number)).toMatchObject({ state: "open" });
  });

  await test.step("letters wait for the shortcuts, and are theirs", async () => {
    const letGo = await holdBack(page, /\/Help-/);
    await keys.press("?");
    await keys.type("ares");
    await keys.press("Backspace");
    letGo();
    await expect(page.getByTestId("help-search")).toHaveValue("are");
    await keys.press("Escape"); // empties the field
    await keys.press("Escape");
    await expect(page.getByTestId("help-dialog")).toHaveCount(0);
  });

  await test.step("letters and Enter wait for the commands, from within the reply field too", async () => {
    await page.reload();
    await page.getByTestId("composer-input").focus();
    const letGo = await holdBack(page, /\/Palette-/);
    await keys.press("Control+k");
    await keys.type("koyu");
    await keys.press("Enter");
    letGo();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page.getByTestId("palette")).toHaveCount(0);
    await expect(page.getByTestId("composer-input")).toHaveValue("");
    expect(await conversation(owner, number)).toMatchObject({ state: "open", tags: [] });
  });

  await test.step("what can't be fetched without a line is told, and keys mean what they did", async () => {
    await page.reload();
    await expect(page.getByTestId("btn-resolve")).toBeVisible();
    await page.route(/\/Palette-|\/api\/v1\/about/, (route) => route.abort());
    await keys.press("Control+k");
    await expect(page.getByTestId("toast")).toBeVisible();
    await keys.press("e");
    await expect(page.getByTestId("btn-reopen")).toBeVisible();
    await page.unrouteAll();
  });
});

/** Keeps a script from arriving until the function it gives is called. */
async function holdBack(page: Page, script: RegExp): Promise<() => void> {
  let open = () => {};
  const gate = new Promise<void>((done) => (open = done));
  await page.route(script, async (route) => {
    await gate;
    await route.continue().catch(() => undefined);
  });
  return open;
}

interface Conversation {
  state: string;
  archived: boolean;
  category_id?: string;
  agent_id: string | null;
  tags: string[];
}

async function conversation(owner: Colleague, number: number): Promise<Conversation> {
  const answer = await owner.call<{ conversation: Conversation }>("GET", `/conversations/${number}`);
  return answer.conversation;
}
