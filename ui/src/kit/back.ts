let last = 0;

/**
 * Gives what lies over the page an entry in the history, so that going back (on a phone,
 * the gesture or the button) closes it and does not leave the page. The returned function
 * takes the entry away again, if it is still there.
 */
export function closeOnBack(close: () => void): () => void {
  const layer = ++last;
  const isThere = () => (history.state as { layer?: number } | null)?.layer === layer;
  history.pushState({ layer }, "");
  const gone = () => isThere() || close();
  addEventListener("popstate", gone);
  return () => {
    removeEventListener("popstate", gone);
    if (isThere()) history.back();
  };
}
