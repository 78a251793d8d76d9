import { each, h, pick, when, type Child } from "../../view/dom";
import { atEnd, effect, Signal } from "../../view/signal";
import { icon } from "../../view/icon";
import type { Key } from "../../words/en";
import type { Panel } from "../panel";
import { bubble, who } from "./bubble";
import type { Shown } from "./conversation";
import type { Entry, Said } from "./entries";
import "./messages.css";
import { paragraph } from "./paragraph";

/** Near enough to the end that what comes is meant to be seen, in pixels. */
const near = 48;
/** This near to the beginning, what was before is loaded. */
const early = 200;

/** The messages of a thread, and what stands after them, held at the end as long as the visitor is there. */
export function messages(panel: Panel, shown: Shown, after: Child): HTMLElement {
  const { chat, words } = panel;
  const isAtEnd = new Signal(true);
  let top = 0;
  const unread = () => shown.conversation()?.unread ?? 0;

  const content = h(
    "div",
    { class: "content" },
    when(
      () => shown.thread()?.isLoadingBefore,
      () => h("p", { class: "older" }, words.text("thread.older")),
    ),
    pick(shown.welcome, (text) => (text ? welcome(panel, text) : undefined)),
    h(
      "ol",
      {},
      each(
        shown.entries,
        ({ key }) => key,
        (entry) => row(panel, entry),
      ),
    ),
    after,
  );
  const scroller = h(
    "section",
    {
      class: "scroller",
      tabindex: 0,
      "aria-label": words.text("thread.label"),
      "data-testid": "w-thread",
      onscroll: () => {
        const { scrollHeight, scrollTop, clientHeight } = scroller;
        // Only who goes up leaves the end: an answer may have come since the scroll was made.
        if (scrollHeight - scrollTop - clientHeight < near) isAtEnd.value = true;
        else if (scrollTop < top) isAtEnd.value = false;
        top = scrollTop;
        if (scrollTop < early) void older();
      },
    },
    content,
  );

  const toEnd = () => scroller.scrollTo({ top: scroller.scrollHeight, behavior: "instant" });

  /** What is above comes in without moving what is read. */
  async function older() {
    const thread = shown.thread();
    if (!thread?.hasBefore || thread.isLoadingBefore) return;
    const fromEnd = scroller.scrollHeight - scroller.scrollTop;
    await thread.older();
    // The rows are there once the effects of this change have run.
    queueMicrotask(() => (scroller.scrollTop = scroller.scrollHeight - fromEnd));
  }

  effect(() => {
    if (isAtEnd.value && chat.place.isSeen && unread() > 0) shown.seen();
  });
  // What the visitor says themselves is meant to be seen, wherever they were.
  let outgoing = 0;
  effect(() => {
    const now = shown.outgoing().length;
    if (now > outgoing) isAtEnd.value = true;
    outgoing = now;
  });

  // Whoever is at the end stays there, whatever grows: a message, a picture, the field.
  const sizes = new ResizeObserver(() => isAtEnd.value && toEnd());
  sizes.observe(scroller);
  sizes.observe(content);
  atEnd(() => sizes.disconnect());

  return h(
    "div",
    { class: "messages" },
    scroller,
    when(
      () => !isAtEnd.value,
      () =>
        h(
          "button",
          {
            type: "button",
            class: "end",
            "aria-label": () =>
              unread() > 0 ? words.t("thread.latest", { n: unread() }) : words.t("thread.down"),
            "data-testid": "w-end",
            onclick: toEnd,
          },
          icon("down", 18),
          () => (unread() > 0 ? words.t("thread.latest", { n: unread() }) : ""),
        ),
    ),
  );
}

/** What the bot says before anything was said: like a message of its own, but no one else has it. */
function welcome(panel: Panel, text: string): HTMLElement {
  const name = panel.chat.site?.team.bot_name ?? "";
  return h(
    "div",
    { class: "said bot first last", "data-testid": "w-welcome" },
    who(panel, name, true),
    h("div", { class: "bubble" }, paragraph(text)),
  );
}

function row(panel: Panel, entry: () => Entry): HTMLElement {
  const { words } = panel;
  const first = entry();
  // A key is one kind of entry for good.
  if (first.type === "said") return bubble(panel, entry as () => Said);
  if (first.type === "day") {
    return h(
      "li",
      { class: "day" },
      h("time", { datetime: first.key }, () => words.dates.day(first.at, Date.now())),
    );
  }
  return h("li", { class: "event" }, () => eventWords(panel, first.event, first.name));
}

const events: Record<string, Key> = {
  asked: "event.asked",
  handed_over: "event.handed_over",
  assigned: "event.assigned",
  resolved: "event.resolved",
  reopened: "event.reopened",
};

function eventWords({ words }: Panel, event: string, name: string): string {
  const key = events[event];
  return key ? (words.t as (key: Key, values: object) => string)(key, { name }) : "";
}
