import { fresh } from "../../state/exchange";
import { isNew } from "../../state/outgoing";
import { h } from "../../view/dom";
import { icon } from "../../view/icon";
import { Signal } from "../../view/signal";
import type { Panel } from "../panel";
import type { Shown } from "./conversation";
import "./handover.css";

/** The way to a person: always there while the bot answers. */
export function handover({ chat, words }: Panel, { target, say, focus }: Shown): HTMLElement {
  const state = new Signal<"ready" | "asking" | "failed">("ready");

  /** A conversation that has not begun begins with this wish, which the bot understands. */
  async function ask() {
    if (target() === fresh || isNew(target())) {
      say(words.t("handover.ask"));
      return focus();
    }
    state.value = "asking";
    try {
      await chat.exchange.handOver(target());
      state.value = "ready";
      focus();
    } catch {
      state.value = "failed";
    }
  }

  return h(
    "div",
    { class: "handover" },
    h(
      "button",
      { type: "button", "data-testid": "w-handover", disabled: () => state.value === "asking", onclick: ask },
      icon("person", 18),
      words.text("handover.ask"),
    ),
    h("p", { class: "wrong", role: "alert" }, () =>
      state.value === "failed" ? words.t("handover.failed") : "",
    ),
  );
}
