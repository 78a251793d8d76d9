import { Buffer } from "node:buffer";
import type { Page } from "./parley";
import { numbers } from "./sample";
import { choose } from "./steps";

/**
 * Every screen of the agents' app and every state that it can be brought into. The matrix
 * looks at each in all themes, languages and widths; the review images show some. A new
 * state is one line here.
 */
export interface State {
  /** Names it in reports, and its image. */
  name: string;
  /** Its address; where there is none, that of the conversation that has everything. */
  at?: string;
  /** What brings it about. */
  open?: Step;
  /** What must be seen before it counts as brought about. */
  sees: string;
  /** What undoes what it did to the sample. */
  leave?: Step;
  /** The widths at which it exists; all, where nothing is said. */
  widths?: readonly number[];
  /** Which Parley: the sample, one in which nobody has written, one that is not set up. */
  house?: "sample" | "quiet" | "new";
  /** For whoever is not signed in. */
  isOutside?: boolean;
}

/** Something that a person does, or that happens to the line. */
export type Step = (page: Page, line: Line) => Promise<unknown>;

/** The page's line to its Parley. */
export interface Line {
  cut: () => Promise<void>;
  mend: () => Promise<void>;
}

export const widths = [1440, 1024, 390] as const;
const wide = [1440, 1024] as const;

const talk = (number: number) => `/conversations/inbox/${number}`;
const everything = talk(numbers.all);

const click =
  (...testids: string[]): Step =>
  async (page) => {
    for (const testid of testids) await page.getByTestId(testid).first().click();
  };
const type =
  (testid: string, text: string): Step =>
  async (page) => {
    await page.getByTestId(testid).click();
    await page.keyboard.type(text);
  };
const press =
  (key: string): Step =>
  (page) =>
    page.keyboard.press(key);
const then =
  (...steps: Step[]): Step =>
  async (page, line) => {
    for (const step of steps) await step(page, line);
  };
const see =
  (testid: string): Step =>
  (page) =>
    page.getByTestId(testid).first().waitFor();
const refuse =
  (path: string, status: number, code: string): Step =>
  (page) =>
    page.route(path, (route) =>
      route.request().method() === "GET" && status !== 503
        ? route.continue()
        : route.fulfill({
            status,
            contentType: "application/problem+json",
            body: JSON.stringify({ status, code, title: "no", detail: "no" }),
          }),
    );
const allow: Step = (page) => page.unrouteAll({ behavior: "ignoreErrors" });
const empty: Step = async (page) => {
  await page.getByTestId("composer-input").fill("");
};
/** Opens the customer panel where it is not beside the thread already. */
const customer = then(
  see("thread-header"),
  async (page) => page.viewportSize()!.width < 1180 && page.getByTestId("btn-user").click(),
  see("cust-contact"),
);

const outside: State[] = [
  { name: "login", at: "/login", isOutside: true, sees: "login-submit" },
  {
    name: "login-wrong",
    at: "/login",
    isOutside: true,
    open: then(type("login-email", "isil@example.com"), type("login-password", "x"), click("login-submit")),
    sees: "login-error",
  },
  { name: "setup", at: "/setup?code={code}", house: "new", isOutside: true, sees: "setup-form" },
  { name: "setup-closed", at: "/setup?code=old", isOutside: true, sees: "setup-closed" },
];

const views = ["inbox", "unassigned", "assigned", "resolved", "unresolved", "jetbot", "archive"];

const lists: State[] = [
  ...views.map((view) => ({ name: `list-${view}`, at: `/conversations/${view}`, sees: "conv-list" })),
  { name: "list-empty", at: "/conversations/inbox", house: "quiet", sees: "list-empty" },
  { name: "list-done", at: "/conversations/unassigned", house: "quiet", sees: "list-empty-step" },
  { name: "list-filtered-empty", at: "/conversations/archive?mine=1", sees: "filters-clear" },
  { name: "list-tag", at: "/conversations/inbox?tag=kargo&mine=1", sees: "filter-chip-tag" },
  { name: "list-sort", at: "/conversations/inbox", open: click("sort-button"), sees: "sort-waiting" },
  {
    name: "list-error",
    at: "/settings/about",
    open: then(
      see("about-version"),
      refuse("**/api/v1/conversations?*", 503, "unavailable"),
      click("settings-back"),
    ),
    sees: "list-error",
    leave: allow,
  },
  {
    name: "list-picked",
    at: "/conversations/inbox",
    open: async (page) => {
      await page.getByTestId("conv-list").getByRole("checkbox").nth(2).check({ force: true });
      await page.getByTestId("conv-list").getByRole("checkbox").nth(4).check({ force: true });
    },
    sees: "bulk-bar",
  },
  {
    name: "list-tagging",
    at: "/conversations/inbox",
    open: async (page) => {
      await page.getByTestId("conv-list").getByRole("checkbox").nth(2).check({ force: true });
      await page.getByTestId("bulk-tag").click();
    },
    sees: "tag-input",
  },
  {
    name: "row-menu",
    at: "/conversations/inbox",
    open: (page) => page.getByTestId(`conv-row-${numbers.all}`).press("Shift+F10"),
    sees: "row-open",
  },
  {
    name: "row-assign",
    at: "/conversations/inbox",
    open: then((page) => page.getByTestId(`conv-row-${numbers.all}`).press("Shift+F10"), click("row-assign")),
    sees: "bulk-agent",
  },
  {
    name: "search-results",
    at: "/conversations/inbox",
    open: type("search-input", "siparisim"),
    sees: "search-hit-1",
  },
  {
    name: "search-none",
    at: "/conversations/inbox",
    open: type("search-input", "qqqq"),
    sees: "search-none",
  },
  {
    name: "search-number",
    at: "/conversations/inbox",
    open: then(type("search-input", "99999"), press("Enter")),
    sees: "search-missing",
  },
];

const threads: State[] = [
  { name: "nothing-open", at: "/conversations/inbox", sees: "thread-empty", widths: wide },
  { name: "nothing-at-all", at: "/conversations/inbox", house: "quiet", sees: "thread-empty", widths: wide },
  { name: "thread", sees: "msg-16" },
  {
    name: "thread-top",
    open: then(see("msg-16"), (page) => page.getByTestId("thread").press("Home")),
    sees: "msg-1",
  },
  { name: "thread-hard", at: talk(numbers.hard), sees: "msg-5" },
  { name: "thread-bot", at: talk(numbers.bot), sees: "bot-banner" },
  { name: "thread-resolved", at: talk(numbers.resolved), sees: "btn-reopen" },
  { name: "thread-archived", at: talk(numbers.archived), sees: "composer-notice" },
  { name: "thread-blocked", at: talk(numbers.blocked), sees: "composer-unblock" },
  { name: "thread-unread", at: talk(numbers.unread), sees: "unread-line" },
  { name: "thread-english", at: talk(numbers.unassigned), sees: "msg-2" },
  { name: "thread-moved", at: `/conversations/archive/${numbers.all}`, sees: "moved-notice" },
  { name: "thread-missing", at: talk(99999), sees: "thread-error" },
  { name: "thread-menu", open: click("btn-more"), sees: "btn-archive" },
  {
    name: "message-menu",
    open: (page) => page.getByTestId("msg-16").locator("p[dir=auto]").last().click({ button: "right" }),
    sees: "msg-copy-text",
  },
  {
    name: "jump-to-date",
    open: (page) => page.locator("[data-day]").first().getByRole("button").click(),
    sees: "jump-date",
  },
  {
    name: "find-in-thread",
    at: `${everything}?q=kargo`,
    sees: "hits-bar",
  },
  {
    name: "lightbox",
    open: then(
      see("msg-16"),
      (page) => page.getByTestId("thread").press("Home"),
      async (page) => {
        await page.locator("[data-testid^=img-]").first().click();
      },
    ),
    sees: "lightbox-place",
  },
  { name: "assign", open: click("btn-assign"), sees: "assign-me" },
  {
    name: "assign-nobody",
    open: then(click("btn-assign"), (page) => page.keyboard.type("qqqq")),
    sees: "assign-popover",
  },
  {
    name: "message-failed",
    open: then(
      see("composer-input"),
      refuse("**/api/v1/conversations/*/messages", 422, "invalid"),
      type("composer-input", "Yarın sabah ilk iş olarak gönderiyoruz."),
      press("Enter"),
    ),
    sees: "msg-retry",
    leave: then(click("msg-discard"), allow),
  },
  {
    name: "toast-undo",
    at: talk(numbers.taken),
    open: then(see("msg-1"), (page) => page.getByTestId("thread").press("Shift+A")),
    sees: "toast-undo",
    leave: async (page) => {
      await page.getByTestId("toast-undo").last().click();
      await page.getByTestId("toast-undo").waitFor({ state: "detached" });
    },
  },
];

const composing: State[] = [
  { name: "note", open: (page) => choose(page, "mode-note"), sees: "composer-input" },
  {
    name: "saved-replies-menu",
    open: type("composer-input", "/"),
    sees: "saved-preview",
    leave: empty,
    widths: wide,
  },
  {
    name: "saved-replies-phone",
    open: type("composer-input", "/"),
    sees: "saved-menu",
    leave: empty,
    widths: [390],
  },
  { name: "saved-replies-none", open: type("composer-input", "/qqqq"), sees: "saved-menu-new", leave: empty },
  {
    name: "variable-missing",
    at: talk(numbers.bot),
    open: then(type("composer-input", "Merhaba {{customer.email}}"), press("Enter")),
    sees: "var-missing",
    leave: empty,
  },
  { name: "emoji", open: click("emoji-button"), sees: "emoji-1f600" },
  {
    name: "emoji-search",
    open: then(click("emoji-button"), see("emoji-1f600"), (page) => page.keyboard.type("heart")),
    sees: "emoji-2764",
  },
  {
    name: "emoji-flags",
    open: then(click("emoji-button"), click("emoji-cat-flags")),
    sees: "emoji-1f1f9-1f1f7",
  },
  { name: "emoji-inline", open: type("composer-input", "Tamam :alk"), sees: "emoji-menu", leave: empty },
  {
    name: "send-more",
    open: then(type("composer-input", "Merhaba"), click("btn-send-more")),
    sees: "send-resolve",
    leave: then(press("Escape"), empty),
  },
  {
    name: "resolve-asks",
    open: then(type("composer-input", "Merhaba"), click("btn-resolve")),
    sees: "resolve-only",
    leave: then(press("Escape"), empty),
  },
  {
    name: "files",
    open: (page) =>
      page.getByTestId("attach-input").setInputFiles([
        { name: "irsaliye.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") },
        { name: "boş.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) },
        {
          name: "çok-uzun-bir-dosya-adı-".repeat(5) + ".zip",
          mimeType: "",
          buffer: Buffer.from("PK"),
        },
      ]),
    sees: "attach-chip-2",
    leave: async (page) => {
      for (let i = 0; i < 3; i++) await page.getByTestId("attach-cancel").first().click();
    },
  },
];

const customers: State[] = [
  { name: "customer", open: customer, sees: "cust-notes-section" },
  { name: "customer-long", at: talk(numbers.hard), open: customer, sees: "cust-notes-section" },
  { name: "customer-edit", open: then(customer, click("cust-email-edit")), sees: "cust-email-save" },
  { name: "customer-attribute", open: then(customer, click("cust-attr-add")), sees: "cust-attr-save" },
  { name: "customer-tag", open: then(customer, click("cust-tag-add")), sees: "tag-input" },
  {
    name: "customer-history",
    open: then(customer, (page) =>
      page.getByTestId("cust-history-section").getByRole("button").first().click(),
    ),
    sees: "cust-history",
  },
  { name: "customer-block", open: then(customer, click("cust-block")), sees: "block-reason" },
  { name: "customer-blocked", at: talk(numbers.blocked), open: customer, sees: "cust-blocked" },
];

const layers: State[] = [
  { name: "palette", open: then(see("msg-16"), press("Control+k")), sees: "palette-input" },
  {
    name: "palette-search",
    open: then(see("msg-16"), press("Control+k"), see("palette-input"), (page) => page.keyboard.type("tema")),
    sees: "palette-opt-theme-dark",
  },
  {
    name: "help",
    open: then(see("msg-16"), (page) => page.getByTestId("thread").press("?")),
    sees: "help-search",
  },
  { name: "account", at: "/conversations/inbox", open: click("account-button"), sees: "sign-out" },
  {
    name: "presence",
    at: "/conversations/inbox",
    open: click("account-button", "presence-menu"),
    sees: "presence-auto",
  },
  { name: "toast", open: click("conv-number"), sees: "toast" },
  {
    name: "offline",
    open: then(see("msg-16"), (_, line) => line.cut()),
    sees: "conn-banner",
    leave: (_, line) => line.mend(),
  },
  {
    name: "signed-out-while-writing",
    open: then(
      see("msg-16"),
      refuse("**/draft", 401, "unauthorized"),
      type("composer-input", "Yarım kalan cümle"),
    ),
    sees: "relogin",
    // Under the dialog nothing can be emptied.
    leave: then(allow, (page) => page.reload(), empty),
  },
];

/** The pages of the settings; the matrix fails when there is one that does not stand here. */
export const pages = [
  "profile",
  "appearance",
  "keyboard",
  "replying",
  "notifications",
  "saved-replies",
  "agents",
  "teams",
  "team",
  "tags",
  "widget",
  "bot",
  "knowledge",
  "rules",
  "hours",
  "resolving",
  "tokens",
  "webhooks",
  "audit",
  "backup",
  "about",
];

const settings: State[] = [
  ...pages.map((page) => ({
    name: `settings-${page}`,
    at: `/settings/${page}`,
    open: (page: Page) => page.getByRole("heading", { level: 1 }).waitFor(),
    sees: "settings-page",
  })),
  { name: "reply-new", at: "/settings/saved-replies/new", sees: "saved-preview-text" },
  {
    name: "reply-wrong",
    at: "/settings/saved-replies/new",
    open: click("saved-save"),
    sees: "saved-preview-text",
  },
  {
    name: "reply-edit",
    at: "/settings/saved-replies",
    open: (page) => page.getByTestId("saved-table").getByRole("link").first().click(),
    sees: "saved-delete",
  },
  {
    name: "reply-delete",
    at: "/settings/saved-replies",
    open: then(
      (page) => page.getByTestId("saved-table").getByRole("link").first().click(),
      click("saved-delete"),
    ),
    sees: "saved-delete-confirm",
  },
  {
    name: "reply-leave",
    at: "/settings/saved-replies/new",
    open: then(type("saved-title", "Yarım"), click("set-nav-profile")),
    sees: "leave-yes",
    leave: click("leave-yes"),
  },
  { name: "team-new", at: "/settings/teams", open: click("team-new"), sees: "team-members" },
  { name: "team-wrong", at: "/settings/teams", open: click("team-new", "team-save"), sees: "team-name" },
  // What comes after takes a password each time, and attempts are counted: factor.spec looks at it.
  { name: "factor-on", at: "/settings/profile", open: click("factor-on"), sees: "factor-password" },
  { name: "agent-new", at: "/settings/agents", open: click("agent-new"), sees: "agent-save" },
  { name: "agent-wrong", at: "/settings/agents", open: click("agent-new", "agent-save"), sees: "agent-save" },
];

export const states: readonly State[] = [
  ...outside,
  ...lists,
  ...threads,
  ...composing,
  ...customers,
  ...layers,
  ...settings,
];

export const addressOf = (state: State): string => state.at ?? everything;
