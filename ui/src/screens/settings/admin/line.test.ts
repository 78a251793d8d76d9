import { describe, expect, it } from "vitest";
import type { AuditEntry } from "$api/types";
import { en } from "$words/admin/en";
import { fill } from "$words/message";
import { changes, detail, happening, type Say } from "./line";

const say: Say = (key) => en[key] as string;
const line = (members: Partial<AuditEntry>) =>
  ({ fields: [], from: "", to: "", why: "", new: false, ...members }) as AuditEntry;

describe("a line of the audit log", () => {
  it("says what was made apart from what was changed", () => {
    expect(happening(say, line({ type: "site.saved", new: true }))).toBe("Website added");
    expect(happening(say, line({ type: "site.saved" }))).toBe("Website changed");
  });

  it("tells a wrong code from a wrong password", () => {
    const failed = { type: "agent.sign_in_failed" };
    expect(happening(say, line(failed))).toBe("Sign-in with a wrong password");
    expect(happening(say, line({ ...failed, why: "second_factor_wrong" }))).toContain("wrong code");
  });

  it("says what it has no words for as it is written", () => {
    expect(happening(say, line({ type: "moon.landed" }))).toBe("moon.landed");
    expect(changes(say, line({ fields: ["gravity"] }), {})).toBe("gravity");
  });

  it("says what a role was and is", () => {
    const roles = { agent: "Agent", admin: "Administrator" };
    const entry = line({ fields: ["name", "role"], from: "agent", to: "admin" });
    expect(changes(say, entry, roles)).toBe("name, role (Agent → Administrator)");
  });
});

describe("what a line adds", () => {
  const t = ((key: keyof typeof en, values = {}) =>
    fill(en[key] as never, values, { number: String, plural: () => "other" } as never)) as never;

  it("is what was changed, or that a webhook gave up", () => {
    const disabled = { type: "webhook.saved", fields: ["disabled"] };
    expect(detail(t, line(disabled), {})).toBe("Changed: disabled");
    expect(detail(t, line({ ...disabled, why: "no_answer" }), {})).toMatch(/^Switched off by itself/);
  });

  it("is how many files a backup lacks", () => {
    expect(detail(t, line({ type: "backup.made" }), {})).toBe("");
    expect(detail(t, line({ type: "backup.made", to: "3", fields: ["missing 3f0a"] }), {})).toBe(
      "without 3 files",
    );
  });

  it("is as what an agent came, and what a tag is called now", () => {
    expect(detail(t, line({ type: "agent.created", to: "admin" }), { admin: "Administrator" })).toBe(
      "Administrator",
    );
    expect(detail(t, line({ type: "tag.renamed", to: "vip" }), {})).toBe("New name: vip");
  });
});
