import { beforeEach, describe, expect, it } from "vitest";
import type { Api } from "$api/api";
import type { Attachment } from "$api/types";
import { MemoryShelf } from "../../test/shelf";
import { Composing } from "./composing.svelte";
import { Drafts } from "./drafts.svelte";
import type { Outgoing } from "./outgoing";

let composing: Composing;

/** A message that is nothing but a file, and may be sent in spite of others. */
function aFile(): Outgoing {
  const file = { id: "f", name: "a.pdf", size: 1, type: "application/pdf" } as Attachment;
  return { id: "m", number: 1, text: "", note: false, files: [file], at: 0, stage: "failed", tries: 0 };
}

beforeEach(() => {
  const api = { saveDraft: () => new Promise(() => undefined) } as unknown as Api;
  const drafts = new Drafts(api, new MemoryShelf());
  drafts.takeUp("me");
  composing = new Composing(1, api, drafts);
});

describe("what a reply's writer had seen", () => {
  it("is what was on the screen when its text was last touched", () => {
    composing.write("Merhaba", 10);
    expect(composing.take(0, 11)?.seen).toBe(10);
  });

  it("does not go on from the reply before, where nothing was typed since", () => {
    composing.write("Merhaba", 10);
    composing.take(0, 10);
    composing.takeBack(aFile());
    expect(composing.take(0, 11)?.seen).toBe(11);
  });

  it("does not go on from a text that was taken away", () => {
    composing.write("Merhaba", 10);
    composing.write("", 10);
    composing.takeBack(aFile());
    expect(composing.take(0, 11)?.seen).toBe(11);
  });

  it("comes back with a reply that is taken back", () => {
    composing.write("Merhaba", 10);
    const sent = composing.take(0, 10);
    if (sent) composing.takeBack(sent);
    expect(composing.take(0, 11)?.seen).toBe(10);
  });
});
