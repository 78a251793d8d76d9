import type { View } from "$api/types";
import { write, type Filters } from "../../../route/route";
import type { Option } from "./options";

/** Where a search is made, and what is looked for. */
interface Place {
  view: View;
  filters: Filters;
  find: string;
}

/** Where an option leads; undefined for those that stay in the box. */
export function addressOf(option: Option, { view, filters, find }: Place): string | undefined {
  switch (option.type) {
    case "number":
      return write({ name: "link", number: option.number });
    case "customer":
      return write({ name: "conversations", view, number: option.number, filters, seq: undefined });
    case "hit": {
      // The words go along, so that one can walk through all their places in the thread.
      const { seq, hit } = option;
      const { number } = hit.conversation;
      return write({ name: "conversations", view, number, filters, seq, ...(seq && { find }) });
    }
    default:
      return undefined;
  }
}
