import { describe, expect, it } from "vitest";
import type { Hit, SearchPage } from "$api/types";
import { aConversation, minute } from "../../../../test/shapes";
import { beginnings, sectionsFor, type Found } from "./options";

type Given = Partial<Hit> & { customer?: string };

function hit(number: number, { customer = `c${number}`, ...given }: Given = {}): Hit {
  const ref = { id: customer, rev: 1, name: customer, email: "", blocked: false, language: "" };
  const conversation = aConversation({ number, active_at: minute(number), customer: ref });
  return { conversation, hits: 0, snippets: [], fields: [], ...given };
}

const snippet = { seq: 4, kind: "customer", author: { kind: "customer", id: "c" }, at: minute(1) } as const;
const said = { hits: 1, snippets: [{ ...snippet, text: "kargo", ranges: [[0, 5]] }] } as Given;
const named = (text: string, ...ranges: [number, number][]): Given => ({
  fields: [{ name: "customer.name", text, ranges }],
});

function found(hits: Hit[], terms: string[], given: Partial<Found & { next: string }> = {}): Found {
  const { next = "", number, firstCount = hits.length } = given;
  const page = { hits, next, terms, total: hits.length, total_exact: true, state: "ready", progress: 1 };
  return { number, page: page as SearchPage, firstCount };
}

/** The groups with the ids of their options. */
const shape = (...given: Parameters<typeof sectionsFor>) =>
  Object.fromEntries(
    sectionsFor(...given).map(({ id, options }) => [id, options.map((option) => option.id)]),
  );

describe("what a search offers", () => {
  it("is nothing where nothing was found", () => {
    expect(shape(found([], ["x"]), [])).toEqual({});
    expect(shape({ number: undefined, page: undefined, firstCount: 0 }, [])).toEqual({});
  });

  it("is the number first, and what completes the query before that", () => {
    const [first, second] = sectionsFor(found([hit(1, said)], ["7"], { number: 7 }), [
      { text: "tag:", says: "" },
    ]);
    expect([first?.id, second?.id]).toEqual(["filters", "conversations"]);
    expect(second?.options[0]).toEqual({ type: "number", id: "number", number: 7 });
  });

  it("tells apart what was found by its customer and what was written", () => {
    const hits = [hit(5, said), hit(3, { ...named("Ayşe Kaya", [0, 4]), customer: "ayse" }), hit(4, said)];
    expect(shape(found(hits, ["ayse"]), [])).toEqual({
      conversations: ["hit-3"],
      customers: ["customer-ayse"],
      messages: ["hit-5", "hit-4"],
    });
  });

  it("names each customer once, with the newest conversation, if all words are theirs", () => {
    const ayse = { ...named("Ayşe Kaya", [0, 4], [5, 9]), customer: "ayse" };
    const half = { ...named("Ayşe Demir", [0, 4]), ...said, customer: "other" };
    const [, customers] = sectionsFor(
      found([hit(2, ayse), hit(8, ayse), hit(9, half)], ["ayse", "kaya"]),
      [],
    );
    expect(customers?.options).toMatchObject([{ type: "customer", id: "customer-ayse", number: 8 }]);
  });

  it("keeps the strongest in sight where there is more than one kind, and loses none", () => {
    const hits = [1, 2, 3, 4, 5].map((number) => hit(number, { ...named("Ayşe", [0, 4]), customer: "ayse" }));
    const groups = shape(found(hits, ["ayse"]), []);
    expect(groups["conversations"]).toEqual(["hit-1", "hit-2", "hit-3"]);
    expect(groups["further"]).toEqual(["hit-4", "hit-5"]);
    expect(
      shape(
        found(
          [1, 2, 3, 4, 5].map((number) => hit(number)),
          [],
        ),
        [],
      )["conversations"],
    ).toHaveLength(5);
  });

  it("puts what comes later behind what is there", () => {
    const hits = [hit(1, said), hit(2), hit(3, said)];
    expect(shape(found(hits, ["x"], { firstCount: 1, next: "on" }), [])).toEqual({
      messages: ["hit-1"],
      further: ["hit-2", "hit-3"],
      more: ["more"],
    });
  });

  it("leads to the best message", () => {
    expect(sectionsFor(found([hit(1, said)], ["x"]), [])[0]?.options[0]).toMatchObject({ seq: 4 });
  });

  it("begins with the recent queries and the filters", () => {
    const groups = beginnings(["kargo"], [{ text: "tag:", says: "" }]).map(({ id }) => id);
    expect(groups).toEqual(["recent", "filters"]);
    expect(beginnings([], [])).toEqual([]);
  });
});
