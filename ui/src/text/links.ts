/** A stretch of a message: plain text, or a link with the address that it leads to. */
export interface Piece {
  text: string;
  href?: string;
}

// A word is looked at as an address once, from its beginning: what customers write may be
// one word of many thousand letters.
const candidate = /(?:https?:\/\/|www\.)[^\s<>"]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;

// What ends a sentence rather than an address.
const trailing = new Set(".,;:!?'\"’”…");

const pairs: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/**
 * Finds the links of a text. Only http, https and mailto addresses become links, so
 * no text that a customer sends can carry another scheme. The pieces join to exactly
 * the text.
 */
export function pieces(text: string): Piece[] {
  const out: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(candidate)) {
    const found = trim(match[0]);
    const href = address(found);
    if (!href) continue;
    if (match.index > at) out.push({ text: text.slice(at, match.index) });
    out.push({ text: found, href });
    at = match.index + found.length;
  }
  if (at < text.length) out.push({ text: text.slice(at) });
  return out;
}

/** Takes off what ends the sentence, and brackets that were opened before the address. */
function trim(found: string): string {
  const spare = new Map(
    Object.entries(pairs).map(([close, open]) => [close, count(found, close) - count(found, open)]),
  );
  let end = found.length;
  for (; end > 0; end--) {
    const last = found.charAt(end - 1);
    const unopened = spare.get(last) ?? 0;
    if (unopened > 0) spare.set(last, unopened - 1);
    else if (!trailing.has(last)) break;
  }
  return found.slice(0, end);
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}

function address(found: string): string | undefined {
  const isMail = !/^(?:https?:|www\.)/i.test(found);
  if (isMail) return `mailto:${found}`;
  try {
    const url = new URL(/^www\./i.test(found) ? `https://${found}` : found);
    return url.hostname.includes(".") || url.hostname === "localhost" ? url.href : undefined;
  } catch {
    return undefined;
  }
}
