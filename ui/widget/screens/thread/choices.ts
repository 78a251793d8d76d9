import { each, h } from "../../view/dom";
import type { Panel } from "../panel";
import "./choices.css";
import type { Shown } from "./conversation";

/** Quick answers: pressed, one is said as if it had been written. */
export function choices({ words }: Panel, { choices, say, focus }: Shown): HTMLElement {
  const choose = (text: string) => {
    say(text);
    focus();
  };
  return h(
    "div",
    {
      class: "choices",
      role: "group",
      "aria-label": words.text("thread.choices"),
      "data-testid": "w-choices",
    },
    each(
      choices,
      (choice) => choice,
      (choice) => h("button", { type: "button", onclick: () => choose(choice()) }, h("bdi", {}, choice)),
    ),
  );
}
