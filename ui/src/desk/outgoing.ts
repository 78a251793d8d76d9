import type { ApiError } from "$api/error";
import type { Attachment, Draft, ID } from "$api/types";

/**
 * A message on its way out. It is in the thread from the moment of sending and leaves
 * only when the server has it, or when its writer takes it back.
 *
 *   resting      for as long as its writer wants to be able to take it back
 *     │
 *     ▼
 *   queued ──▶ sending ──▶ (in the thread)
 *     ▲           │ passing fault, up to a minute: queued again
 *     │           ├──▶ failed    until its writer tries again or deletes it
 *     └───────────┘──▶ collided  another agent replied first: back to the composer
 */
export interface Outgoing {
  /** The client id: one for all tries, so that the server keeps one message. */
  id: ID;
  number: number;
  text: string;
  note: boolean;
  files: Attachment[];
  /** The newest message that the writer had seen; absent to send in spite of others. */
  seen?: number | undefined;
  /** Whether the conversation is resolved once the server has it. */
  resolve?: boolean | undefined;
  /** As what it is resolved then. */
  category?: ID | undefined;
  /** When it was sent, in this browser's time. */
  at: number;
  /** How many seconds it rests before it goes, where it does. */
  delay?: number | undefined;
  stage: Stage;
  /** Why it failed: an ApiError's code. */
  code?: string | undefined;
  /** Tries that failed in a row while there was a connection. */
  tries: number;
  /** Since when it has been tried with a connection. */
  since?: number | undefined;
}

export type Stage = "resting" | "queued" | "sending" | "failed" | "collided";

/** How long a message is tried over a working connection before it counts as failed. */
export const patience = 60_000;

/** After this long on its way the writer is told that it takes time. */
export const slowAfter = 10_000;

export function draftOf(outgoing: Outgoing): Draft {
  return {
    client_id: outgoing.id,
    text: outgoing.text,
    ...(outgoing.note && { note: true }),
    ...(outgoing.files.length > 0 && { attachments: outgoing.files.map((file) => file.id) }),
    ...(outgoing.seen !== undefined && { seen_seq: outgoing.seen }),
  };
}

/** Lets a reply rest before it goes. A note never does: nobody outside the team reads a slip in it. */
export function resting(outgoing: Outgoing, delay: number): Outgoing {
  return delay > 0 && !outgoing.note ? { ...outgoing, stage: "resting", delay } : outgoing;
}

export function sending(outgoing: Outgoing, now: number): Outgoing {
  return { ...outgoing, stage: "sending", code: undefined, since: outgoing.since ?? now };
}

/** What becomes of a message whose try failed. */
export function afterFault(outgoing: Outgoing, error: ApiError, now: number, isConnected: boolean): Outgoing {
  if (error.code === "collision") return { ...outgoing, stage: "collided" };
  if (error.code === "unauthorized") return { ...outgoing, stage: "queued", since: undefined };
  if (!error.isPassing) return { ...outgoing, stage: "failed", code: error.code };
  if (!isConnected) return { ...outgoing, stage: "queued", since: undefined, tries: 0 };
  const isTooLong = now - (outgoing.since ?? now) >= patience;
  if (isTooLong) return { ...outgoing, stage: "failed", code: error.code, tries: 0 };
  return { ...outgoing, stage: "queued", tries: outgoing.tries + 1 };
}

export function retried(outgoing: Outgoing): Outgoing {
  return { ...outgoing, stage: "queued", code: undefined, since: undefined, tries: 0 };
}

/**
 * The messages that may be sent now: of each conversation the first, if it waits. What
 * rests, failed or is on its way holds back what was written after it, so order is kept.
 */
export function ready(all: readonly Outgoing[]): Outgoing[] {
  const first = new Map<number, Outgoing>();
  for (const outgoing of all) {
    if (!first.has(outgoing.number)) first.set(outgoing.number, outgoing);
  }
  return [...first.values()].filter((outgoing) => outgoing.stage === "queued");
}

/**
 * Reads one that was kept; undefined for what is not one. What rested goes at once: the
 * page that showed it is gone, and it may have been on its way out with that.
 */
export function readOutgoing(kept: string | null): Outgoing | undefined {
  try {
    const given = (JSON.parse(kept ?? "") ?? {}) as Partial<Outgoing>;
    if (typeof given.id !== "string" || typeof given.number !== "number") return undefined;
    const { id, number, text = "", note = false, files = [], at = 0, seen, resolve, category, code } = given;
    const stage = given.stage === "failed" ? "failed" : "queued";
    return { id, number, text, note, files, seen, resolve, category, at, stage, code, tries: 0 };
  } catch {
    return undefined;
  }
}
