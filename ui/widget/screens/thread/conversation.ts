import type { Attachment } from "../../api";
import { fresh } from "../../state/exchange";
import { h, later, pick, when } from "../../view/dom";
import { Derived, effect } from "../../view/signal";
import { wait } from "../hours";
import { notice } from "../notice";
import type { Panel } from "../panel";
import { choices } from "./choices";
import { composer } from "./composer";
import "./conversation.css";
import { entriesOf, isAnswered } from "./entries";
import { handover } from "./handover";
import { head } from "./head";
import { messages } from "./messages";

/** What a thread's parts need to know of the conversation that the visitor is in. */
export type Shown = ReturnType<typeof shownOf>;

/**
 * The conversation that is open. Its target changes while it is: one that is begun here
 * gets its handle with its first message, and what has the focus must keep it.
 */
function shownOf({ chat, words }: Panel) {
  const { exchange, place } = chat;
  let last = fresh;
  let field: HTMLElement | undefined;
  const target = () => (last = place.screen.name === "thread" ? place.screen.target : last);
  const conversation = () => exchange.conversations.get(target());
  const thread = () => (conversation() ? exchange.thread(target()) : undefined);
  const said = () => thread()?.messages ?? [];
  const outgoing = () => exchange.outbox.of(target());
  const offered = () => (target() === fresh ? chat.site?.bot.welcome?.[words.language] : undefined);
  const welcome = () => offered()?.text || (thread()?.hasBefore ? undefined : exchange.welcomeOf(target()));
  const entries = new Derived(() => entriesOf(said(), outgoing(), conversation()?.agent_read ?? 0));
  return {
    target,
    conversation,
    thread,
    welcome,
    outgoing,
    entries: () => entries.value,
    /** Whether the bot answers here. */
    isBot: () => {
      const known = conversation();
      return known ? known.lead === "bot" && known.state === "open" : chat.site?.bot.leads === true;
    },
    /** Whether a person is to answer next, and none has since they were asked for. */
    isWaiting: () => {
      const known = conversation();
      const isLoaded = thread()?.status === "ready";
      return isLoaded && known?.state === "open" && known.lead !== "bot" && !isAnswered(said());
    },
    /** Quick answers belong to the last word; whatever is said after it takes them away. */
    choices: () => (outgoing().length > 0 ? [] : (said().at(-1)?.choices ?? offered()?.choices ?? [])),
    /** Where the visitor writes. What goes away when it is pressed leaves the focus there. */
    writesIn: (element: HTMLElement) => (field = element),
    focus: () => field?.focus({ preventScroll: true }),
    say: (text: string, files?: Attachment[]) => chat.say(target(), text, files, welcome()),
    /** Tells the team that the visitor has seen the end. */
    seen: () => {
      const [known, end] = [conversation(), said().at(-1)];
      if (known && end) void exchange.read(known.handle, end.seq);
    },
  };
}

export function conversation(panel: Panel): HTMLElement {
  const { chat, words } = panel;
  const shown = shownOf(panel);
  effect(() => {
    const thread = shown.thread();
    if (thread?.status === "new") void thread.load();
  });
  const isBlocked = () => chat.visit.visitor?.blocked === true;
  return h(
    "div",
    { class: "conversation" },
    head(panel, shown),
    h(
      "main",
      {},
      messages(panel, shown, after(panel, shown, isBlocked)),
      h(
        "div",
        { class: "foot" },
        notice(panel),
        pick(isBlocked, (isBlocked) =>
          isBlocked
            ? h("p", { class: "line" }, words.text("thread.blocked"))
            : h(
                "div",
                {},
                when(shown.isBot, () => handover(panel, shown)),
                when(
                  () => shown.conversation()?.state === "resolved",
                  () => h("p", { class: "hint" }, words.text("thread.resolved")),
                ),
                composer(panel, shown),
              ),
        ),
      ),
    ),
  );
}

/** What stands after the messages. */
function after(panel: Panel, shown: Shown, isBlocked: () => boolean) {
  const { chat, words } = panel;
  const mayRate = () => {
    const known = shown.conversation();
    return known?.state === "resolved" && (known.ask_rating || known.rating !== undefined);
  };
  const wantsContact = () =>
    shown.conversation()?.lead === "nobody" &&
    !chat.team.open &&
    chat.site?.bot.ask_contact !== false &&
    !chat.visit.visitor?.verified;
  return [
    when(
      () => shown.thread()?.status === "failed",
      () =>
        h(
          "p",
          { class: "line" },
          words.text("thread.failed"),
          h(
            "button",
            {
              type: "button",
              class: "text-button",
              "data-testid": "w-retry",
              onclick: () => void shown.thread()?.load(),
            },
            words.text("common.retry"),
          ),
        ),
    ),
    when(
      () => shown.target() === fresh && !shown.welcome(),
      () =>
        h(
          "div",
          { class: "intro" },
          h("h2", {}, () => chat.site?.texts[words.language]?.greeting || words.t("home.greeting")),
          h("p", {}, words.text("thread.empty")),
        ),
    ),
    pick(
      () => (shown.isWaiting() ? wait(panel) : ""),
      (text) => (text ? h("p", { class: "line", "data-testid": "w-wait" }, text) : undefined),
    ),
    pick(
      () => shown.thread()?.typing,
      (name) => (name ? typing(panel, name) : undefined),
    ),
    when(
      () => shown.choices().length > 0 && !isBlocked(),
      () => choices(panel, shown),
    ),
    when(mayRate, () => later(async () => (await import("./rating")).rating.bind(undefined, panel, shown))),
    when(wantsContact, () => later(async () => (await import("./contact")).contact.bind(undefined, panel))),
  ];
}

function typing({ words }: Panel, name: string): HTMLElement {
  return h(
    "p",
    { class: "typing", "data-testid": "w-typing" },
    [1, 2, 3].map(() => h("i", {})),
    words.text("thread.typing", () => ({ name })),
  );
}
