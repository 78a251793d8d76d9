import { beforeEach, describe, expect, it } from "vitest";
import { aConversation, aCustomer } from "../../test/shapes";
import { Selection } from "./selection.svelte";
import { Conversations } from "./conversations.svelte";

let book: Conversations;
let seen: number[];

beforeEach(() => {
  book = new Conversations();
  seen = [];
  book.watch((conversation) => seen.push(conversation.rev));
});

describe("the copy with the highest rev", () => {
  it("stays, in whichever order copies come", () => {
    book.put(aConversation({ number: 1, rev: 5, unread: 5 }));
    book.put(aConversation({ number: 1, rev: 3, unread: 3 }));
    book.put(aConversation({ number: 1, rev: 5, unread: 9 }));
    expect(book.get(1)?.unread).toBe(5);
    book.put(aConversation({ number: 1, rev: 6, unread: 6 }));
    expect(book.get(1)?.unread).toBe(6);
    expect(seen).toEqual([5, 6]);
  });

  it("is the same whatever the order of the frames", () => {
    const copies = [1, 2, 3, 4].map((rev) => aConversation({ number: 7, rev, unread: rev }));
    for (const order of [
      [3, 0, 2, 1],
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [1, 3, 0, 2],
    ]) {
      const other = new Conversations();
      for (const at of order) other.putAll(copies.slice(at, at + 1));
      expect(other.get(7)).toEqual(copies[3]);
    }
  });
});

describe("a conversation that was removed", () => {
  it("is gone, and an answer that was on its way does not bring it back", () => {
    book.put(aConversation({ number: 1, rev: 1 }));
    book.remove(1);
    book.put(aConversation({ number: 1, rev: 2 }));
    expect(book.get(1)).toBeUndefined();
    expect(seen).toEqual([1]);
    book.mistrust();
    book.put(aConversation({ number: 1, rev: 1 }));
    expect(book.get(1)?.rev).toBe(1);
  });

  it("is told of until one no longer listens, so that it is picked no more", () => {
    const selection = new Selection();
    selection.add([1, 2, 3]);
    const end = book.whenRemoved((number) => selection.remove([number]));
    book.remove(2);
    expect(selection.numbers).toEqual([1, 3]);
    end();
    book.remove(3);
    expect(selection.size).toBe(2);
  });
});

describe("a hope", () => {
  it("is shown until it is settled, and never counts as known", () => {
    book.put(aConversation({ number: 1, rev: 1, state: "open" }));
    const settle = book.hope(1, { state: "resolved" });
    expect(book.get(1)?.state).toBe("resolved");
    expect(book.known(1)?.state).toBe("open");
    settle();
    expect(book.get(1)?.state).toBe("open");
  });

  it("that is older does not take back a newer one", () => {
    book.put(aConversation({ number: 1, rev: 1, state: "open" }));
    const first = book.hope(1, { state: "resolved" });
    book.hope(1, { archived: true });
    first();
    expect(book.get(1)?.archived).toBe(true);
  });
});

describe("a customer who changed", () => {
  const named = (name: string, rev: number) => ({
    id: "c1",
    rev,
    name,
    email: "",
    blocked: false,
    language: "",
  });

  it("changes in every conversation of theirs", () => {
    book.put(aConversation({ number: 1, rev: 1, customer: named("Ada", 1) }));
    book.put(aConversation({ number: 2, rev: 1, customer: named("Ada", 1) }));
    book.putCustomer(aCustomer({ id: "c1", rev: 2, name: "Ada Kaya" }));
    expect([1, 2].map((number) => book.get(number)?.customer.name)).toEqual(["Ada Kaya", "Ada Kaya"]);
  });

  it("stays changed when an older copy comes with a newer conversation", () => {
    book.put(aConversation({ number: 1, rev: 1, customer: named("Ada Kaya", 5) }));
    book.put(aConversation({ number: 1, rev: 2, customer: named("Ada", 4) }));
    expect(book.get(1)).toMatchObject({ rev: 2, customer: { name: "Ada Kaya" } });
  });
});

describe("after the data may have become other ones", () => {
  const named = (name: string, rev: number) => ({ ...aConversation().customer, id: "c1", rev, name });

  it("the next copy is taken whatever its rev, and then the highest again", () => {
    book.put(aConversation({ number: 1, rev: 9, unread: 9, customer: named("Ada Kaya", 9) }));
    book.put(aConversation({ number: 2, rev: 9, customer: named("Ada Kaya", 9) }));
    book.mistrust();
    book.put(aConversation({ number: 1, rev: 6, unread: 6, customer: named("Ada", 3) }));
    expect(book.get(1)).toMatchObject({ rev: 6, unread: 6, customer: { name: "Ada" } });
    expect(book.get(2)?.customer.name).toBe("Ada");
    book.put(aConversation({ number: 1, rev: 5, unread: 5, customer: named("Old", 2) }));
    expect(book.get(1)).toMatchObject({ rev: 6, customer: { name: "Ada" } });
    book.put(aConversation({ number: 1, rev: 7, unread: 7, customer: named("Ada", 3) }));
    expect(book.get(1)?.unread).toBe(7);
  });
});
