import type { Attachment } from "../../api";
import { h } from "../../view/dom";
import { icon } from "../../view/icon";
import { iconButton, type Panel } from "../panel";
import "./lightbox.css";

/** A picture over everything else; Escape closes it alone. */
export function lightbox(panel: Panel, file: Attachment, url: string): HTMLElement {
  const { words } = panel;
  const dialog: HTMLDialogElement = h(
    "dialog",
    {
      class: "lightbox",
      "aria-label": file.name,
      "data-testid": "w-lightbox",
      onclose: () => dialog.remove(),
      // The dialog's own closing comes after this; the panel is not to hear of the key.
      onkeydown: (event: KeyboardEvent) => event.stopPropagation(),
      onclick: () => dialog.close(),
    },
    h(
      "header",
      {},
      h(
        "a",
        {
          class: "tool",
          href: url,
          download: file.name,
          "aria-label": words.text("file.download", () => ({ name: file.name })),
        },
        icon("download", 22),
      ),
      iconButton(panel, "close", "file.close", "w-lightbox-close", () => dialog.close()),
    ),
    h("img", { src: url, alt: file.name }),
  );
  queueMicrotask(() => dialog.showModal());
  return dialog;
}
