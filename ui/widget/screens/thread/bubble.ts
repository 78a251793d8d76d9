import { h, pick, when } from "../../view/dom";
import { icon, type IconName } from "../../view/icon";
import type { Key } from "../../words/en";
import { faultWords } from "../../words/faults";
import { avatar } from "../avatar";
import type { Panel } from "../panel";
import "./bubble.css";
import type { Mark, Said } from "./entries";
import { files } from "./files";
import { paragraph } from "./paragraph";

const marks: Record<Mark, [IconName, Key]> = {
  queued: ["clock", "mark.queued"],
  sending: ["clock", "mark.sending"],
  failed: ["alert", "mark.failed"],
  sent: ["check", "mark.sent"],
  read: ["checks", "mark.read"],
};

/** One message. What it says never changes; how far it has come, and what stands beside it, does. */
export function bubble(panel: Panel, said: () => Said): HTMLElement {
  const { words } = panel;
  const { kind, text, files: attached, author, photo, at } = said();
  const isOwn = kind === "customer";
  const time = () => words.dates.clock(at);
  return h(
    "li",
    {
      class: () => `said ${kind}${said().isFirst ? " first" : ""}${said().isLast ? " last" : ""}`,
      "data-testid": () => `w-msg-${said().id}`,
    },
    when(
      () => !isOwn && said().isFirst,
      () => who(panel, author, kind === "bot", photo),
    ),
    h(
      "div",
      { class: "bubble" },
      h("span", { class: "unseen" }, () => `${isOwn ? words.t("home.you") : author}, ${time()}: `),
      text !== "" && paragraph(text),
      attached.length > 0 && files(panel, attached),
    ),
    pick(
      () => (said().mark === "failed" ? "failed" : said().isLast && "foot"),
      (what) => {
        if (what === "failed") return failed(panel, said);
        return what ? foot(panel, said, at) : undefined;
      },
    ),
  );
}

/** The face is a bead on the spine, beside the name. */
export function who(panel: Panel, author: string, isBot: boolean, photo?: string): HTMLElement {
  return h(
    "p",
    { class: "who" },
    avatar(panel, { name: () => author, photo: () => photo, isBot: () => isBot, size: "small" }),
    h("bdi", {}, author),
    isBot && h("span", { class: "tag" }, panel.words.text("thread.bot")),
  );
}

function foot({ words }: Panel, said: () => Said, at: number): HTMLElement {
  return h(
    "p",
    { class: "under" },
    h("time", { datetime: new Date(at).toISOString(), title: () => words.dates.full(at) }, () =>
      words.dates.clock(at),
    ),
    pick(
      () => said().mark,
      (mark) => {
        if (!mark) return undefined;
        const [name, key] = marks[mark];
        return h("span", { class: "mark", "data-testid": `w-mark-${mark}` }, icon(name, 15), words.text(key));
      },
    ),
  );
}

function failed({ chat, words }: Panel, said: () => Said): HTMLElement {
  const { outbox } = chat.exchange;
  const button = (key: "common.retry" | "mark.discard", testid: string, press: () => void) =>
    h(
      "button",
      { type: "button", class: "text-button", "data-testid": testid, onclick: press },
      words.text(key),
    );
  return h(
    "p",
    { class: "under wrong", role: "alert" },
    icon("alert", 15),
    h("span", {}, () => `${words.t("mark.failed")}: ${faultWords(words.t, said().code)}`),
    button("common.retry", "w-retry", () => outbox.retry(said().id)),
    button("mark.discard", "w-discard", () => outbox.remove(said().id)),
  );
}
