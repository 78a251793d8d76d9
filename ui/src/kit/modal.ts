/**
 * Shows a dialog over the page. The function that it gives ends that, and brings the focus
 * back to where it was: a dialog that has left the page already does not do that itself.
 */
export function showOver(dialog: HTMLDialogElement): () => void {
  const before = document.activeElement;
  dialog.showModal();
  return () => {
    dialog.close();
    const now = document.activeElement;
    if (before instanceof HTMLElement && (now === null || now === document.body)) before.focus();
  };
}
