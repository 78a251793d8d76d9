import { each, h } from "../../view/dom";
import type { Panel } from "../panel";
import "./choices.css";

/** Quick answers: pressed, one is said as if it had been written. */
export function choices(
  { words }: Panel,
  list: () => readonly string[],
  choose: (text: string) => void,
): HTMLElement {
  return h(
    "div",
    {
      class: "choices",
      role: "group",
      "aria-label": words.text("thread.choices"),
      "data-testid": "w-choices",
    },
    each(
      list,
      (choice) => choice,
      (choice) => h("button", { type: "button", onclick: () => choose(choice()) }, h("bdi", {}, choice)),
    ),
  );
}
