import type { Shelf } from "./keep";

/**
 * How far the first run has come, as this browser keeps it: what was typed, but never the
 * password. It is there until set-up is over, so that a reload goes on where one was.
 */
export interface SetupProgress {
  /** The furthest step, 1 to 4; from the third on there is an owner. */
  reached: number;
  /** The owner was asked for, and the answer may have been lost. */
  isAsked: boolean;
  zone: string;
  name: string;
  email: string;
  team: string;
  bot: string;
}

const shelfName = "setup";

export function readProgress(shelf: Shelf): SetupProgress | undefined {
  const kept = shelf.get(shelfName);
  if (kept === null) return undefined;
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  try {
    const read = JSON.parse(kept) as Record<string, unknown>;
    const reached = Math.trunc(Number(read["reached"]));
    return {
      reached: reached >= 1 && reached <= 4 ? reached : 1,
      isAsked: read["isAsked"] === true,
      zone: text(read["zone"]),
      name: text(read["name"]),
      email: text(read["email"]),
      team: text(read["team"]),
      bot: text(read["bot"]),
    };
  } catch {
    return undefined;
  }
}

export function keepProgress(shelf: Shelf, progress: SetupProgress): void {
  shelf.set(shelfName, JSON.stringify(progress));
}

/** Set-up is over, finished or left. */
export function endSetup(shelf: Shelf): void {
  shelf.remove(shelfName);
}

/** Whether the one who is signed in has steps of the set-up before them. */
export function isHalfSetUp(shelf: Shelf, role: string | undefined): boolean {
  const progress = role === "owner" ? readProgress(shelf) : undefined;
  return progress !== undefined && (progress.isAsked || progress.reached > 2);
}
