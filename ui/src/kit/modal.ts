/** The dialogs over the page, the topmost last. */
const shown: HTMLDialogElement[] = [];
const followers = new Set<() => void>();

/**
 * Shows a dialog over the page. The function that it gives ends that, and brings the focus
 * back to where it was: a dialog that has left the page already does not do that itself.
 */
export function showOver(dialog: HTMLDialogElement): () => void {
  const before = document.activeElement;
  dialog.showModal();
  shown.push(dialog);
  for (const follow of followers) follow();
  return () => {
    dialog.close();
    shown.splice(shown.indexOf(dialog), 1);
    for (const follow of followers) follow();
    const now = document.activeElement;
    if (before instanceof HTMLElement && (now === null || now === document.body)) before.focus();
  };
}

/** What can be used now: all but the topmost dialog is out of reach while there is one. */
export function inReach(): HTMLElement {
  return shown.at(-1) ?? document.body;
}

/**
 * Keeps an element where it can be seen, used and heard: in the topmost dialog, or where it
 * stands while there is none. `moved` is told of every change. The returned function ends that.
 */
export function keepInReach(element: HTMLElement, moved: () => void): () => void {
  const home = element.parentElement;
  const follow = () => {
    const place = shown.at(-1) ?? home;
    if (!place || place === element.parentElement) return;
    place.append(element);
    moved();
  };
  followers.add(follow);
  follow();
  return () => followers.delete(follow);
}
