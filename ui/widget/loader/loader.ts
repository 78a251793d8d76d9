import type { Language } from "../bridge";
import { launcherWords } from "../words/launcher";
import { looksOf, make, sheetOf } from "./draw";
import type { Mark, State } from "./ground";
import type * as panelModule from "./panel";
import type { Site } from "./site";

type PanelModule = typeof panelModule;

/** The server puts the site's settings here, as a JSON object. */
declare const __PARLEY_SITE__: Site;
/** The build puts the name of the panel's file here. */
const panelFile = "__PANEL__";

type Listener = (detail: unknown) => void;
type Call = [verb: string, given?: unknown, more?: Listener];

/** A call that was made before this script came; `off` is what it gave. */
type Early = Partial<Call> & { off?: unknown };

interface Chat {
  (...call: Call): unknown;
  /** The calls made before this script came. */
  q?: Early[];
  /** Whether a widget answers to this name. */
  on?: boolean;
}

const host = window as { $chat?: Chat };
const greetAfter = 4000;

const mark: Mark = (where, name, on) => {
  try {
    const storage = window[where];
    if (on) storage[name] = 1;
    else if (on === false) storage.removeItem(name);
    return name in storage;
  } catch {
    return undefined; // blocked
  }
};

function languageOf(wish: unknown): Language | undefined {
  return /^(tr|en)/i.exec(`${wish}`)?.[0].toLowerCase() as Language | undefined;
}

/** Draws the launcher; what lies behind it is loaded when somebody moves towards it. */
function start(site: Site, script: Element | null) {
  const name = `parley.${site.key}.`;
  const listeners: Record<string, Set<Listener> | undefined> = {};
  const state: State = { isOpen: false, isHidden: !!site.hide_launcher, unread: 0, title: "" };
  const text = make("span", "text");
  const badge = make("span", "badge");
  const launcher = make("button", "launcher", make("i", "icon"), text, badge);
  const say = make("button", "say");
  const dismiss = make("button", "dismiss", "×");
  const greeting = make("div", "greeting", say, dismiss);
  const root = make("div", "root");
  const shadow = root.attachShadow({ mode: "open" });
  let chosen = languageOf(script?.getAttribute("data-lang")) ?? languageOf(site.language);
  let panel: Promise<(verb: string, given?: unknown) => unknown> | undefined;

  const language = () =>
    chosen ?? languageOf(document.documentElement.lang) ?? languageOf(navigator.language) ?? "tr";

  function draw() {
    const words = launcherWords[language()];
    const texts = site.texts?.[language()];
    const shown = (!state.isOpen && site.launcher_text?.[language()]) || "";
    state.title = words.title;
    text.textContent = shown;
    text.hidden = false;
    badge.textContent = state.unread > 9 ? "9+" : `${state.unread || ""}`;
    launcher.hidden = state.isHidden;
    // A phone has no room for many words; they stay in the name.
    text.hidden = launcher.offsetWidth + site.offset_x > innerWidth;
    launcher.ariaExpanded = `${state.isOpen}`;
    launcher.ariaLabel = [
      shown,
      state.isOpen ? words.close : words.open,
      state.unread && words.unread + state.unread,
    ]
      .filter(Boolean)
      .join(", ");
    say.textContent = `${texts?.title ?? ""} ${texts?.greeting ?? ""}`.trim() || words.greeting;
    dismiss.ariaLabel = words.dismiss;
    root.ariaLabel = state.title;
    root.lang = language();
  }

  function tell(event: string, detail?: unknown) {
    // Each by itself: a fault of the site's own code is reported as any other, and we go on.
    listeners[event]?.forEach((listener) => queueMicrotask(() => listener(detail)));
  }

  /** Loads the panel, unless it is there; after a failure the next call tries again. */
  const summon = () =>
    (panel ??= import(/* @vite-ignore */ `${site.origin}/widget/assets/${panelFile}`).then(
      ({ makePanel }: PanelModule) =>
        makePanel({ site, shadow, launcher, state, language, draw, tell, mark, sheetOf }),
      (fault) => {
        panel = undefined;
        tell("error", { code: "offline" });
        throw fault;
      },
    ));

  function greeted() {
    greeting.hidden = true;
    mark("sessionStorage", `${name}greeted`, true);
  }

  const chat: Chat = (verb, given, more) => {
    if (verb === "on" && more) {
      const all = (listeners[given as string] ??= new Set());
      all.add(more);
      return () => all.delete(more);
    }
    const isLook = verb === "show" || verb === "hide";
    if (isLook) state.isHidden = verb === "hide";
    if (verb === "setLanguage") chosen = languageOf(given);
    if (verb === "open") greeted();
    draw();
    // What only changes how things look is known to the panel when it comes.
    if (panel || !(isLook || verb === "setLanguage" || verb === "page")) {
      void summon().then((act) => act(verb, given));
    }
  };

  launcher.setAttribute("aria-controls", "panel");
  launcher.onclick = () => chat("toggle");
  say.onclick = () => chat("open");
  dismiss.onclick = greeted;
  greeting.hidden = true;
  root.role = "region";
  root.onpointerover = launcher.onfocus = say.onfocus = summon;
  // It gives nothing back: false would take Enter and the space bar from the launcher.
  root.onkeydown = ({ key }) => {
    if (key === "Escape") chat("close");
  };
  shadow.adoptedStyleSheets = [looksOf(site)];
  shadow.append(greeting, launcher);

  const early = host.$chat?.q ?? [];
  chat.on = true;
  host.$chat = chat;
  // Beside the body, so that neither a body that is replaced nor one with a transform matters.
  document.documentElement.append(root);
  draw();
  addEventListener("resize", draw);
  for (const call of early) if (call[0]) call.off = chat(...(call as Call));

  const idle = window.requestIdleCallback ?? setTimeout;
  if (mark("sessionStorage", `${name}open`)) idle(() => chat("restore"));
  else if (mark("localStorage", name)) idle(summon);
  setTimeout(() => {
    if (mark("sessionStorage", `${name}greeted`) === false) greeting.hidden = state.isHidden || state.isOpen;
  }, greetAfter);
}

if (!host.$chat?.on) {
  // Read now: a script is the current one only while it runs for the first time.
  const script = document.currentScript;
  const begin = () => start(__PARLEY_SITE__, script);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
}
