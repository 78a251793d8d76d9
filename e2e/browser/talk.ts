import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, Parley, test as base, type Colleague, type Page } from "./parley";

/** The conversations that are there from the beginning, by their numbers. */
export const talks = {
  /** 1,200 messages, one every 50 minutes; every hundredth is about a television. */
  long: 1,
  /** What is hard to show. */
  odd: 2,
  /** 90 messages, the last 40 of them unread. */
  unread: 3,
};

export const longest = 1200;

const began = Date.UTC(2026, 0, 5, 8);

/** When a message of the long conversation was written. */
export const writtenAt = (seq: number) => new Date(began + seq * 50 * 60_000);

const sentences = [
  "Merhaba, siparişim hâlâ gelmedi.",
  "Kargo firması aradı mı acaba? Dün evdeydim, kimse gelmedi, kapıda not da yoktu.",
  "Teşekkürler 🙏",
  "Adres değişti, yeni adresi yazıyorum: Çınar Sokak 5, Ayvalık.",
];

export const odd = {
  word: `${"x".repeat(32_000)}SON`,
  brackets: `https://example.com/${")".repeat(20_000)}`,
  arabic: "مرحبا، أين طلبي رقم 1042؟",
  emoji: "🎉❤️",
};

interface Line {
  from: string;
  text: string;
  at: string;
}

function conversation(id: string, name: string, messages: Line[], unread: number): string {
  const customer = { id, name, language: "tr" };
  return JSON.stringify({
    customer,
    channel: "web",
    status: "open",
    agent: null,
    bot: false,
    tags: [],
    unread,
    messages,
  });
}

async function write(path: string): Promise<void> {
  const long = Array.from({ length: longest }, (_, i) => ({
    from: i % 4 === 3 ? "bot" : "customer",
    text: (i + 1) % 100 === 0 ? `Televizyonum bozuldu (${i + 1})` : (sentences[i % sentences.length] ?? ""),
    at: writtenAt(i + 1).toISOString(),
  }));
  const said = (texts: string[]) =>
    texts.map((text, i) => ({ from: "customer", text, at: new Date(began + i * 60_000).toISOString() }));
  const lines = [
    conversation("long", "Uzun Işık", long, 0),
    conversation("odd", "Çiğdem Öz", said(["Merhaba", odd.word, odd.brackets, odd.arabic, odd.emoji]), 0),
    conversation("unread", "İrem Çınar", said(Array.from({ length: 90 }, (_, i) => `Mesaj ${i + 1}`)), 40),
  ];
  await writeFile(path, `${lines.join("\n")}\n`);
}

/** A test whose Parley has something to read. */
export const test = base.extend({
  parley: async ({}, use, info) => {
    const folder = await mkdtemp(join(tmpdir(), "parley-talk-"));
    await write(join(folder, "talk.jsonl"));
    const parley = await Parley.start(join(folder, "talk.jsonl"));
    await use(parley);
    if (info.status !== info.expectedStatus) console.log(parley.output());
    await parley.stop();
    await rm(folder, { recursive: true, force: true });
  },
});

/** Somebody who writes in from a website. */
export class Visitor {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  private handle = "";
  number = 0;

  /** Somebody comes to a website of the team. */
  static async arrive(url: string, owner: Colleague): Promise<Visitor> {
    const { site } = await owner.call<{ site: { key: string } }>("POST", "/sites", {
      name: "Ayvadan",
      enabled: true,
      origins: ["https://shop.example.com"],
      bot: "off",
      rating: true,
    });
    const visitor = new Visitor(url, "");
    const { token } = await visitor.call<{ token: string }>("POST", "/visitors", {
      site: site.key,
      language: "tr",
      zone: "Europe/Istanbul",
    });
    return new Visitor(url, token);
  }

  /** Says something; the first time that begins a conversation. */
  async say(text: string): Promise<void> {
    const path = this.handle === "" ? "/conversations" : `/conversations/${this.handle}/messages`;
    const said = await this.call<{ conversation: { handle: string } }>("POST", path, {
      client_id: randomUUID(),
      text,
    });
    this.handle = said.conversation.handle;
  }

  /** Sees everything up to a message. */
  async read(seq: number): Promise<void> {
    await this.call("POST", `/conversations/${this.handle}/read`, { seq });
  }

  async rate(score: number, comment: string): Promise<void> {
    await this.call("POST", `/conversations/${this.handle}/rating`, { score, comment });
  }

  /** Types, for as long as the page is open whose socket this is. */
  async type(page: Page): Promise<void> {
    await page.evaluate(
      ({ token, handle }) => {
        const socket = new WebSocket(`ws://${location.host}/api/widget/v1/socket`);
        socket.onopen = () => socket.send(JSON.stringify({ type: "auth", token }));
        socket.onmessage = ({ data }: MessageEvent<string>) => {
          const isIn = (JSON.parse(data) as { type: string }).type === "hello";
          if (isIn) socket.send(JSON.stringify({ type: "typing", handle }));
        };
      },
      { token: this.token, handle: this.handle },
    );
  }

  private async call<T>(method: string, path: string, body: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/api/widget/v1${path}`, {
      method,
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${this.token}` },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text || "null") as T;
  }
}

/** The messages that can be seen, by their seqs. */
export function inView(page: Page): Promise<number[]> {
  return page.getByTestId("thread").evaluate((thread) => {
    const view = thread.getBoundingClientRect();
    return [...thread.querySelectorAll("article")]
      .filter((article) => {
        const box = article.getBoundingClientRect();
        return box.bottom > view.top && box.top < view.bottom;
      })
      .map((article) => Number(article.id.slice(2)));
  });
}

/** Where a message stands in the view: 0 is its upper edge, 1 its lower. */
export async function heightOf(page: Page, seq: number): Promise<number> {
  return page.getByTestId("thread").evaluate((thread, id) => {
    const view = thread.getBoundingClientRect();
    const top = thread.querySelector(id)?.getBoundingClientRect().top ?? Infinity;
    return (top - view.top) / view.height;
  }, `#m-${seq}`);
}

/** A message was brought into view as a link or a search does it: at 30 %, with a ring around it. */
export async function expectReached(page: Page, seq: number): Promise<void> {
  const message = page.getByTestId(`msg-${seq}`);
  await expect(message).toHaveClass(/ringed/);
  await expect(message).toBeInViewport();
  // At the end of the conversation there may be nothing below to fill the view with.
  if (seq !== longest) expect(Math.abs((await heightOf(page, seq)) - 0.3)).toBeLessThan(0.04);
}

/** Watches what moves by itself. The function that it gives fails when that was more than a little. */
export async function watchShifts(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const seen = { shift: 0, moved: [] as string[] };
    Object.assign(window, { seen });
    const nameOf = (node: Node | null) =>
      node instanceof Element ? `${node.tagName}.${node.className}` : (node?.textContent ?? "");
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[]) {
        if (entry.hadRecentInput) continue;
        seen.shift += entry.value;
        const all = entry.sources.map(
          ({ node, previousRect: from, currentRect: to }) => `${nameOf(node)} ${from.y}→${to.y}`,
        );
        seen.moved.push(`${entry.value.toFixed(4)}: ${all.join(", ")}`);
      }
    }).observe({ type: "layout-shift" });
  });
  return async () => {
    const seen = await page.evaluate(() => (window as unknown as { seen: Seen }).seen);
    expect(seen.shift, seen.moved.join("\n")).toBeLessThanOrEqual(0.01);
  };
}

interface Seen {
  shift: number;
  moved: string[];
}

interface Shift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
}

export { expect } from "./parley";
export { png } from "./png";
