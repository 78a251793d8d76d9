import { h, listen, when } from "../view/dom";
import { Signal } from "../view/signal";
import "./notice.css";
import type { Panel } from "./panel";

/** How the connection is, and whether this browser keeps anything, where that is news. */
export function notice({ chat, words }: Panel): HTMLElement {
  const isOnline = new Signal(navigator.onLine);
  listen("online", () => (isOnline.value = true));
  listen("offline", () => (isOnline.value = false));
  return h(
    "div",
    { class: "notice", role: "status", "data-testid": "w-state" },
    when(
      () => !isOnline.value,
      () => h("p", {}, words.text("state.offline")),
    ),
    when(
      // A connection that is only just being made is no news.
      () => isOnline.value && chat.phase === "waiting",
      () => h("p", {}, words.text("state.reconnecting")),
    ),
    !chat.kept.isLasting && h("p", { "data-testid": "w-session" }, words.text("state.session")),
  );
}
