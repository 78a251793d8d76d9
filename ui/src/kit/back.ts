let last = 0;

const layerOf = (state: unknown) => (state as { layer?: number } | null)?.layer;

/** Whether the present entry of the history is that of something that lies over the page. */
export function isOverPage(): boolean {
  return layerOf(history.state) !== undefined;
}

/**
 * Gives what lies over the page an entry in the history, so that going back (on a phone,
 * the gesture or the button) closes it and does not leave the page. The returned function
 * takes the entry away again, if it is still there.
 */
export function closeOnBack(close: () => void): () => void {
  const layer = ++last;
  const isThere = () => layerOf(history.state) === layer;
  history.pushState({ layer }, "");
  const gone = () => isThere() || close();
  addEventListener("popstate", gone);
  return () => {
    removeEventListener("popstate", gone);
    if (isThere()) history.back();
  };
}
