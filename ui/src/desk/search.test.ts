import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Api } from "$api/api";
import { ApiError } from "$api/error";
import type { Hit, SearchPage } from "$api/types";
import { aConversation } from "../../test/shapes";
import { MemoryShelf } from "../../test/shelf";
import { Conversations } from "./conversations.svelte";
import { numberIn, Search } from "./search.svelte";

const hit = (number: number): Hit => ({
  conversation: aConversation({ number }),
  hits: 1,
  snippets: [],
  fields: [],
});

/** A server that finds pages: each query's, one after another. */
class Server {
  pages: Record<string, number[][]> = {};
  asked: string[] = [];
  isDown = false;

  readonly search = async (q: string, cursor = "", signal?: AbortSignal): Promise<SearchPage> => {
    this.asked.push(cursor === "" ? q : `${q} after ${cursor}`);
    await Promise.resolve();
    if (signal?.aborted) throw new ApiError("aborted", 0);
    if (this.isDown) throw new ApiError("unavailable", 503);
    const at = Number(cursor);
    const pages = this.pages[q] ?? [[]];
    const next = at + 1 < pages.length ? String(at + 1) : "";
    const hits = (pages[at] ?? []).map(hit);
    return { hits, next, total: 9, total_exact: next === "", terms: [q], state: "ready", progress: 1 };
  };
}

let server: Server;
let search: Search;
let shelf: MemoryShelf;

const numbers = () => search.page?.hits.map(({ conversation }) => conversation.number);

beforeEach(() => {
  server = new Server();
  server.pages = { kargo: [[1, 2], [3], []], iade: [[7]] };
  shelf = new MemoryShelf();
  search = new Search(server as unknown as Api, new Conversations(), shelf);
});

/** Types and does not wait. */
async function ask(query: string, asked?: string): Promise<void> {
  search.type(query, asked);
  await search.run();
}

describe("a search", () => {
  it("brings page after page behind what is there", async () => {
    await ask("kargo");
    expect([numbers(), search.firstCount]).toEqual([[1, 2], 2]);
    await search.more();
    expect([numbers(), search.firstCount]).toEqual([[1, 2, 3], 2]);
    await search.more();
    expect([numbers(), search.page?.next]).toEqual([[1, 2, 3], ""]);
    await search.more();
    expect(server.asked).toEqual(["kargo", "kargo after 1", "kargo after 2"]);
  });

  it("asks for a page once, however many wait for it", async () => {
    await ask("kargo");
    const first = search.more();
    await search.more();
    expect(numbers()).toEqual([1, 2, 3]);
    await first;
    expect(server.asked).toHaveLength(2);
  });

  it("goes on over pages that hold nothing, but not for ever", async () => {
    server.pages["rare"] = [[], [], [5], []];
    await ask("rare");
    expect(numbers()).toEqual([5]);
    server.pages["never"] = Array.from({ length: 100 }, () => []);
    server.asked = [];
    await ask("never");
    expect([numbers(), server.asked.length, search.page?.next]).toEqual([[], 8, "8"]);
  });

  it("keeps old results until new ones come", async () => {
    await ask("kargo");
    search.type("iade");
    expect([numbers(), search.isBusy]).toEqual([[1, 2], true]);
    await search.run();
    expect([numbers(), search.isBusy]).toEqual([[7], false]);
  });

  it("passes over what an earlier query still brings", async () => {
    await ask("kargo");
    const more = search.more();
    const other = ask("iade");
    await Promise.all([more, other]);
    expect([numbers(), search.isLoadingMore]).toEqual([[7], false]);
  });

  it("keeps what is there when more can't be had, and tries again", async () => {
    await ask("kargo");
    server.isDown = true;
    await search.more();
    expect([numbers(), search.error?.code, search.isLoadingMore]).toEqual([[1, 2], "unavailable", false]);
    server.isDown = false;
    await search.more();
    expect([numbers(), search.error]).toEqual([[1, 2, 3], undefined]);
  });

  it("does not ask for what is only being begun", async () => {
    await ask("kargo tag:", "kargo ");
    expect([server.asked, search.query, search.isAnswered]).toEqual([["kargo"], "kargo tag:", true]);
    vi.useFakeTimers();
    search.type("tag:", "");
    vi.runAllTimers();
    vi.useRealTimers();
    expect([server.asked.length, search.page]).toEqual([1, undefined]);
  });

  it("knows a number", () => {
    expect([numberIn(" #1042 "), numberIn("7"), numberIn("7a"), numberIn("")]).toEqual([
      1042,
      7,
      undefined,
      undefined,
    ]);
  });
});

describe("recent searches", () => {
  it("are the last eight, each once, the newest first, and forgotten one by one or all", () => {
    for (let n = 1; n <= 10; n++) search.note("ada", `q${n}`);
    search.note("ada", "q5");
    expect(search.recent).toEqual(["q5", "q10", "q9", "q8", "q7", "q6", "q4", "q3"]);
    search.forget("ada", "q10");
    const later = new Search(server as unknown as Api, new Conversations(), shelf);
    later.remember("ada");
    expect(later.recent).toEqual(["q5", "q9", "q8", "q7", "q6", "q4", "q3"]);
    later.remember("bora");
    expect(later.recent).toEqual([]);
    search.forgetRecent("ada");
    expect([search.recent, shelf.names("searches")]).toEqual([[], []]);
  });
});
