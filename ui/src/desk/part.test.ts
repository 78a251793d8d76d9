import { expect, test } from "vitest";
import { ApiError } from "$api/error";
import { Part } from "./part.svelte";

test("trying again repeats what failed: the first page, or a further one", async () => {
  const asked: string[] = [];
  let isDown = false;
  const part = new Part<string>((cursor) => {
    asked.push(cursor);
    if (isDown) return Promise.reject(new ApiError("offline"));
    return Promise.resolve({ items: [`after ${cursor}`], next: `${cursor}+` });
  });
  await part.load();
  isDown = true;
  await part.load();
  expect([part.items, part.fault]).toEqual([["after "], "offline"]);
  isDown = false;
  await part.retry();
  expect([part.items, part.fault]).toEqual([["after "], undefined]);
  isDown = true;
  await part.more();
  isDown = false;
  await part.retry();
  expect(part.items).toEqual(["after ", "after +"]);
  expect(asked).toEqual(["", "", "", "+", "+"]);
});
