import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test as base, type Colleague, type Page, type Parley } from "./parley";

/** A website's widget, as its team set it up. */
export interface Site {
  id: string;
  key: string;
}

const plain = { fields: { name: "off", email: "off", phone: "off" } };

/** Makes a site; without changes it asks its visitors nothing. */
export async function makeSite(owner: Colleague, changes: object = {}): Promise<Site> {
  const { site } = await owner.call<{ site: Site }>("POST", "/sites", { name: "Ayvadan" });
  await owner.call("PATCH", `/sites/${site.id}`, { ...plain, ...changes });
  return site;
}

/** The launcher and the panel on a page. */
export function chatOf(page: Page) {
  return {
    launcher: page.getByTestId("w-launcher"),
    in: page.frameLocator('[data-testid="w-panel"] iframe'),
  };
}

export async function openDemo(page: Page, parley: Parley, site: Site, language = "en") {
  await page.goto(`${parley.url}/widget/demo?key=${site.key}&lang=${language}`);
  const chat = chatOf(page);
  await chat.launcher.click();
  await expect(chat.in.getByTestId("w-home")).toBeVisible();
  return chat;
}

/** Begins a conversation and waits until the server has it. */
export async function write(chat: ReturnType<typeof chatOf>, text: string): Promise<void> {
  await chat.in.getByTestId("w-input").fill(text);
  await chat.in.getByTestId("w-send").click();
  await expect(said(chat, text)).toBeVisible();
  await expect(
    chat.in.getByTestId("w-mark-sent").or(chat.in.getByTestId("w-mark-read")).last(),
  ).toBeVisible();
}

/** What stands in the thread. */
export const said = (chat: ReturnType<typeof chatOf>, text: string) =>
  chat.in.getByTestId("w-thread").locator(".bubble", { hasText: text }).last();

export async function expectAccessible(page: Page, what: string): Promise<void> {
  const report = await new AxeBuilder({ page })
    .include('[data-testid="w-root"]')
    .options({ rules: { "target-size": { enabled: true } } })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  expect(
    report.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).join(" ")}`),
    what,
  ).toEqual([]);
}

/** Somebody else's website: of another origin, with a policy as strict as it can be. */
export class Website {
  private constructor(
    readonly origin: string,
    private readonly server: Server,
    private readonly made: { body: string; policy: string },
  ) {}

  /** On localhost it is another site than Parley, to which browsers may give no storage. */
  static async start(host = "localhost"): Promise<Website> {
    const made = { body: "", policy: "" };
    const server = createServer((_, answer) => {
      answer.setHeader("Content-Security-Policy", made.policy);
      answer.setHeader("Content-Type", "text/html; charset=utf-8");
      answer.end(made.body);
    });
    await new Promise<void>((done) => server.listen(0, host, done));
    return new Website(`http://${host}:${(server.address() as AddressInfo).port}`, server, made);
  }

  /** Carries a site's widget. `more` goes into the page. */
  carry(parley: Parley, site: Site, more = ""): void {
    this.made.policy = `default-src 'none'; script-src ${parley.url}; frame-src ${parley.url}; require-trusted-types-for 'script'`;
    this.made.body = `<!doctype html><html lang="en"><title>Shop</title><meta name="viewport" content="width=device-width">
<body><h1>Shop</h1><p>${"Words of a shop. ".repeat(60)}</p>${more}<script async src="${parley.url}/widget/${site.key}.js"></script>`;
  }

  stop(): Promise<void> {
    return new Promise((done) => this.server.close(() => done()));
  }
}

/** A test that gets somebody else's website, too. */
export const test = base.extend<{ website: Website }>({
  website: async ({}, use) => {
    const website = await Website.start();
    await use(website);
    await website.stop();
  },
});

export { expect };
