import type { Reply, ReplyChange } from "$api/types";

/** A saved reply as it stands in a file. */
export type Row = Required<Omit<ReplyChange, never>>;

export type RowFault = "odd" | "title" | "text" | "long" | "shortcut" | "language";

export type ParsedRow = { row: Row } | { fault: RowFault };

export const mostRows = 1000;

const limits = { title: 120, shortcut: 40, category: 60, text: 8192 };

/** Writes replies as a file that can be read again, here or in another Parley. */
export function write(replies: readonly Reply[]): string {
  const rows = replies.map(({ title, shortcut, category, language, text, enabled, mine }) => ({
    title,
    shortcut,
    category,
    language,
    text,
    enabled,
    mine,
  }));
  return `${JSON.stringify({ saved_replies: rows }, null, 2)}\n`;
}

/**
 * Reads a file: the list itself, or an object with it as saved_replies. Each row is
 * judged by itself. undefined for what is not such a file.
 */
export function parse(file: string): ParsedRow[] | undefined {
  let given: unknown;
  try {
    given = JSON.parse(file.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
  const rows = Array.isArray(given) ? given : (given as { saved_replies?: unknown } | null)?.saved_replies;
  return Array.isArray(rows) ? rows.map(rowOf) : undefined;
}

function rowOf(given: unknown): ParsedRow {
  if (typeof given !== "object" || given === null) return { fault: "odd" };
  const fields = given as Record<string, unknown>;
  const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : "");
  const row: Row = {
    title: text("title").trim(),
    shortcut: text("shortcut").trim().replace(/^\//, ""),
    category: text("category").trim(),
    language: text("language"),
    text: text("text"),
    enabled: fields["enabled"] !== false,
    mine: fields["mine"] === true,
  };
  const fault = faultOf(row);
  return fault ? { fault } : { row };
}

function faultOf(row: Row): RowFault | undefined {
  if (row.title === "") return "title";
  if (row.text.trim() === "") return "text";
  if (!isShortcut(row.shortcut)) return "shortcut";
  if (!["", "tr", "en"].includes(row.language)) return "language";
  const isLong =
    [...row.title].length > limits.title ||
    row.shortcut.length > limits.shortcut ||
    [...row.category].length > limits.category ||
    new TextEncoder().encode(row.text).length > limits.text;
  return isLong ? "long" : undefined;
}

/** Whether a shortcut holds only what every keyboard types: a to z, digits, hyphens. Empty is none. */
export function isShortcut(shortcut: string): boolean {
  return /^[a-z0-9-]*$/.test(shortcut);
}
