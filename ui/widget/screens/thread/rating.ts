import { h, pick, when } from "../../view/dom";
import { icon } from "../../view/icon";
import { Signal } from "../../view/signal";
import type { Panel } from "../panel";
import type { Shown } from "./conversation";
import "./rating.css";

/** Asks how it was, once the conversation is over; a star is enough. */
export function rating(panel: Panel, { conversation, focus }: Shown): HTMLElement {
  return h(
    "div",
    { class: "card rating" },
    pick(
      () => conversation()?.rating !== undefined,
      (isRated) =>
        isRated
          ? h("p", { role: "status", "data-testid": "w-rated" }, panel.words.text("rating.thanks"))
          : question(panel, () => conversation()?.handle ?? "", focus),
    ),
  );
}

function question({ chat, words }: Panel, handle: () => string, sent: () => void): HTMLElement {
  const score = new Signal(0);
  const hasFailed = new Signal(false);
  const comment = h("textarea", {
    class: "field",
    rows: 2,
    maxlength: 1000,
    "aria-label": words.text("rating.comment"),
    placeholder: words.text("rating.comment"),
    "data-testid": "w-rating-comment",
  });
  const star = (n: number) =>
    h(
      "label",
      { class: () => (n <= score.value ? "on" : "") },
      h("input", {
        class: "unseen",
        type: "radio",
        name: "score",
        value: n,
        "aria-label": words.text("rating.score", () => ({ n })),
        "data-testid": `w-star-${n}`,
        onchange: () => (score.value = n),
      }),
      icon("star", 26),
    );
  async function send(event: SubmitEvent) {
    event.preventDefault();
    hasFailed.value = false;
    try {
      await chat.exchange.rate(handle(), score.value, comment.value.trim());
      sent();
    } catch {
      hasFailed.value = true;
    }
  }
  return h(
    "form",
    { onsubmit: send, "data-testid": "w-rating" },
    h(
      "fieldset",
      {},
      h("legend", {}, words.text("rating.ask")),
      h("div", { class: "stars" }, [1, 2, 3, 4, 5].map(star)),
    ),
    when(
      () => score.value > 0,
      () =>
        h(
          "div",
          {},
          comment,
          h("p", { class: "wrong", role: "alert" }, () => (hasFailed.value ? words.t("error.other") : "")),
          h(
            "button",
            { type: "submit", class: "small-button branded", "data-testid": "w-rating-send" },
            words.text("rating.send"),
          ),
        ),
    ),
  );
}
