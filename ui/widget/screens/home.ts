import { each, h, when } from "../view/dom";
import { icon } from "../view/icon";
import { avatar } from "./avatar";
import "./home.css";
import { hours } from "./hours";
import { lattice } from "./lattice";
import { logo } from "./logo";
import { notice } from "./notice";
import { closeButton, focusFirst, soundButton, type Panel } from "./panel";
import { past } from "./past";

/** Where the panel opens: who is there, when, and what was talked about before. */
export function home(panel: Panel): HTMLElement {
  const { chat, words } = panel;
  const texts = () => chat.site?.texts[words.language];
  const hasPast = () => chat.exchange.conversations.list.length > 0;
  return h(
    "main",
    { class: "home", "data-testid": "w-home" },
    h(
      "header",
      { class: () => (hasPast() ? "branded" : "branded tall") },
      lattice(),
      h(
        "div",
        { class: "bar" },
        logo(panel) ?? h("p", {}, () => chat.site?.team.name),
        soundButton(panel),
        closeButton(panel),
      ),
      h(
        "h1",
        {},
        h("span", {}, () => texts()?.title || words.t("home.hello")),
        h("span", {}, () => texts()?.greeting || words.t("home.greeting")),
      ),
      h("div", { class: "team" }, mates(panel), hours(panel)),
    ),
    h(
      "div",
      { class: "rest" },
      notice(panel),
      h(
        "button",
        {
          type: "button",
          class: "main-button branded",
          "data-testid": "w-new",
          onclick: () => chat.begin(),
          ref: focusFirst(panel),
        },
        () => words.t(hasPast() ? "home.new" : "home.start"),
        icon("arrow"),
      ),
      when(hasPast, () => past(panel)),
    ),
  );
}

/** Up to three of the team. Their names are heard as one list. */
function mates(panel: Panel) {
  const { chat, words } = panel;
  // By their places: two of them may have one name.
  const shown = () => chat.team.agents.slice(0, 3).map((mate, at) => ({ ...mate, at }));
  return h(
    "ul",
    { role: "list", class: "mates", hidden: () => shown().length === 0 },
    each(
      shown,
      ({ at }) => String(at),
      (mate) => {
        const said = () => words.t(mate().online ? "team.member" : "team.away", { name: mate().name });
        return h(
          "li",
          { title: said },
          avatar(panel, {
            name: () => mate().name,
            photo: () => mate().photo,
            online: () => mate().online,
            size: "large",
          }),
          h("span", { class: "unseen" }, said),
        );
      },
    ),
  );
}
