import type { Boot, Page, ToFrame, ToLoader } from "../bridge";
import type { Ground } from "./ground";
import css from "./panel.css?inline";
import { holdStill } from "./still";

/** Whether the panel takes the whole screen: on phones, upright or not, and at great zoom. */
const small = matchMedia("(max-width:599.98px),(max-height:479.98px)");

const pageNow = (): Page => ({ url: location.href, title: document.title });

/**
 * Puts the panel on the page: a frame from Parley's own origin. It hears only its own
 * frame: the right window, the right origin and the nonce that it was made with. Gives
 * what carries out the verbs of `$chat`.
 */
export function makePanel({ site, shadow, launcher, state, language, draw, tell, mark, sheetOf }: Ground) {
  const { origin, key, color, scheme } = site;
  const name = `parley.${key}.`;
  const panel = document.createElement("div");
  const frame = document.createElement("iframe");
  const nonce = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("");
  const view = window.visualViewport;
  /** What waits for the frame to be there; undefined from then on. */
  let waiting: ToFrame[] | undefined = [];
  let letGo: (() => void) | undefined;
  let opener: Element | null = null;
  let wantsFocus = false;
  let page = pageNow();

  /** Says something to the frame: now, or as soon as it is there. */
  function say(message: ToFrame) {
    if (waiting) waiting.push(message);
    else frame.contentWindow?.postMessage({ parley: nonce, message }, origin);
  }

  function hear(message: ToLoader) {
    switch (message.type) {
      case "open":
      case "close":
        return turn(message.type === "open", message.detail.focus);
      case "known":
        return mark("localStorage", name, message.detail);
      case "ready": {
        panel.classList.add("ready");
        const late = waiting ?? [];
        waiting = undefined;
        goIn();
        late.forEach(say);
        break;
      }
      case "unread":
        state.unread = Number(message.detail.count);
        show();
    }
    tell(message.type, message.detail);
  }

  function show() {
    draw();
    panel.ariaLabel = frame.title = state.title;
    panel.classList.toggle("on", state.isOpen);
    panel.classList.toggle("full", small.matches);
    panel.ariaModal = String(small.matches);
    if (state.isOpen && small.matches) letGo ??= holdStill(sheetOf);
    else letGo = void letGo?.();
    fit();
  }

  /** Fits the panel to the part of a phone's screen that its keyboard leaves. */
  function fit() {
    const isCut = small.matches && view && view.scale < 1.01;
    panel.style.height = isCut ? `${view.height}px` : "";
    panel.style.top = isCut ? `${view.offsetTop}px` : "";
  }

  /**
   * Gives the frame the focus where that is wanted. What it was given before its page came
   * is lost, and a key that is still down holds the focus: so it is done more than once.
   */
  function goIn() {
    if (!wantsFocus || !state.isOpen) return;
    frame.blur();
    frame.focus();
  }

  /** Opens or closes the panel; with `focus` the focus goes in, or back to where it was. */
  function turn(on: boolean, focus: boolean) {
    if (on === state.isOpen) return;
    if (on) opener = document.activeElement;
    state.isOpen = on;
    wantsFocus = on && focus;
    mark("sessionStorage", `${name}open`, on);
    show();
    if (on) {
      goIn();
      setTimeout(goIn, 50);
    } else if (focus) (state.isHidden && opener instanceof HTMLElement ? opener : launcher).focus();
    say({ type: on ? "open" : "close", given: { focus } });
    tell(on ? "open" : "close");
  }

  function turnPage() {
    const now = pageNow();
    if (now.url === page.url && now.title === page.title) return;
    page = now;
    say({ type: "page", given: now });
  }

  function act(verb: string, given: unknown) {
    switch (verb) {
      case "open":
      case "close":
        return turn(verb === "open", true);
      case "toggle":
        return turn(!state.isOpen, true);
      case "restore":
        return small.matches || turn(true, false);
      case "hide":
        return turn(false, true);
      case "page":
        return turnPage();
      case "show":
        return;
      case "setLanguage":
        show();
        return say({ type: verb, given: language() });
      default:
        // What the frame doesn't know, it doesn't hear.
        return say({ type: verb, given } as ToFrame);
    }
  }

  const boot: Boot = {
    nonce,
    origin: location.origin,
    language: language(),
    scheme,
    color,
    full: small.matches,
    page,
  };
  frame.src = `${origin}/widget/${key}/#${encodeURIComponent(JSON.stringify(boot))}`;
  panel.id = panel.className = "panel";
  panel.dataset.testid = "w-panel";
  panel.role = "dialog";
  panel.append(frame);
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheetOf(css)];
  shadow.prepend(panel);
  show();

  addEventListener("message", ({ source, origin: from, data }) => {
    if (source !== frame.contentWindow || from !== origin || data?.parley !== nonce) return;
    hear(data.message as ToLoader);
  });
  small.onchange = () => {
    show();
    say({ type: "full", given: small.matches });
  };
  if (view) view.onresize = view.onscroll = fit;
  // The site's own functions are left as they are: this only listens. A title usually
  // follows its address, so it waits a bit.
  const later = () => setTimeout(turnPage, 300);
  (window as { navigation?: EventTarget }).navigation?.addEventListener("currententrychange", later);
  addEventListener("popstate", later);
  return act;
}
