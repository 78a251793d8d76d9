import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "$api/error";
import { Held } from "./held.svelte";

interface Record {
  rev: number;
  name: string;
  lines: string[];
  hint?: string;
}

/** As it goes over the wire. */
const copyOf = (record: Record) => JSON.parse(JSON.stringify(record)) as Record;

/** A server that keeps one record, trims names as it does, and answers when it is let. */
class Server {
  kept: Record = { rev: 1, name: "Ayvadan", lines: ["one"] };
  waits: Promise<void> = Promise.resolve();

  readonly read = async () => copyOf(this.kept);

  readonly write = async (given: Record) => {
    await this.waits;
    if (given.rev !== this.kept.rev) throw new ApiError("conflict", 409);
    this.kept = { ...copyOf(given), rev: given.rev + 1, name: given.name.trim() };
    return copyOf(this.kept);
  };
}

let server: Server;
let held: Held<Record>;

beforeEach(async () => {
  server = new Server();
  held = new Held(server.read, server.write);
  await held.load();
});

/** Saves, and does something before the answer comes. */
async function saveWhile(act: () => void): Promise<boolean> {
  let answer = () => {};
  server.waits = new Promise((done) => (answer = done));
  const saving = held.save();
  act();
  answer();
  return saving;
}

describe("a record of the settings", () => {
  it("is as the server made it once it is saved", async () => {
    held.draft.name = "  Quince ";
    expect(held.isChanged).toBe(true);
    expect(await held.save()).toBe(true);
    expect([held.draft, held.isChanged]).toEqual([server.kept, false]);
  });

  it("keeps what is typed while it is being saved, and saves it next", async () => {
    held.draft.name = "Quince ";
    await saveWhile(() => {
      held.draft.lines.push("two");
      held.draft.hint = "new";
    });
    expect(held.draft).toEqual({ rev: 2, name: "Quince", lines: ["one", "two"], hint: "new" });
    expect(held.isChanged).toBe(true);
    expect(await held.save()).toBe(true);
    expect([server.kept.lines, server.kept.hint, held.isChanged]).toEqual([["one", "two"], "new", false]);
  });

  it("keeps a field that is typed on in while it is being saved", async () => {
    held.draft.name = "Qui";
    await saveWhile(() => (held.draft.name = "Quince"));
    expect([held.draft.name, held.stored?.name]).toEqual(["Quince", "Qui"]);
  });

  it("keeps what was taken away while it was being saved away", async () => {
    held.draft.hint = "new";
    await saveWhile(() => delete held.draft.hint);
    await held.save();
    expect(server.kept).not.toHaveProperty("hint");
  });

  it("that was refused is as it was typed, and says why", async () => {
    server.kept.rev = 7;
    held.draft.name = "Quince";
    expect(await held.save()).toBe(false);
    expect([held.fault?.code, held.draft.name, held.stored?.name]).toEqual(["conflict", "Quince", "Ayvadan"]);
    held.discard();
    expect([held.fault, held.draft.name]).toEqual([undefined, "Ayvadan"]);
  });
});
