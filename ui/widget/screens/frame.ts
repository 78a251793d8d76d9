import { h, later, listen, pick } from "../view/dom";
import { icon } from "../view/icon";
import "./frame.css";
import { home } from "./home";
import { closeButton, type Panel } from "./panel";
import { conversation } from "./thread/conversation";

/** The whole panel: one screen at a time, and what a screen reader is told beside it. */
export function frame(panel: Panel): HTMLElement {
  const { chat } = panel;
  listen("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) chat.leave();
  });
  return h(
    "div",
    { class: () => (chat.place.isFull ? "frame full" : "frame") },
    pick(
      () => (chat.status === "ready" ? chat.place.screen.name : chat.status),
      (name) => {
        if (name === "home") return home(panel);
        if (name === "thread") return conversation(panel);
        if (name === "form") return later(async () => (await import("./form")).form.bind(undefined, panel));
        return blank(panel, name);
      },
    ),
    h(
      "p",
      { class: "unseen", role: "log", "aria-live": "polite", "data-testid": "w-heard" },
      () => chat.place.heard,
    ),
  );
}

const said = { loading: "common.loading", failed: "state.failed", gone: "state.gone" } as const;

/** What there is to see while nothing has come, or when nothing can. */
function blank(panel: Panel, status: "loading" | "failed" | "gone"): HTMLElement {
  const { chat, words } = panel;
  return h(
    "div",
    { class: "blank branded" },
    closeButton(panel),
    h(
      "p",
      { role: "status", class: status === "loading" ? "unseen" : "", "data-testid": "w-state" },
      words.text(said[status]),
    ),
    status === "failed" &&
      h(
        "button",
        { type: "button", class: "outlined", "data-testid": "w-retry", onclick: () => void chat.start() },
        icon("retry"),
        words.text("common.retry"),
      ),
  );
}
