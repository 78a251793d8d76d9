import type { Attachment } from "../../api";
import { h, pick } from "../../view/dom";
import { atEnd, Signal } from "../../view/signal";
import type { Panel } from "../panel";

/**
 * A picture, small; pressed, large. It comes by a call and not by its address, because an
 * address may not hold the visitor's token. Its place is kept from the start: the server
 * knows how large it is.
 */
export function picture(panel: Panel, file: Attachment): HTMLElement {
  const { chat, words } = panel;
  const url = new Signal<string | undefined>(undefined);
  const hasFailed = new Signal(false);
  let isGone = false;
  atEnd(() => {
    isGone = true;
    if (url.value) URL.revokeObjectURL(url.value);
  });
  chat.api.bytes(file.id).then(
    (bytes) => {
      if (!isGone) url.value = URL.createObjectURL(bytes);
    },
    () => (hasFailed.value = true),
  );

  async function enlarge() {
    if (!url.value) return;
    const { lightbox } = await import("./lightbox");
    document.body.append(lightbox(panel, file, url.value));
  }

  return h(
    "button",
    {
      type: "button",
      class: "picture",
      style: {
        "aspect-ratio": `${file.width || 4} / ${file.height || 3}`,
        width: `${Math.min(240, Math.max(96, file.width || 240))}px`,
      },
      "aria-label": words.text("file.open", () => ({ name: file.name })),
      onclick: enlarge,
    },
    pick(
      () => url.value ?? hasFailed.value,
      (there) => {
        if (typeof there === "string") return h("img", { src: there, alt: "" });
        return there ? h("span", {}, words.text("file.gone")) : undefined;
      },
    ),
  );
}
