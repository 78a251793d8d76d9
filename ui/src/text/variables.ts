/** A filled reply and where the caret belongs in it, in UTF-16 units. */
export interface Filled {
  text: string;
  caret: number;
}

/** Names are what people call their attributes: any letters, and spaces between words. */
const variable = /\{\{\s*([^{}|\s](?:[^{}|]*[^{}|\s])?)\s*(?:\|([^{}]*))?\}\}/gu;

/** A place in a text that is still to be filled, in UTF-16 units. */
export interface Place {
  name: string;
  from: number;
  to: number;
}

/** The places that nothing filled, in the order of the text. */
export function openPlaces(text: string): Place[] {
  return [...text.matchAll(variable)].map((match) => ({
    name: match[1] ?? "",
    from: match.index,
    to: match.index + match[0].length,
  }));
}

/**
 * Fills the {{variables}} of a saved reply. A missing one takes what stands after its
 * bar, or stays as it is written, so that its writer sees it. {{cursor}} is where the
 * caret goes; without it that is the end.
 */
export function fillVariables(text: string, values: Readonly<Record<string, string | undefined>>): Filled {
  let caret = -1;
  let filled = "";
  let at = 0;
  for (const match of text.matchAll(variable)) {
    const [whole, name = "", fallback] = match;
    filled += text.slice(at, match.index);
    at = match.index + whole.length;
    if (name === "cursor") caret = caret < 0 ? filled.length : caret;
    else filled += values[name] || fallback || whole;
  }
  filled += text.slice(at);
  return { text: filled, caret: caret < 0 ? filled.length : caret };
}
