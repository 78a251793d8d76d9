import { expect, password, test, type Page } from "./parley";
import { expectAccessible } from "./steps";

/** The words that the screen shows, as the glossary has them. */
const words = {
  en: {
    resolve: "Resolve",
    reopen: "Reopen",
    assign: "Assign",
    unassigned: "Unassigned",
    conversations: "Conversations",
  },
  tr: {
    resolve: "Çözümle",
    reopen: "Yeniden Aç",
    assign: "Atama Yap",
    unassigned: "Atanmamış",
    conversations: "Konuşmalar",
  },
};

for (const language of ["en", "tr"] as const) {
  const word = words[language];

  test(`a day's work (${language})`, async ({ page, parley, owner }) => {
    const problems = watchForProblems(page);
    const agent = await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const first = await owner.begin("İrem Çınar", "Merhaba, kargom nerede?");

    await test.step("sign in", async () => {
      await page.goto(`${parley.url}/Conversations/Main`);
      await page.getByTestId("login-email").fill("isil@example.com");
      await page.getByTestId("login-password").fill(password);
      await page.getByTestId("login-submit").click();
      await expect(page).toHaveURL(/\/conversations\/inbox/);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.getByTestId("tab-unassigned")).toContainText(word.unassigned);
      await expect(page.getByTestId(`conv-row-${first}`)).toBeVisible();
    });

    const number = await test.step("see a conversation and a message arrive", async () => {
      const begun = await owner.begin("Mehmet Işık", "Siparişim hâlâ gelmedi.");
      await page.getByTestId(`conv-row-${begun}`).click();
      await expect(page.getByTestId("thread")).toContainText("Siparişim hâlâ gelmedi.");
      await owner.say(begun, "Güler yüzlü kurye yola çıktı 🚚");
      await expect(page.getByTestId("thread")).toContainText("Güler yüzlü kurye yola çıktı 🚚");
      return begun;
    });

    await test.step("find it by its words, without Turkish letters", async () => {
      await page.getByTestId(`conv-row-${first}`).click();
      await expect(page.getByTestId("conv-number")).toContainText(`#${first}`);
      await page.getByTestId("search-input").fill("guler kurye");
      await page.getByTestId(`search-hit-${number}`).click();
      await expect(page.getByTestId("conv-number")).toContainText(`#${number}`);
    });

    await test.step("find one by its number", async () => {
      await page.getByTestId("search-input").fill(`#${first}`);
      await page.getByTestId("search-input").press("Enter");
      await expect(page.getByTestId("conv-number")).toContainText(`#${first}`);
    });

    await test.step("answer", async () => {
      await page.getByTestId("composer-input").fill("Şimdi bakıyorum, iki dakika.");
      await page.getByTestId("composer-input").press("Enter");
      await expect(page.getByTestId("thread")).toContainText("Şimdi bakıyorum, iki dakika.");
      await expect(page.getByTestId("composer-input")).toHaveValue("");
      await expect.poll(() => lastText(owner, first)).toBe("Şimdi bakıyorum, iki dakika.");
    });

    await test.step("resolve and reopen", async () => {
      // In the inbox, which keeps what is resolved: elsewhere the next one would open.
      await page.getByTestId("tab-inbox").click();
      await page.getByTestId(`conv-row-${first}`).click();
      await expect(page).toHaveURL(new RegExp(`/conversations/inbox/${first}`));
      await expect(page.getByTestId("btn-resolve")).toContainText(word.resolve);
      await page.getByTestId("btn-resolve").click();
      await expect(page.getByTestId("btn-reopen")).toContainText(word.reopen);
      await expect.poll(() => state(owner, first)).toMatchObject({ state: "resolved" });
      await page.getByTestId("btn-reopen").click();
      await expect(page.getByTestId("btn-resolve")).toBeVisible();
      await expect.poll(() => state(owner, first)).toMatchObject({ state: "open" });
    });

    await test.step("assign", async () => {
      await expect(page.getByTestId("btn-assign")).toContainText(word.assign);
      await page.getByTestId("btn-assign").click();
      await page.getByTestId(`assign-opt-${agent.id}`).or(page.getByTestId("assign-me")).first().click();
      await expect.poll(() => state(owner, first)).toMatchObject({ lead: "agent", agent_id: agent.id });
      await page.getByTestId("tab-assigned").click();
      await expect(page.getByTestId(`conv-row-${first}`)).toBeVisible();
    });

    expect(problems, "errors on the page").toEqual([]);
  });

  test(`nothing that axe can find (${language})`, async ({ page, parley, owner }) => {
    await owner.hire("Işıl Çağlar", "isil@example.com", language);
    const number = await owner.begin("İrem Çınar", "Merhaba!");
    await page.goto(parley.url);
    await expect(page.getByTestId("login-email")).toBeVisible();
    await expectAccessible(page, "signing in");
    await page.getByTestId("login-email").fill("isil@example.com");
    await page.getByTestId("login-password").fill(password);
    await page.getByTestId("login-submit").click();
    await page.getByTestId(`conv-row-${number}`).click();
    await expect(page.getByTestId("thread")).toContainText("Merhaba!");
    await expectAccessible(page, "a conversation");
  });
}

/** Collects what goes wrong on the page: errors, what its policy blocks, answers that are no success. */
function watchForProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (line) => {
    // What failed to load is told below, with its address.
    if (line.type() === "error" && !line.text().startsWith("Failed to load")) problems.push(line.text());
  });
  page.on("response", (answer) => {
    // That is how the page learns that nobody is signed in.
    const asks = answer.status() === 401 && new URL(answer.url()).pathname === "/api/v1/me";
    if (answer.status() >= 400 && !asks) problems.push(`${answer.status()} ${answer.url()}`);
  });
  return problems;
}

interface Conversation {
  state: string;
  lead: string;
  agent_id: string | null;
}

async function state(
  owner: { call<T>(method: string, path: string): Promise<T> },
  number: number,
): Promise<Conversation> {
  return (await owner.call<{ conversation: Conversation }>("GET", `/conversations/${number}`)).conversation;
}

async function lastText(
  owner: { call<T>(method: string, path: string): Promise<T> },
  number: number,
): Promise<string> {
  const opened = await owner.call<{ messages: { text: string }[] }>("GET", `/conversations/${number}`);
  return opened.messages.at(-1)!.text;
}
