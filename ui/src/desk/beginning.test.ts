import { expect, test } from "vitest";
import { ApiError } from "$api/error";
import type { CustomerRef, NewConversation, Posted } from "$api/types";
import { MemoryShelf } from "../../test/shelf";
import { Beginning } from "./beginning.svelte";

const irem: CustomerRef = {
  id: "c1",
  rev: 1,
  name: "İrem Çınar",
  email: "irem@example.com",
  blocked: false,
  language: "tr",
};

/** A server that answers, but for as many calls as it is told to lose. */
function make(shelf = new MemoryShelf()) {
  const sent: NewConversation[] = [];
  const server = { loses: 0 };
  const beginning = new Beginning(
    {
      begin: (draft: NewConversation) => {
        sent.push(draft);
        if (server.loses-- > 0) return Promise.reject(new ApiError("offline"));
        return Promise.resolve({ conversation: { number: 7 } } as Posted);
      },
      search: () => Promise.resolve({ hits: [] } as never),
      customersAt: () => Promise.resolve([]),
    },
    shelf,
  );
  beginning.takeUp("a");
  return { sent, server, beginning, shelf };
}

test("the same again after a lost answer has the same client id; another text has another", async () => {
  const { sent, server, beginning } = make();
  beginning.choose(irem);
  beginning.written.text = "Kargonuz yolda";
  server.loses = 2;
  expect(await beginning.send()).toBeUndefined();
  expect(beginning.refusal).toEqual({ code: "offline", field: undefined });
  expect(beginning.written.text).toBe("Kargonuz yolda");
  await beginning.send();
  beginning.written.text = "Kargonuz geldi";
  expect(await beginning.send()).toBeDefined();
  expect(sent[1]?.client_id).toBe(sent[0]?.client_id);
  expect(sent[2]?.client_id).not.toBe(sent[0]?.client_id);
  expect(sent[2]).toMatchObject({ customer_id: "c1", text: "Kargonuz geldi" });
});

test("what was written is there again after a reload, and gone once it was sent", async () => {
  const { beginning, shelf } = make();
  beginning.welcome("irem@example.com");
  beginning.written.text = "Merhaba";
  beginning.keep();
  const again = make(shelf);
  expect(again.beginning.written).toMatchObject({
    text: "Merhaba",
    newcomer: { name: "", email: "irem@example.com", phone: "" },
  });
  await again.beginning.send();
  expect(again.sent[0]).toMatchObject({ customer: { email: "irem@example.com" }, text: "Merhaba" });
  expect(make(shelf).beginning.written.text).toBe("");
});

test("what was looked for is taken for the name, the address or the number that it is", () => {
  const { beginning } = make();
  beginning.welcome(" İrem ");
  expect(beginning.written.newcomer).toEqual({ name: "İrem", email: "", phone: "" });
  beginning.welcome("+90 532 000 00 00");
  expect(beginning.written.newcomer).toEqual({ name: "", email: "", phone: "+90 532 000 00 00" });
});
