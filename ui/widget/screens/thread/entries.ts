import { dayKey } from "$words/dates";
import type { Attachment, Message } from "../../api";
import type { Outgoing } from "../../state/outgoing";

/** How far a message of the visitor has come. */
export type Mark = "queued" | "sending" | "failed" | "sent" | "read";

export interface Said {
  type: "said";
  /** The same from the moment of sending on, so that what is shown stays in place. */
  key: string;
  id: string;
  kind: "customer" | "agent" | "bot";
  author: string;
  /** The address of the author's photo. */
  photo?: string | undefined;
  text: string;
  files: readonly Attachment[];
  at: number;
  mark?: Mark;
  code?: string | undefined;
  /** Whether it is the first and the last of what one person said in a row. */
  isFirst: boolean;
  isLast: boolean;
}

export type Entry =
  | Said
  | { type: "day"; key: string; at: number }
  | { type: "event"; key: string; event: string; name: string };

/** What one says within this time stands together. */
const together = 5 * 60_000;

/**
 * What a thread shows, in order: its messages, what is on its way after them, and a line
 * before each day. `read` is the seq up to which the team has read.
 */
export function entriesOf(
  messages: readonly Message[],
  outgoing: readonly Outgoing[],
  read: number,
): Entry[] {
  const arrived = new Set(messages.map(({ client_id }) => client_id));
  const waiting = outgoing.filter(({ id }) => !arrived.has(id));
  const all: Entry[] = [];
  let day = "";
  for (const each of [...messages.map((message) => entryOf(message, read)), ...waiting.map(saidOf)]) {
    const at = each.at;
    if (at !== undefined && dayKey(at) !== day) {
      day = dayKey(at);
      all.push({ type: "day", key: day, at });
    }
    join(all.at(-1), each.entry);
    all.push(each.entry);
  }
  return all;
}

/** Whether one of the team has answered since the conversation began, was handed over or opened again. */
export function isAnswered(messages: readonly Message[]): boolean {
  const turn = messages.findLast(
    ({ kind, event }) => kind === "agent" || event?.type === "handed_over" || event?.type === "reopened",
  );
  return turn?.kind === "agent";
}

function entryOf(message: Message, read: number): { entry: Entry; at: number } {
  const at = Date.parse(message.at);
  const { id, kind, client_id, text, attachments, author, event } = message;
  if (kind === "event") {
    // What the visitor asked for themselves is told so; of the rest, who did it is of no concern.
    const what = event?.by === "customer" ? "asked" : (event?.type ?? "");
    return { at, entry: { type: "event", key: id, event: what, name: event?.name ?? "" } };
  }
  const entry: Said = {
    type: "said",
    key: client_id ?? id,
    id,
    kind,
    author: author?.name ?? "",
    photo: author?.photo,
    text,
    files: attachments ?? [],
    at,
    ...(kind === "customer" && { mark: message.seq <= read ? ("read" as const) : ("sent" as const) }),
    isFirst: true,
    isLast: true,
  };
  return { at, entry };
}

function saidOf({ id, text, files, at, stage, code }: Outgoing): { entry: Entry; at: number } {
  const said = { type: "said", key: id, id, kind: "customer", author: "" } as const;
  return { at, entry: { ...said, text, files, at, mark: stage, code, isFirst: true, isLast: true } };
}

/** Puts an entry to the one before it, where one person said both in a short time. */
function join(before: Entry | undefined, entry: Entry): void {
  if (before?.type !== "said" || entry.type !== "said") return;
  const isOne = before.kind === entry.kind && before.author === entry.author && before.mark !== "failed";
  if (!isOne || entry.at - before.at > together) return;
  entry.isFirst = false;
  // A difference in how far they have come is told at the first of them.
  before.isLast = before.mark !== entry.mark;
}
