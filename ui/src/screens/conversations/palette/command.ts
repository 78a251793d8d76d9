import type { Conversation } from "$api/types";
import type { Desk } from "$desk/desk.svelte";
import type { IconName } from "$kit/icons";
import type { Words } from "$words/words.svelte";
import type { Router } from "../../../route/router.svelte";
import type { Says } from "../keys/table";
import type { Many } from "../list/many/many.svelte";
import type { Narrowing } from "../list/narrow/narrowing";
import type { Panels } from "../panels.svelte";
import type { Doings } from "../shortcuts";

export interface Command {
  id: string;
  group: "picked" | "here" | "list" | "go" | "people" | "look";
  says: Says;
  icon?: IconName;
  /** The shortcut that does the same, as kit/keys names it. */
  keys?: string;
  act: () => unknown;
}

/** What the commands act on; the settings have neither a list nor a conversation. */
export interface Place {
  desk: Desk;
  words: Words;
  router: Router;
  doings: Doings;
  /** The conversation that is open. */
  conversation?: Conversation | undefined;
  panels?: Panels;
  narrowing?: Narrowing;
  many?: Many;
}

/** Commands that are shortcuts too; none for a key that means nothing here. */
export function byKey(doings: Doings, group: Command["group"]) {
  return (keys: string, icon: IconName, says: Says): Command[] => {
    const act = doings[keys];
    return act ? [{ id: `key-${keys}`, group, says, icon, keys, act }] : [];
  };
}
