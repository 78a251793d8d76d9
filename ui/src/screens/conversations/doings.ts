import { tick } from "svelte";
import type { Conversation } from "$api/types";
import type { Desk } from "$desk/desk.svelte";
import type { Outgoing } from "$desk/outgoing";
import { listOf, views, type Route } from "../../route/route";
import type { Many } from "./list/many/many.svelte";
import type { Panels } from "./panels.svelte";
import { cyclePane, type Doings } from "./shortcuts";
import type { Walk } from "./walk.svelte";

/** What the shortcuts act on. */
export interface Scene {
  desk: Desk;
  panels: Panels;
  /** What is done to the rows that were picked. */
  many: Many;
  walk: Walk;
  /** The conversation that is open. */
  conversation: () => Conversation | undefined;
  /** Leaves the conversation for the list. */
  leave: () => void;
  /** Whether the lists show one's own alone. */
  isMine: () => boolean;
  go: (to: Route) => void;
  togglePalette: () => void;
  showHelp: () => void;
}

/** What each shortcut of the screen does; keys/table says what they are called. */
export function doingsFor(scene: Scene): Doings {
  return { ...listDoings(scene), ...conversationDoings(scene), ...everywhereDoings(scene) };
}

/** Keeps a key from who may only read, and says why. */
function acting({ desk }: Scene) {
  return (act: () => unknown) => () => {
    if (desk.session.mayAct) return act();
    desk.notices.tell((t) => t("action.readOnly"));
    return true;
  };
}

function listDoings(scene: Scene): Doings {
  const { walk, many, conversation, leave } = scene;
  const may = acting(scene);
  return {
    j: () => walk.step(1),
    k: () => walk.step(-1),
    "Shift+j": may(() => walk.pickTo(1)),
    "Shift+k": may(() => walk.pickTo(-1)),
    x: may(() => walk.pick()),
    n: () => walk.nextUnread(),
    u: leave,
    Escape: () => {
      const isAnywhere = many.isMeant || conversation() !== undefined;
      if (many.isMeant) many.clear();
      else if (isAnywhere) void walk.focus(walk.place());
      return isAnywhere;
    },
  };
}

function conversationDoings(scene: Scene): Doings {
  const { desk, panels, walk, many } = scene;
  const { actions, session } = desk;
  /** Does something to the open conversation; without one the key means nothing. */
  const here = (act: (conversation: Conversation) => unknown) => () => {
    walk.settle();
    const conversation = scene.conversation();
    if (conversation) act(conversation);
    return conversation !== undefined;
  };
  const may = acting(scene);
  /** Does something to the rows that were picked; where none were, to the open conversation. */
  const toPicked = (all: () => unknown, one: (conversation: Conversation) => unknown) => {
    const toOne = here(one);
    return may(() => (many.isMeant ? all() : toOne()));
  };
  const writing = (mode: "reply" | "note") =>
    here(({ number }) => {
      desk.composings.get(number).mode = mode;
      // In the archive the field comes with the mode: a note can be written, a reply can't.
      void tick().then(() => focusOn("composer"));
    });
  return {
    e: toPicked(
      () => many.carryOut({ verb: many.toggles.closing }),
      ({ number, state, archived }) =>
        state === "resolved" || archived ? actions.reopen(number) : actions.resolve(number),
    ),
    "Shift+e": toPicked(
      () => many.carryOut({ verb: "resolve" }),
      async ({ number }) => {
        const next = walk.after(number);
        const isResolved = await actions.resolve(number);
        if (isResolved && next !== undefined) walk.show(next);
      },
    ),
    y: toPicked(
      () => many.carryOut({ verb: many.toggles.archiving }),
      ({ number, archived }) => (archived ? actions.unarchive(number) : actions.archive(number)),
    ),
    a: toPicked(
      () => (many.isAssigning = true),
      () => (panels.isAssigning = true),
    ),
    "Shift+a": toPicked(
      () => many.take(),
      ({ number }) => actions.assign(number, session.agent?.id ?? null),
    ),
    "Shift+u": toPicked(
      () => many.carryOut({ verb: "unread" }),
      ({ number }) => actions.unread(number),
    ),
    t: toPicked(
      () => (many.isTagging = true),
      () => (panels.isTagging = true),
    ),
    r: writing("reply"),
    m: writing("note"),
    f: here(({ number }) => panels.find(number)),
    c: here(() => panels.toggleCustomer()),
    "/": here(openReplies),
  };
}

function everywhereDoings({ desk, walk, isMine, go, togglePalette, showHelp }: Scene): Doings {
  return {
    z: () => {
      const { resting } = desk.outbox;
      if (!resting) return desk.notices.undoNewest();
      walk.show(resting.number);
      edit(desk, resting);
      return true;
    },
    s: toSearch,
    "Mod+k": togglePalette,
    "?": showHelp,
    F6: () => cyclePane(1),
    "Shift+F6": () => cyclePane(-1),
    ...Object.fromEntries(views.map((view, i) => [String(i + 1), () => go(listOf(view, isMine()))])),
  };
}

/** Brings the focus to a part of the page, if it is there. */
export function focusOn(id: string): boolean {
  const element = document.getElementById(id);
  element?.focus();
  return element !== null;
}

/** Goes to the search box. What stands there is selected: who types begins anew. */
function toSearch(): void {
  // What was put there just now is there after the next change of the page.
  void tick().then(() => {
    const box = document.querySelector<HTMLInputElement>("[data-testid=search-input]");
    box?.focus();
    box?.select();
  });
}

/** Takes a message that was not sent back into the field, and goes on there. */
export function edit(desk: Desk, outgoing: Outgoing): void {
  desk.edit(outgoing);
  void tick().then(() => focusOn("composer"));
}

/** Opens the saved replies as typing a slash in the field does. */
function openReplies(): void {
  const field = document.getElementById("composer");
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  document.execCommand("insertText", false, /\S$/.test(field.value) ? " /" : "/");
}
