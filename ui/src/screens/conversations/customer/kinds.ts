/** What an attribute's value is, by how it is written: attributes have no declared types. */
export type Kind = "text" | "number" | "date" | "truth" | "link";

export const kinds: readonly Kind[] = ["text", "number", "date", "truth", "link"];

/** What a kind's values look like. A number with a zero before it is a text: an order's, say. */
const shapes: readonly [Kind, RegExp][] = [
  ["truth", /^(true|false)$/],
  ["number", /^-?(0|[1-9]\d{0,14})([.,]\d{1,10})?$/],
  ["link", /^https?:\/\/\S+$/i],
];

export function kindOf(value: string): Kind {
  if (isDate(value)) return "date";
  return shapes.find(([, shape]) => shape.test(value))?.[0] ?? "text";
}

/** Whether a value can stand for a kind; a text can be anything. */
export function fits(kind: Kind, value: string): boolean {
  return kind === "text" ? value !== "" : kindOf(value) === kind;
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  // The 31st of June is no date, though one can be made of it.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}
