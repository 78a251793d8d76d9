import { size } from "$text/size";
import { mostFiles, type Composing, type PendingFile } from "../../state/composing";
import { each, h, when } from "../../view/dom";
import { icon } from "../../view/icon";
import type { Key } from "../../words/en";
import type { Panel } from "../panel";
import "./chips.css";

/** The files that join the message being written, with how far they are. */
export function chips(panel: Panel, composing: () => Composing): HTMLElement {
  const { words } = panel;
  return h(
    "div",
    { class: "chips" },
    h(
      "ul",
      { role: "list" },
      each(
        () => composing().files,
        ({ id }) => id,
        (file) => chip(panel, file(), () => composing().detach(file())),
      ),
    ),
    h("p", { class: "wrong", role: "alert" }, () =>
      composing().hasTooMany ? words.t("file.tooMany", { n: mostFiles }) : "",
    ),
  );
}

function chip(panel: Panel, file: PendingFile, remove: () => void): HTMLElement {
  const { words } = panel;
  const name = short(file.file.name);
  const tool = (key: "file.retry" | "file.cancel", press: () => void) =>
    h(
      "button",
      { type: "button", class: "tool", "aria-label": words.text(key, () => ({ name })), onclick: press },
      icon(key === "file.retry" ? "retry" : "close", 18),
    );
  const percent = () => Math.round(file.share * 100);
  return h(
    "li",
    { "data-testid": "w-chip" },
    icon("file", 18),
    h("bdi", { class: () => (file.fault ? "name wrong" : "name") }, () => faultOf(panel, file) ?? name),
    when(
      () => file.canRetry,
      () => tool("file.retry", () => void file.upload()),
    ),
    tool("file.cancel", remove),
    when(
      () => !file.attachment && !file.fault,
      () =>
        h("progress", {
          max: 100,
          value: percent,
          "aria-label": words.text("file.progress", () => ({ name, p: percent() })),
        }),
    ),
    h("span", { class: "unseen", role: "alert" }, () => faultOf(panel, file)),
  );
}

const faults: Record<string, Key> = { empty: "file.empty", file_type: "file.type" };

/** A name that leaves room for what is said of it; its beginning and its ending are kept. */
const short = (name: string) => (name.length > 40 ? `${name.slice(0, 24).trim()}…${name.slice(-12)}` : name);

function faultOf({ chat, words }: Panel, { fault, file }: PendingFile): string | undefined {
  if (!fault) return undefined;
  const name = short(file.name);
  if (fault === "too_large") {
    return words.t("file.tooBig", { name, max: size(chat.site?.files.max_bytes ?? 0, words.language) });
  }
  return (words.t as (key: Key, values: object) => string)(faults[fault] ?? "file.failed", { name });
}
