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

/** How long to leave the line to the list, in milliseconds. */
const restBefore = 300;

/** Fetches all parts soon; the answer calls that off. */
export function fetchParts(): () => void {
  const timer = setTimeout(() => {
    // A part that could not be fetched is asked for again when it is needed.
    for (const part of Object.values(parts)) part().catch(() => undefined);
  }, restBefore);
  return () => clearTimeout(timer);
}
