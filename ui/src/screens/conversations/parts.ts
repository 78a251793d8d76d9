import type { Desk } from "$desk/desk.svelte";
import { insist } from "$kit/insist";

/** How long to leave the line to the list, in milliseconds. */
const restBefore = 300;

/**
 * Parts of the screen that are not needed for its first sight, the list. What is typed
 * goes into some of them at once, and letters that come too early would be shortcuts: so
 * all are fetched while the list is being read (fetchParts).
 */
export const parts = {
  threadPane: () => import("./thread/ThreadPane.svelte"),
  assignPopover: () => import("./thread/AssignPopover.svelte"),
  hitsBar: () => import("./thread/hits/HitsBar.svelte"),
};

/** Fetches all parts soon; the answer calls that off. That one can't be had is told where it is shown. */
export function fetchParts(desk: Desk): () => void {
  const fetchPart = (part: () => Promise<unknown>) =>
    void insist(part, () => desk.answers()).catch(() => undefined);
  const timer = setTimeout(() => Object.values(parts).forEach(fetchPart), restBefore);
  return () => clearTimeout(timer);
}
