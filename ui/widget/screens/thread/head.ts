import { h } from "../../view/dom";
import { avatar } from "../avatar";
import { closed } from "../hours";
import { backButton, closeButton, type Panel } from "../panel";
import type { Shown } from "./conversation";

/** Who the visitor talks to, and whether they are there. */
export function head(panel: Panel, { conversation, isBot }: Shown): HTMLElement {
  const { chat, words } = panel;
  const agent = () => conversation()?.agent?.name;
  const name = () => {
    const team = chat.site?.texts[words.language]?.title || chat.site?.team.name;
    return agent() ?? (isBot() ? chat.site?.team.bot_name : team) ?? "";
  };
  const isOnline = () =>
    chat.team.open && chat.team.agents.some((mate) => mate.online && (!agent() || mate.name === agent()));
  const state = () => {
    if (conversation()?.state === "resolved") return words.t("home.resolved");
    if (isBot()) return words.t("thread.bot");
    if (!chat.team.open) return closed(panel);
    if (conversation()?.lead === "nobody") return words.t("thread.waiting");
    return words.t(isOnline() ? "team.online" : "team.open");
  };
  return h(
    "header",
    { class: "head branded" },
    backButton(panel),
    avatar(panel, { name, isBot, size: "large", online: () => (isBot() ? undefined : isOnline()) }),
    h("div", { class: "lines" }, h("h1", {}, h("bdi", {}, name)), h("p", {}, state)),
    closeButton(panel),
  );
}
