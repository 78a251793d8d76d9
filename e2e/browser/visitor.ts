import { randomUUID } from "node:crypto";

/** Somebody on a website that carries the widget, who speaks to its interface without a browser. */
export class Visitor {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async enter(url: string, site: string, name: string): Promise<Visitor> {
    const answer = await ask<{ token: string }>(url, "", "POST", "/visitors", {
      site,
      language: "tr",
      page: { url: `${url}/shop`, title: "Mağaza" },
    });
    const visitor = new Visitor(url, answer.token);
    await ask(url, answer.token, "PATCH", "/me", { name });
    return visitor;
  }

  /** Begins a conversation; what it is called by visitors. */
  async begin(text: string): Promise<string> {
    const begun = await ask<{ conversation: { handle: string } }>(
      this.url,
      this.token,
      "POST",
      "/conversations",
      { client_id: randomUUID(), text },
    );
    return begun.conversation.handle;
  }

  async say(handle: string, text: string): Promise<void> {
    const message = { client_id: randomUUID(), text };
    await ask(this.url, this.token, "POST", `/conversations/${handle}/messages`, message);
  }

  /** Everything that this visitor was shown in a conversation. */
  async read(handle: string): Promise<{ kind: string; text: string; attachments: { name: string }[] }[]> {
    type Page = {
      messages: {
        kind: string;
        text: string;
        attachments: { name: string }[];
      }[];
    };
    return (await ask<Page>(this.url, this.token, "GET", `/conversations/${handle}/messages`)).messages;
  }
}

async function ask<T>(url: string, token: string, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${url}/api/widget/v1${path}`, {
    method,
    headers: {
      "Content-Type": "application/json",
      "X-Parley": "1",
      Origin: url,
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (text ? JSON.parse(text) : undefined) as T;
}
