import { h, pick } from "../../view/dom";
import { avatar, type Face } from "../avatar";
import { closed } from "../hours";
import { logo } from "../logo";
import { backButton, closeButton, soundButton, type Panel } from "../panel";
import type { Shown } from "./conversation";

/** Who the visitor talks to, and whether they are there. */
export function head(panel: Panel, { conversation, thread, isBot }: Shown): HTMLElement {
  const { chat, words } = panel;
  /** Who leads it; while nobody does, who answered last. */
  const person = () => {
    const answers = thread()?.messages.filter(({ kind }) => kind === "agent") ?? [];
    return isBot() ? undefined : (conversation()?.agent ?? answers.at(-1)?.author);
  };
  const agent = () => person()?.name;
  const name = () => agent() ?? (isBot() ? chat.site?.team.bot_name : chat.site?.team.name) ?? "";
  const isOnline = () =>
    chat.team.open && chat.team.agents.some((mate) => mate.online && (!agent() || mate.name === agent()));
  const state = () => {
    if (conversation()?.state === "resolved") return words.t("home.resolved");
    if (isBot()) return words.t("thread.bot");
    if (!chat.team.open) return closed(panel);
    if (conversation()?.lead === "nobody" && !agent()) return words.t("thread.waiting");
    return words.t(isOnline() ? "team.online" : "team.open");
  };
  const photo = () => person()?.photo;
  const face: Face = { name, photo, isBot, size: "large", online: () => (isBot() ? undefined : isOnline()) };
  return h(
    "header",
    { class: "head branded" },
    backButton(panel),
    // A person has a face; the team and its bot have the website's.
    pick(
      () => agent() === undefined,
      (isTeam) => (isTeam ? logo(panel) : undefined) ?? avatar(panel, face),
    ),
    h("div", { class: "lines" }, h("h1", {}, h("bdi", {}, name)), h("p", {}, state)),
    soundButton(panel),
    closeButton(panel),
  );
}
