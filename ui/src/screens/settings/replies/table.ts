import type { Reply } from "$api/types";
import { fold } from "$text/fold";

export type Column = "title" | "shortcut" | "category" | "language" | "scope" | "uses" | "used";

export interface Order {
  column: Column;
  isDescending: boolean;
}

export interface Narrowing {
  query: string;
  /** undefined: every one; "" is a reply for any language, or without a category. */
  language: string | undefined;
  category: string | undefined;
  enabled: boolean | undefined;
}

export const everything: Narrowing = {
  query: "",
  language: undefined,
  category: undefined,
  enabled: undefined,
};

/** The replies that fit, in the wanted order; equals stand by their titles. */
export function arrange(all: readonly Reply[], narrowing: Narrowing, order: Order, locale: string): Reply[] {
  const parts = fold(narrowing.query).split(/\s+/).filter(Boolean);
  const fits = all.filter((reply) => {
    if (narrowing.language !== undefined && reply.language !== narrowing.language) return false;
    if (narrowing.category !== undefined && reply.category !== narrowing.category) return false;
    if (narrowing.enabled !== undefined && reply.enabled !== narrowing.enabled) return false;
    if (parts.length === 0) return true;
    const text = fold(`${reply.title} /${reply.shortcut} ${reply.category} ${reply.text}`);
    return parts.every((part) => text.includes(part));
  });
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const way = order.isDescending ? -1 : 1;
  return fits.sort(
    (a, b) =>
      way * compareBy(order.column, a, b, compare) || compare(a.title, b.title) || compare(a.id, b.id),
  );
}

function compareBy(column: Column, a: Reply, b: Reply, compare: (a: string, b: string) => number): number {
  switch (column) {
    case "uses":
      return a.uses - b.uses;
    case "used":
      return Date.parse(a.used_at ?? "1970-01-01") - Date.parse(b.used_at ?? "1970-01-01");
    case "scope":
      return Number(a.mine) - Number(b.mine);
    default:
      return compare(a[column], b[column]);
  }
}

/** The categories in use, in alphabetical order. */
export function categoriesOf(all: readonly Reply[], locale: string): string[] {
  const used = new Set(all.map((reply) => reply.category).filter(Boolean));
  return [...used].sort(new Intl.Collator(locale).compare);
}
