import { Buffer } from "node:buffer";
import { expect, password, test as base, Colleague, Parley, type Page } from "./parley";
import { choose } from "./steps";
import { Visitor } from "./visitor";

/**
 * What Parley was made for, point by point, each as an agent does it on the screen, in
 * Turkish. One team and one page for all of them: the points build on one another as a
 * day does.
 */
const test = base.extend<object, { day: Day }>({
  day: [
    async ({ browser }, use) => {
      const parley = await Parley.start();
      const owner = new Colleague(parley.url);
      await owner.setUp(parley.code, "tr");
      const agent = await owner.hire("Işıl Çağlar", "isil@example.com", "tr");
      const { sites } = await owner.call<{ sites: { key: string }[] }>("GET", "/sites");
      const customer = await Visitor.enter(parley.url, sites[0]!.key, "İrem Çınar");
      const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
      await use({
        parley,
        owner,
        agent: agent.id,
        customer,
        page,
        site: sites[0]!.key,
      });
      await parley.stop();
    },
    { scope: "worker" },
  ],
});

interface Day {
  parley: Parley;
  owner: Colleague;
  agent: string;
  customer: Visitor;
  site: string;
  page: Page;
}

interface Found {
  number: number;
  state: string;
  views: string[];
  agent_id: string | null;
}

test.describe.configure({ mode: "serial" });

/** The customer's conversation, as they and as the team know it. */
let handle = "";
let number = 0;

const newest = async ({ owner }: Day, view: string) =>
  (await owner.call<{ conversations: Found[] }>("GET", `/conversations?view=${view}`)).conversations[0]!;
const found = async ({ owner }: Day) =>
  (await owner.call<{ conversation: Found }>("GET", `/conversations/${number}`)).conversation;

async function expectIn(day: Day, view: string, present = true) {
  await day.page.getByTestId(`tab-${view}`).click();
  await expect(day.page).toHaveURL(new RegExp(`/conversations/${view}`));
  await expect(day.page.getByTestId(`conv-row-${number}`)).toHaveCount(present ? 1 : 0);
}

test("B1 sign in and open Conversations", async ({ day }) => {
  const { page } = day;
  await page.goto(`${day.parley.url}/Conversations/Main`);
  await page.getByTestId("login-email").fill("isil@example.com");
  await page.getByTestId("login-password").fill(password);
  await page.getByTestId("login-submit").click();
  await expect(page).toHaveURL(/\/conversations\/inbox/);
  await expect(page.locator("html")).toHaveAttribute("lang", "tr");
});

test("B2 a request is seen the moment it comes in", async ({ day }) => {
  handle = await day.customer.begin("Merhaba, siparişim nerede?");
  number = (await newest(day, "inbox")).number;
  await expect(day.page.getByTestId(`conv-row-${number}`)).toContainText("siparişim nerede");
  await day.customer.say(handle, "Numarası AYV-20555.");
  await expect(day.page.getByTestId(`conv-row-${number}`)).toContainText("AYV-20555");
});

test("B3 Gelen Kutusu", async ({ day }) => {
  await expect(day.page.getByTestId("tab-inbox")).toContainText("Gelen Kutusu");
  await expectIn(day, "inbox");
});

test("B4 Atanmamış", async ({ day }) => {
  await expect(day.page.getByTestId("tab-unassigned")).toContainText("Atanmamış");
  await expectIn(day, "unassigned");
  await expect(day.page.getByTestId("tab-unassigned-count")).toHaveText("1");
});

test("B10 a number in the search box leads to its conversation", async ({ day }) => {
  await day.page.getByTestId("search-input").fill(`#${number}`);
  await day.page.getByTestId("search-input").press("Enter");
  await expect(day.page.getByTestId("conv-number")).toContainText(`#${number}`);
  await expect(day.page.getByTestId("thread")).toContainText("Numarası AYV-20555.");
});

test("B14 a slash opens the saved replies; arrows and Enter choose", async ({ day }) => {
  for (const [title, text] of [
    ["Selam", "Merhaba, hemen bakıyorum."],
    ["Kargo", "Siparişiniz yola çıktı."],
  ]) {
    await day.owner.call("POST", "/replies", {
      title,
      text,
      language: "tr",
      enabled: true,
    });
  }
  const field = day.page.getByTestId("composer-input");
  await field.press("/");
  await expect(day.page.getByTestId("saved-menu")).toBeVisible();
  await field.pressSequentially("kargo");
  await day.page.keyboard.press("ArrowDown");
  await day.page.keyboard.press("Enter");
  await expect(field).toHaveValue("Siparişiniz yola çıktı.");
  await expect(day.page.getByTestId("saved-menu")).toHaveCount(0);
});

test("B16 an emoji from the panel joins the message; the sent ones stand first", async ({ day }) => {
  const { page } = day;
  await page.getByTestId("emoji-button").click();
  await page.getByTestId("emoji-search").fill("kamyon");
  await page.getByTestId("emoji-search").press("Enter");
  await expect(page.getByTestId("composer-input")).toHaveValue(/^Siparişiniz yola çıktı\..*\p{Emoji}/u);
  await page.getByTestId("composer-input").press("Enter");
  await expect(page.getByTestId("composer-input")).toHaveValue("");
  await expect
    .poll(async () => (await day.customer.read(handle)).at(-1)?.text)
    .toMatch(/^Siparişiniz yola çıktı\..*\p{Emoji}/u);
  await page.getByTestId("emoji-button").click();
  await expect(page.getByTestId("emoji-recent")).toBeVisible();
  await page.keyboard.press("Escape");
});

test("B15 a file joins the message and is shared by Send", async ({ day }) => {
  const { page } = day;
  const file = {
    name: "fatura.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.4\n%%EOF\n"),
  };
  await page.getByTestId("attach-input").setInputFiles(file);
  await expect(page.getByTestId("attach-chip-0")).toContainText("fatura.pdf");
  await page.getByTestId("composer-input").fill("Faturanız ekte.");
  await page.getByTestId("btn-send").click();
  await expect(page.getByTestId("thread")).toContainText("fatura.pdf");
  await expect
    .poll(async () => (await day.customer.read(handle)).at(-1)?.attachments.map((each) => each.name))
    .toEqual(["fatura.pdf"]);
});

test("B18 Atama Yap", async ({ day }) => {
  const { page } = day;
  await expect(page.getByTestId("btn-assign")).toContainText("Atama Yap");
  await page.getByTestId("btn-assign").click();
  await page.getByTestId(`assign-opt-${day.agent}`).or(page.getByTestId("assign-me")).first().click();
  await expect
    .poll(() => found(day))
    .toMatchObject({
      agent_id: day.agent,
      views: expect.arrayContaining(["assigned"]),
    });
});

test("B5 Atanmış", async ({ day }) => {
  await expect(day.page.getByTestId("tab-assigned")).toContainText("Atanmış");
  await expectIn(day, "assigned");
  await expectIn(day, "unassigned", false);
});

test("B7 Çözümlenmemiş", async ({ day }) => {
  await expect(day.page.getByTestId("tab-unresolved")).toContainText("Çözümlenmemiş");
  await expectIn(day, "unresolved");
});

test("B12 Kullanıcı opens the customer", async ({ day }) => {
  const { page } = day;
  await page.getByTestId(`conv-row-${number}`).click();
  const panel = page.getByTestId("pane-customer");
  if (await panel.isVisible()) await page.keyboard.press("c");
  await expect(panel).toBeHidden();
  await expect(page.getByTestId("btn-user")).toContainText("Kullanıcı");
  await page.getByTestId("btn-user").click();
  await expect(panel).toContainText("İrem Çınar");
});

test("B17 Çözümle", async ({ day }) => {
  await expect(day.page.getByTestId("btn-resolve")).toContainText("Çözümle");
  await day.page.getByTestId("btn-resolve").click();
  await expect.poll(() => found(day)).toMatchObject({ state: "resolved" });
  await expectIn(day, "unresolved", false);
});

test("B6 Çözümlendi", async ({ day }) => {
  await expect(day.page.getByTestId("tab-resolved")).toContainText("Çözümlendi");
  await expectIn(day, "resolved");
});

test("B11 Yeniden Aç, and by the customer who writes again", async ({ day }) => {
  const { page } = day;
  await page.getByTestId(`conv-row-${number}`).click();
  await page.getByTestId("btn-reopen").click();
  await expect.poll(() => found(day)).toMatchObject({ state: "open" });
  await expectIn(day, "resolved", false);
  await day.owner.call("POST", `/conversations/${number}/resolve`, {});
  await expectIn(day, "resolved");
  await day.customer.say(handle, "Bir sorum daha var.");
  await expect.poll(() => found(day)).toMatchObject({ state: "open" });
  await expectIn(day, "resolved", false);
});

test("B9 Arşiv", async ({ day }) => {
  const { page } = day;
  await day.owner.call("POST", `/conversations/${number}/archive`, {});
  await expect(page.getByTestId("tab-archive")).toContainText("Arşiv");
  await expectIn(day, "archive");
  await expectIn(day, "inbox", false);
  await page.getByTestId("tab-archive").click();
  await page.getByTestId(`conv-row-${number}`).click();
  await expect(page.getByTestId("thread")).toContainText("Bir sorum daha var.");
});

test("B8 JetBot answers first, until somebody takes over", async ({ day }) => {
  await day.owner.call("PATCH", "/team", { bot_on: true });
  const other = await Visitor.enter(day.parley.url, day.site, "Mehmet Işık");
  const theirs = await other.begin("Merhaba!");
  await expect
    .poll(async () => (await other.read(theirs)).some((message) => message.kind === "bot"))
    .toBe(true);
  number = (await newest(day, "jetbot")).number;
  await expect(day.page.getByTestId("tab-jetbot")).toContainText("JetBot");
  await expectIn(day, "jetbot");
  await expectIn(day, "unassigned", false);
});

test("B13 saved replies are made, changed, switched off and deleted", async ({ day }) => {
  const { page } = day;
  await page.goto(`${day.parley.url}/settings/saved-replies`);
  await page.getByTestId("saved-new").click();
  await page.getByTestId("saved-title").fill("İade");
  await page.getByTestId("saved-body").fill("İade kodunuz hazır.");
  await page.getByTestId("saved-save").click();
  const row = page.locator('[data-testid^="saved-row-"]').filter({ hasText: "İade" });
  await expect(row).toHaveCount(1);
  await row.getByRole("switch").click();
  await expect(row.getByRole("switch")).toHaveAttribute("aria-checked", "false");
  await row.getByText("İade").first().click();
  await page.getByTestId("saved-body").fill("İade kodunuz e-postanızda.");
  await page.getByTestId("saved-save").click();
  type Replies = {
    replies: { title: string; text: string; enabled: boolean; id: string }[];
  };
  const stored = async () =>
    (await day.owner.call<Replies>("GET", "/replies")).replies.find((reply) => reply.title === "İade");
  await expect.poll(stored).toMatchObject({ text: "İade kodunuz e-postanızda.", enabled: false });
  await row.getByText("İade").first().click();
  await page.getByTestId("saved-delete").click();
  await page.getByTestId("saved-delete-confirm").click();
  await expect.poll(stored).toBeUndefined();
});

test("B19 English is one click away", async ({ day }) => {
  const { page } = day;
  await page.goto(`${day.parley.url}/conversations/inbox`);
  await page.locator("[data-testid^=conv-row]").first().click();
  const days = page.locator("[data-day]");
  await expect(days.first()).toContainText(
    /Bugün|Dün|Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık/,
  );
  await page.getByTestId("account-button").click();
  await choose(page, "lang-en");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByTestId("tab-inbox")).toContainText("Inbox");
  // What is written of moments follows too, in what was there before.
  await expect(days.first()).toContainText(/Today|Yesterday|day, /);
});
