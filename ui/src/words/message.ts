/** A sentence with {places}, or one for each plural form of the number {n}. */
export type Message = string | { one: string; other: string };

type Forms<M> = M extends string ? M : M[keyof M];

type Places<S> = S extends `${string}{${infer Place}}${infer Rest}` ? Place | Places<Rest> : never;

/** What must be given to fill a message: nothing when it has no places. */
export type Values<M> = [Places<Forms<M>>] extends [never]
  ? []
  : [values: Record<Places<Forms<M>>, string | number>];

/** How a language counts and writes numbers. */
export interface Grammar {
  plural: (n: number) => string;
  number: (n: number) => string;
}

/**
 * Fills a message. Numbers are written as the language writes amounts (12.174); what
 * is a name, such as a conversation's number, is given as text. A place without a
 * value stays as it stands, so that a fault shows.
 */
export function fill(message: Message, values: Record<string, string | number>, grammar: Grammar): string {
  const sentence = typeof message === "string" ? message : form(message, values["n"], grammar);
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === "number" ? grammar.number(value) : value;
  });
}

function form(
  message: { one: string; other: string },
  n: string | number | undefined,
  grammar: Grammar,
): string {
  return grammar.plural(Number(n)) === "one" ? message.one : message.other;
}
