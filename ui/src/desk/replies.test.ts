import { expect, test } from "vitest";
import type { Api } from "$api/api";
import type { Reply } from "$api/types";
import { Replies } from "./replies.svelte";

const reply = (id: string, language: string, uses: number, more: Partial<Reply> = {}): Reply => ({
  id,
  rev: 1,
  mine: false,
  title: "Kargo",
  shortcut: id,
  category: "",
  language,
  text: "",
  enabled: true,
  uses,
  updated_at: "2025-03-09T12:00:00.000Z",
  used_at: null,
  ...more,
});

test("among replies that fit alike, those in the customer's language come first", async () => {
  const all = [
    reply("english", "en", 9),
    reply("any", "", 5),
    reply("turkish", "tr", 1),
    reply("other", "en", 9, { title: "Adres", text: "kargo" }),
  ];
  const replies = new Replies({ replies: () => Promise.resolve(all) } as unknown as Api);
  await replies.open();
  const ids = (language?: string) => replies.match("kargo", language).map(({ id }) => id);
  expect(ids("tr")).toEqual(["turkish", "any", "english", "other"]);
  expect(ids("en")).toEqual(["english", "any", "turkish", "other"]);
  expect(ids()).toEqual(["english", "any", "turkish", "other"]);
});
