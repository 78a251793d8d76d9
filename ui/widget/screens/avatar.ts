import { initials } from "$text/initials";
import { h, pick } from "../view/dom";
import "./avatar.css";
import type { Panel } from "./panel";

export interface Face {
  name: () => string;
  /** The address of a photo that lies over the letters; where it does not come, they stay. */
  photo?: () => string | undefined;
  /** A person is a circle; the bot is a square with a corner cut off. */
  isBot?: () => boolean;
  size: "small" | "large";
  /** Shown by a dot; undefined shows none. */
  online?: () => boolean | undefined;
}

/** A face: a photo, or its letters. Always beside the name: never heard itself. */
export function avatar({ words }: Panel, { name, photo, isBot, size, online }: Face): HTMLElement {
  return h(
    "span",
    {
      class: () => `avatar ${size}${isBot?.() ? " bot" : ""}`,
      "aria-hidden": "true",
      "data-online": () => online?.()?.toString(),
    },
    h("span", { class: "letters" }, () => initials(name(), words.language)),
    pick(
      () => photo?.(),
      (src) => {
        if (!src) return undefined;
        const image: HTMLImageElement = h("img", {
          src,
          alt: "",
          draggable: "false",
          onerror: () => image.remove(),
        });
        return image;
      },
    ),
  );
}
