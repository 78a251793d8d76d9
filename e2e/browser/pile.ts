import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Parley, test as base } from "./parley";

/** What stands in the pile, newest first: one conversation a day, numbered from 1. */
export interface Heap {
  number: number;
  at: number;
  tags: string[];
  channel: string;
  language: string;
  isResolved: boolean;
  customer: string;
}

const day = 24 * 60 * 60_000;
const size = 60;

/** Every day's conversation; number 1 is the newest. */
export const pile: Heap[] = Array.from({ length: size }, (_, i) => ({
  number: i + 1,
  at: Date.now() - 60_000 - i * day,
  tags: [...(i % 5 === 0 ? ["iade"] : []), ...(i % 7 === 0 ? ["çok acil"] : [])],
  channel: i === 50 ? "e-posta" : i % 3 === 0 ? "widget" : "web",
  language: i === 51 ? "de" : i % 4 === 0 ? "en" : "tr",
  isResolved: i % 6 === 5,
  customer: i % 10 === 3 ? "Ayşe Kaya" : `Müşteri ${i + 1}`,
}));

/** Those of the pile for which something holds, in the order of a list. */
export function numbers(holds: (heap: Heap) => boolean): number[] {
  return pile.filter(holds).map((heap) => heap.number);
}

function line({ at, tags, channel, language, isResolved, customer, number }: Heap): string {
  const text = number <= 45 ? `Kargo nerede kaldı? (${number})` : `Merhaba (${number})`;
  const said = { from: "customer", text, at: new Date(at).toISOString() };
  const isAyse = customer === "Ayşe Kaya";
  return JSON.stringify({
    customer: {
      id: isAyse ? "ayse" : `c${number}`,
      name: customer,
      language,
      ...(isAyse && { email: "ayse.kaya@example.com", phone: "+905320001122" }),
    },
    channel,
    status: isResolved ? "resolved" : "open",
    agent: null,
    bot: false,
    tags,
    unread: 0,
    messages: number === 2 ? [said, { ...said, text: "Kargo hâlâ yok" }] : [said],
  });
}

/** A test whose Parley holds the pile. */
export const test = base.extend({
  parley: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "parley-pile-"));
    const file = join(folder, "pile.jsonl");
    await writeFile(file, `${pile.map(line).join("\n")}\n`);
    const parley = await Parley.start(file);
    await use(parley);
    await parley.stop();
    await rm(folder, { recursive: true, force: true });
  },
});
