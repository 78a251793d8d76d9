import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "$api/error";
import type { ThreadHits } from "$api/types";
import { Hits } from "./hits.svelte";

interface Question {
  number: number;
  query: string;
  answer: (seqs: number[], all?: boolean) => void;
  fail: () => void;
}

let asked: Question[];
let hits: Hits;

const ask = (number: number, query: string, signal?: AbortSignal): Promise<ThreadHits> =>
  new Promise((done, failed) => {
    signal?.addEventListener("abort", () => failed(new Error("aborted")));
    asked.push({
      number,
      query,
      answer: (seqs, all = true) => done({ hits: seqs.map((seq) => ({ seq, ranges: [[0, seq]] })), all }),
      fail: () => failed(new ApiError("offline")),
    });
  });

beforeEach(() => {
  asked = [];
  hits = new Hits({ hits: ask });
});

describe("hits", () => {
  it("are walked in both directions, and from the end to the beginning", async () => {
    const finding = hits.find(7, "kargo");
    asked[0]?.answer([3, 9, 12]);
    await finding;
    expect([hits.count, hits.isAll, hits.newest]).toEqual([3, true, 12]);
    expect([hits.step(9, 1), hits.step(9, -1), hits.step(12, 1), hits.step(3, -1)]).toEqual([12, 3, 3, 12]);
    expect([hits.step(5, 1), hits.step(5, -1), hits.step(undefined, 1)]).toEqual([9, 3, 3]);
    expect([hits.place(9), hits.place(5), hits.place(undefined)]).toEqual([2, 0, 0]);
    expect([hits.ranges(9), hits.ranges(4)]).toEqual([[[0, 9]], []]);
  });

  it("ask once for the same, and again after a failure", async () => {
    const first = hits.find(7, "kargo");
    void hits.find(7, "kargo");
    asked[0]?.fail();
    await first;
    expect([asked.length, hits.error?.code, hits.isBusy]).toEqual([1, "offline", false]);
    const again = hits.find(7, "kargo");
    asked[1]?.answer([4]);
    await again;
    expect([hits.error, hits.count]).toEqual([undefined, 1]);
  });

  it("answer the last question, whatever comes when", async () => {
    void hits.find(7, "ka");
    const second = hits.find(7, "kargo");
    asked[0]?.answer([1, 2, 3]);
    asked[1]?.answer([2]);
    await second;
    expect([hits.count, hits.query, hits.isBusy]).toEqual([1, "kargo", false]);
  });

  it("of another conversation are not shown meanwhile", async () => {
    const first = hits.find(7, "kargo");
    asked[0]?.answer([1, 2]);
    await first;
    void hits.find(8, "kargo");
    expect([hits.count, hits.isBusy]).toEqual([0, true]);
    hits.clear();
    expect([hits.query, hits.isBusy]).toEqual(["", false]);
  });
});
