import { initials } from "$text/initials";
import { h } from "../view/dom";
import "./avatar.css";
import type { Panel } from "./panel";

export interface Face {
  name: () => string;
  /** A person is a circle; the bot is a square with a corner cut off. */
  isBot?: () => boolean;
  size: "small" | "large";
  /** Shown by a dot; undefined shows none. */
  online?: () => boolean | undefined;
}

/** A face by its letters. Always beside the name: never heard itself. */
export function avatar({ words }: Panel, { name, isBot, size, online }: Face): HTMLElement {
  return h(
    "span",
    {
      class: () => `avatar ${size}${isBot?.() ? " bot" : ""}`,
      "aria-hidden": "true",
      "data-online": () => online?.()?.toString(),
    },
    h("span", { class: "letters" }, () => initials(name(), words.language)),
  );
}
