import { describe, expect, it } from "vitest";
import { aConversation, aMessage } from "../../../../test/shapes";
import { transcript } from "./transcript";

describe("a conversation as a text", () => {
  const names = {
    customer: "İrem Çınar",
    bot: "JetBot",
    team: () => "Kargo",
    category: () => undefined,
    agent: () => "Işıl Çağlar",
  };
  const words = {
    t: ((key: string, values?: object) => `${key}${values ? JSON.stringify(values) : ""}`) as never,
    dates: { full: (at: number) => new Date(at).toISOString() } as never,
  };
  const conversation = aConversation({ number: 1042 });

  it("says who wrote what and when, what only the team sees, and what happened", () => {
    const text = transcript(
      words,
      conversation,
      [
        aMessage(1, { text: "Merhaba" }),
        aMessage(2, { kind: "note", text: "Depoya sordum", author: { kind: "agent", id: "a" } }),
        aMessage(3, { kind: "event", author: { kind: "agent", id: "a" }, text: "" }),
      ],
      names,
    );
    const parts = text.trim().split("\n\n");
    expect(parts[0]).toContain("#1042");
    expect(parts[1]).toMatch(/^İrem Çınar, .*\nMerhaba$/);
    expect(parts[2]).toMatch(/^Işıl Çağlar · msg\.note, .*\nDepoya sordum$/);
    expect(parts[3]).toMatch(/^— event\./);
  });
});
