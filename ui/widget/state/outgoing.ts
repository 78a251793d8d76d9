import type { ApiError } from "$api/error";
import type { Attachment } from "../api";

/**
 * A message on its way out. It is in the thread from the moment of sending and leaves
 * only when the server has it, or when its writer deletes it.
 */
export interface Outgoing {
  /** The client id: one for all tries, so that the server keeps one message. */
  id: string;
  /** The conversation's handle, or `new:` and the id of the message that begins it. */
  target: string;
  text: string;
  files: Attachment[];
  /** In this browser's time. */
  at: number;
  stage: "queued" | "sending" | "failed";
  /** Why it failed: an ApiError's code. */
  code?: string | undefined;
  tries: number;
}

/** What a conversation that the server does not have yet goes by. */
export const isNew = (target: string): boolean => target.startsWith("new:");

/** What becomes of a message whose try failed. */
export function afterFault(outgoing: Outgoing, error: ApiError): Outgoing {
  const tries = outgoing.tries + 1;
  // A token that is gone is replaced on the next try; what the server refused is not sent again.
  const isPassing = error.isPassing || (error.code === "unauthorized" && tries < 3);
  return { ...outgoing, tries, stage: isPassing ? "queued" : "failed", code: error.code };
}

/**
 * The messages that may be sent now: of each conversation the first, if it waits. What
 * failed or is on its way holds back what was written after it, so order is kept.
 */
export function ready(all: readonly Outgoing[]): Outgoing[] {
  const first = new Map<string, Outgoing>();
  for (const outgoing of all) {
    if (!first.has(outgoing.target)) first.set(outgoing.target, outgoing);
  }
  return [...first.values()].filter(({ stage }) => stage === "queued");
}

/** Reads one that was kept; undefined for what is not one. */
export function readOutgoing(kept: string | undefined): Outgoing | undefined {
  try {
    const given = (JSON.parse(kept ?? "") ?? {}) as Partial<Outgoing>;
    const { id, target, text = "", files = [], at = 0, code } = given;
    if (typeof id !== "string" || typeof target !== "string") return undefined;
    return {
      id,
      target,
      text,
      files,
      at,
      code,
      stage: given.stage === "failed" ? "failed" : "queued",
      tries: 0,
    };
  } catch {
    return undefined;
  }
}
