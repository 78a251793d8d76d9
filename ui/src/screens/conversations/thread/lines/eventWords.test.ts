import { describe, expect, it } from "vitest";
import type { EventLine } from "$api/types";
import { fill } from "$words/message";
import { tr } from "$words/tr";
import { aMessage } from "../../../../../test/shapes";
import type { LineNames } from "../../names";
import { eventWords } from "./eventWords";

const names: LineNames = {
  customer: "İrem Çınar",
  bot: "JetBot",
  agent: () => "Ayşe",
  team: () => "İadeler",
  category: () => "Kargo",
};
const grammar = { number: String, plural: () => "other" } as never;
const t = ((key: keyof typeof tr, values = {}) => fill(tr[key], values, grammar)) as never;

/** What the line of an event says, in Turkish. */
function says(event: Partial<EventLine> & { type: string }, kind: "agent" | "system" = "agent"): string {
  const author = { kind, id: kind === "agent" ? "a" : null } as const;
  return eventWords(
    t,
    aMessage(1, { kind: "event", author, event: { from: null, to: null, ...event } }),
    names,
  );
}

describe("the line of an event", () => {
  it("names the tags that came, those that went, and both", () => {
    const type = "conversation.tagged";
    expect(says({ type, added: ["iade", "vip"] })).toBe("Ayşe etiket ekledi: iade, vip");
    expect(says({ type, removed: ["vip"] })).toBe("Ayşe etiket kaldırdı: vip");
    expect(says({ type, added: ["iade"], removed: ["vip"] })).toBe(
      "Ayşe etiketleri değiştirdi. Eklenen: iade. Kaldırılan: vip",
    );
  });

  it("says why a customer was blocked, and who lifted it or that it ended", () => {
    expect(says({ type: "conversation.blocked", reason: "hakaret" })).toBe(
      "Ayşe müşteriyi engelledi: hakaret",
    );
    expect(says({ type: "conversation.unblocked" })).toBe("Ayşe müşterinin engelini kaldırdı");
    expect(says({ type: "conversation.unblocked" }, "system")).toBe("Müşterinin engeli sona erdi");
  });

  it("names as what it was resolved, where that was said and is still known", () => {
    const event = { type: "conversation.resolved", to: "k" };
    expect(says(event)).toBe("Ayşe konuşmayı çözümledi: Kargo");
    names.category = () => undefined;
    expect(says(event)).toBe("Ayşe konuşmayı çözümledi");
  });

  it("says that something changed, of an event that this page does not know", () => {
    expect(says({ type: "conversation.exploded" })).toBe("Ayşe konuşmayı değiştirdi");
  });
});
