import type { Words } from "$words/words.svelte";

/** A sentence, in whichever language it is asked for. */
export type Says = (t: Words["t"]) => string;

export interface Shortcut {
  /** As kit/keys names them; more than one where several do the same or belong together. */
  keys: readonly string[];
  says: Says;
  /** How a Turkish Q keyboard types it, where that is not plain. */
  turkishQ?: string;
}

export interface ShortcutGroup {
  id: string;
  says: Says;
  shortcuts: readonly Shortcut[];
}

/** Every shortcut of the screen, as the help shows them. What each does stands with the screen. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    id: "list",
    says: (t) => t("help.list"),
    shortcuts: [
      { keys: ["j", "k"], says: (t) => t("keys.move") },
      { keys: ["n"], says: (t) => t("help.nextUnread") },
      { keys: ["Enter"], says: (t) => t("keys.open") },
      { keys: ["Escape", "u"], says: (t) => t("help.back") },
      { keys: ["x"], says: (t) => t("help.pick") },
      { keys: ["Shift+j", "Shift+k"], says: (t) => t("help.pickMore") },
      { keys: ["e", "y", "a", "t"], says: (t) => t("help.picked") },
      { keys: ["1", "7"], says: (t) => t("help.views") },
    ],
  },
  {
    id: "conversation",
    says: (t) => t("help.conversation"),
    shortcuts: [
      { keys: ["e"], says: (t) => t("help.resolve") },
      { keys: ["Shift+e"], says: (t) => t("help.resolveNext") },
      { keys: ["y"], says: (t) => t("help.archive") },
      { keys: ["a"], says: (t) => t("action.assign") },
      { keys: ["Shift+a"], says: (t) => t("assign.me") },
      { keys: ["t"], says: (t) => t("tags.add") },
      { keys: ["f"], says: (t) => t("thread.find") },
      { keys: ["c"], says: (t) => t("cust.title") },
      { keys: ["Shift+u"], says: (t) => t("action.markUnread") },
      { keys: ["z"], says: (t) => t("action.undo") },
    ],
  },
  {
    id: "writing",
    says: (t) => t("help.writing"),
    shortcuts: [
      { keys: ["r"], says: (t) => t("help.reply") },
      { keys: ["m"], says: (t) => t("help.note") },
      { keys: ["/"], says: (t) => t("saved.title"), turkishQ: "Shift 7" },
      { keys: ["Mod+."], says: (t) => t("emoji.title") },
      { keys: ["Mod+Enter"], says: (t) => t("composer.send") },
      { keys: ["Mod+Shift+Enter"], says: (t) => t("composer.sendResolve") },
    ],
  },
  {
    id: "everywhere",
    says: (t) => t("help.everywhere"),
    shortcuts: [
      { keys: ["s"], says: (t) => t("keys.search") },
      { keys: ["Mod+k"], says: (t) => t("palette.title") },
      { keys: ["?"], says: (t) => t("help.title"), turkishQ: "Shift *" },
      { keys: ["F6", "Shift+F6"], says: (t) => t("help.panes") },
    ],
  },
];
