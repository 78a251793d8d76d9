import { saveFile } from "$kit/save";
import { size } from "$text/size";
import type { Attachment } from "../../api";
import { h } from "../../view/dom";
import { icon } from "../../view/icon";
import { Signal } from "../../view/signal";
import type { Panel } from "../panel";
import "./files.css";
import { picture } from "./picture";

/** The kinds that the server vouches for and a browser draws. */
const drawn = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** The files of a message: pictures as such, everything else to be saved. */
export function files(panel: Panel, attached: readonly Attachment[]): HTMLElement {
  return h(
    "div",
    { class: "files" },
    attached.map((file) => (drawn.has(file.type) ? picture(panel, file) : download(panel, file))),
  );
}

function download({ chat, words }: Panel, file: Attachment): HTMLElement {
  const hasFailed = new Signal(false);
  async function save() {
    hasFailed.value = false;
    try {
      saveFile(file.name, await chat.api.bytes(file.id));
    } catch {
      hasFailed.value = true;
    }
  }
  return h(
    "button",
    {
      type: "button",
      class: "download",
      "aria-label": words.text("file.download", () => ({ name: file.name })),
      onclick: save,
    },
    icon("file", 22),
    h(
      "span",
      { class: "lines" },
      h("bdi", { class: "name" }, file.name),
      h("span", { class: "size" }, () =>
        hasFailed.value ? words.t("file.gone") : size(file.size, words.language),
      ),
    ),
    icon("download", 18),
  );
}
