/**
 * Types a text into a field over its selection, as if by hand: the only way by which
 * Ctrl+Z takes it back. Old, but every browser has it.
 */
export function insert(field: HTMLTextAreaElement, text: string): void {
  field.focus();
  const isTyped =
    text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (isTyped) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/**
 * The slash that asks for saved replies: at the start of a line or after white space,
 * with what was typed after it up to the caret. A second word ends it.
 */
export function slashBefore(text: string, caret: number): { from: number; query: string } | undefined {
  const match = /(?:^|\s)\/(\S{0,40})$/u.exec(text.slice(0, caret));
  if (!match) return undefined;
  const query = match[1] ?? "";
  return { from: caret - query.length - 1, query };
}
