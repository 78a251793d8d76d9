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

/** What is asked for in the text before the caret, from its sign on. */
export interface Asked {
  kind: "saved" | "emoji";
  from: number;
  /** What was typed after the sign. */
  query: string;
}

const signs = [
  { kind: "saved", pattern: /(?:^|\s)\/(\S{0,40})$/u },
  // Two letters at least: a colon alone ends many a sentence.
  { kind: "emoji", pattern: /(?:^|\s):([\p{L}\p{N}]{2,30})$/u },
] as const;

/**
 * A slash asks for saved replies, a colon with letters for emoji: at the start of a line
 * or after white space, up to the caret. A second word ends either.
 */
export function askedBefore(text: string, caret: number): Asked | undefined {
  for (const { kind, pattern } of signs) {
    const query = pattern.exec(text.slice(0, caret))?.[1];
    if (query !== undefined) return { kind, from: caret - query.length - 1, query };
  }
  return undefined;
}
