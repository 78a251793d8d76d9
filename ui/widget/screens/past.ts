import type { Conversation } from "../api";
import { each, h } from "../view/dom";
import { avatar } from "./avatar";
import type { Panel } from "./panel";
import "./past.css";

/** The conversations there have been, newest activity first. */
export function past(panel: Panel): HTMLElement {
  const { chat, words } = panel;
  return h(
    "section",
    { class: "past" },
    h("h2", {}, words.text("home.past")),
    h(
      "ul",
      { role: "list" },
      each(
        () => chat.exchange.conversations.list,
        ({ handle }) => handle,
        (conversation) => h("li", {}, row(panel, conversation)),
      ),
    ),
  );
}

function row(panel: Panel, conversation: () => Conversation): HTMLElement {
  const { chat, words } = panel;
  const { t } = words;
  const isBot = () => conversation().lead === "bot";
  const name = () =>
    conversation().agent?.name ?? (isBot() ? chat.site?.team.bot_name : chat.site?.team.name) ?? "";
  const preview = () => {
    const { last } = conversation();
    const whose = last?.kind === "customer" ? `${t("home.you")}: ` : "";
    return whose + (last?.text || (last?.files ? t("home.file") : ""));
  };
  const unread = () => conversation().unread;
  const at = () => Date.parse(conversation().active_at);
  return h(
    "button",
    {
      type: "button",
      "data-testid": `w-conv-${conversation().handle}`,
      onclick: () => chat.place.show({ name: "thread", target: conversation().handle }),
    },
    avatar(panel, { name, photo: () => conversation().agent?.photo, isBot, size: "large" }),
    h(
      "span",
      { class: () => (unread() > 0 ? "lines news" : "lines") },
      h("bdi", { class: "who" }, name),
      h("bdi", { class: "last" }, preview),
    ),
    h(
      "span",
      { class: "side" },
      h(
        "time",
        { datetime: () => conversation().active_at },
        () => words.dates.brief(at(), Date.now()) ?? t("time.now"),
      ),
      h("span", { class: "count", "aria-hidden": "true" }, () => (unread() > 9 ? "9+" : unread() || "")),
      h("span", {}, () => (unread() === 0 && conversation().state === "resolved" ? t("home.resolved") : "")),
      h("span", { class: "unseen" }, () => (unread() > 0 ? t("home.unread", { n: unread() }) : "")),
    ),
  );
}
