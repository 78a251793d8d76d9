import type { Conversation } from "$api/types";
import { said } from "$text/said";
import { askToBlock, copyLink, download } from "../errands";
import type { Many } from "../list/many/many.svelte";
import type { Panels } from "../panels.svelte";
import { byKey, type Command, type Place } from "./command";

/** What is done to everything that was picked, by the keys that do it to one. */
export function pickedCommands({ doings }: Place, { toggles }: Many): Command[] {
  const command = byKey(doings, "picked");
  return [
    toggles.closing === "resolve"
      ? command("e", "circleCheck", (t) => t("action.resolve"))
      : command("e", "reopen", (t) => t("action.reopen")),
    command("a", "userPlus", (t) => t("action.assign")),
    command("Shift+a", "userPlus", (t) => t("assign.me")),
    command("t", "tag", (t) => t("tags.change")),
    toggles.archiving === "archive"
      ? command("y", "archive", (t) => t("action.archive"))
      : command("y", "archiveRestore", (t) => t("action.unarchive")),
    command("Shift+u", "unread", (t) => t("action.markUnread")),
  ].flat();
}

/** What is done to the open conversation, and with it. */
export function hereCommands(place: Place, conversation: Conversation, panels: Panels): Command[] {
  const { desk, words, doings } = place;
  const { number, state, archived, lead, agent_id, customer } = conversation;
  const command = byKey(doings, "here");
  const here = (id: string, icon: Command["icon"], says: Command["says"], act: Command["act"]): Command => ({
    id,
    group: "here",
    says,
    ...(icon && { icon }),
    act,
  });
  if (!desk.session.mayAct) {
    return [
      command("c", "user", (t) => t("cust.title")),
      command("f", "search", (t) => t("thread.find")),
    ].flat();
  }
  const isOpen = state === "open" && !archived;
  const isMine = lead === "agent" && agent_id === desk.session.agent?.id;
  return [
    isOpen
      ? command("e", "circleCheck", (t) => t("action.resolve"))
      : command("e", "reopen", (t) => t("action.reopen")),
    isOpen ? command("Shift+e", "circleCheck", (t) => t("help.resolveNext")) : [],
    (isOpen ? desk.categories.usable : []).map(({ id, name }) =>
      here(
        `resolve-as-${id}`,
        "circleCheck",
        (t) => t("palette.resolveAs", { category: said(name, words.language) }),
        () => desk.actions.resolve(number, id),
      ),
    ),
    command("a", "userPlus", (t) => t("action.assign")),
    isMine ? [] : command("Shift+a", "userPlus", (t) => t("assign.me")),
    isOpen && lead === "bot"
      ? here(
          "take-over",
          "user",
          (t) => t("action.takeOver"),
          () => doings["Shift+a"]?.(),
        )
      : [],
    isOpen && lead === "agent"
      ? here(
          "unassign",
          "x",
          (t) => t("assign.none"),
          () => desk.actions.assign(number, null),
        )
      : [],
    desk.teams.of(conversation)
      ? here(
          "no-team",
          "x",
          (t) => t("assign.noTeam"),
          () => desk.actions.assignTeam(number, null),
        )
      : [],
    command("r", "send", (t) => t("help.reply")),
    command("m", "lock", (t) => t("help.note")),
    command("/", "bookmark", (t) => t("saved.title")),
    command("t", "tag", (t) => t("tags.add")),
    command("c", "user", (t) => t("cust.title")),
    command("f", "search", (t) => t("thread.find")),
    archived
      ? command("y", "archiveRestore", (t) => t("action.unarchive"))
      : command("y", "archive", (t) => t("action.archive")),
    command("Shift+u", "unread", (t) => t("action.markUnread")),
    here(
      "copy-link",
      "link",
      (t) => t("action.copyLink"),
      () => copyLink(desk, number),
    ),
    here(
      "download",
      "download",
      (t) => t("action.export"),
      () => download(desk, words, conversation),
    ),
    here(
      "block",
      "ban",
      (t) => t(customer.blocked ? "cust.unblock" : "cust.block"),
      () => askToBlock(desk, panels, conversation),
    ),
  ].flat();
}
