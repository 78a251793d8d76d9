import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test as base } from "@playwright/test";

export const password = "quince-jam-on-warm-bread";

/** A running Parley on a fresh folder, with its owner. */
export class Parley {
  private constructor(
    readonly url: string,
    readonly code: string,
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly log: string[],
  ) {}

  /**
   * Starts the executable that PARLEY_BINARY names and waits until it is ready. The lines
   * of a file, conversations in the interchange form, are taken in before; agents of its
   * that are named can sign in. With them it is set up, and there is no code.
   */
  static async start(
    file?: string,
    listen = "127.0.0.1:0",
    agents: readonly string[] = [],
    flags: readonly string[] = [],
  ): Promise<Parley> {
    const binary = process.env.PARLEY_BINARY;
    if (!binary) throw new Error("PARLEY_BINARY names no executable; run make test-browser");
    const folder = await mkdtemp(join(tmpdir(), "parley-"));
    if (file !== undefined) execFileSync(binary, ["import", "--data", folder, file]);
    for (const email of agents) {
      const how = { input: `${password}\n` };
      execFileSync(binary, ["agent", "password", "--data", folder, email, "--password-stdin"], how);
    }
    const child = spawn(binary, ["serve", "--data", folder, "--listen", listen, ...flags]);
    // A test that fails while it sets up leaves nothing running.
    process.once("exit", () => child.kill());
    const log: string[] = [];
    child.stderr.on("data", (chunk: Buffer) => log.push(chunk.toString()));
    const { url, code } = await firstLines(child, log, agents.length === 0);
    return new Parley(url, code, child, folder, log);
  }

  /** Ends the process and removes the folder. */
  async stop(): Promise<void> {
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGTERM");
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }

  /** What the process wrote for its operator. */
  output(): string {
    return this.log.join("");
  }
}

/** Reads standard output until the server has said where it is and, where that is needed, how to set it up. */
async function firstLines(
  child: ChildProcess,
  log: string[],
  needsCode: boolean,
): Promise<{ url: string; code: string }> {
  let url = "";
  let code = "";
  return new Promise((done, fail) => {
    const limit = setTimeout(() => fail(new Error(`not ready after 30 s\n${log.join("")}`)), 30_000);
    child.once("exit", (status) => fail(new Error(`it ended with ${status}\n${log.join("")}`)));
    createInterface({ input: child.stdout! }).on("line", (line) => {
      log.push(`${line}\n`);
      url ||= /Parley is ready at (\S+)/.exec(line)?.[1] ?? "";
      code ||= /\/setup\?code=(\S+)/.exec(line)?.[1] ?? "";
      if (url && (code || !needsCode)) {
        clearTimeout(limit);
        done({ url: url.replace(/\/$/, ""), code });
      }
    });
  });
}

/** Somebody else on the team: speaks to the interface without a browser. */
export class Colleague {
  private cookie = "";

  constructor(private readonly url: string) {}

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { "Content-Type": "application/json", "X-Parley": "1", Origin: this.url, Cookie: this.cookie },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    const set = answer.headers.getSetCookie().find((each) => /sid=/.test(each));
    if (set) this.cookie = set.split(";")[0]!;
    return (text ? JSON.parse(text) : undefined) as T;
  }

  /** Makes the owner through the one-time link and signs in as them. */
  async setUp(code: string, language: string): Promise<void> {
    await this.call("POST", "/setup", {
      code,
      name: "Olcay Owner",
      email: "owner@example.com",
      password,
      team: "Ayvadan",
      language,
    });
  }

  /** Signs in as somebody who was hired before. */
  async signIn(email: string): Promise<void> {
    await this.call("POST", "/session", { email, password, remember: false });
  }

  /** Who they are. */
  async id(): Promise<string> {
    return (await this.call<{ agent: { id: string } }>("GET", "/me")).agent.id;
  }

  async hire(name: string, email: string, language: string): Promise<{ id: string }> {
    const made = await this.call<{ agent: { id: string } }>("POST", "/agents", {
      name,
      email,
      role: "agent",
      password,
      language,
    });
    return made.agent;
  }

  /** Starts a conversation with a new customer and returns its number. */
  async begin(customer: string, text: string): Promise<number> {
    const made = await this.call<{ customer: { id: string } }>("POST", "/customers", { name: customer });
    const begun = await this.call<{ conversation: { number: number } }>("POST", "/conversations", {
      client_id: randomUUID(),
      customer_id: made.customer.id,
      text,
    });
    return begun.conversation.number;
  }

  async say(number: number, text: string): Promise<void> {
    await this.call("POST", `/conversations/${number}/messages`, { client_id: randomUUID(), text });
  }
}

/** How many times slower than it is the processor seems to the pages: PARLEY_SLOW=6 brings races to light. */
const slowness = Number(process.env.PARLEY_SLOW ?? 1);

/** A test that gets a fresh Parley and a colleague who is its owner. */
export const test = base.extend<{ parley: Parley; owner: Colleague }>({
  page: async ({ page }, use) => {
    if (slowness > 1) {
      const session = await page.context().newCDPSession(page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: slowness });
    }
    await use(page);
  },
  parley: async ({}, use, info) => {
    const parley = await Parley.start();
    await use(parley);
    if (info.status !== info.expectedStatus) console.log(parley.output());
    await parley.stop();
  },
  owner: async ({ parley }, use) => {
    const owner = new Colleague(parley.url);
    await owner.setUp(parley.code, "en");
    await use(owner);
  },
});

export { expect, type Page } from "@playwright/test";
