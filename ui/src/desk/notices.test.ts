import { describe, expect, it } from "vitest";
import { Notices } from "./notices.svelte";

describe("notices", () => {
  it("say that something was copied only when it was", () => {
    const notices = new Notices();
    const key = ((name: string) => name) as never;
    notices.copied(true);
    notices.copied(false);
    expect(notices.all.map(({ text, isFault }) => [text(key), isFault])).toEqual([
      ["msg.copied", false],
      ["msg.notCopied", true],
    ]);
  });
});
