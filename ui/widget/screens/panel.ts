import type { Chat } from "../state/chat";
import { h } from "../view/dom";
import { effect } from "../view/signal";
import { icon, type IconName } from "../view/icon";
import type { Key } from "../words/en";
import type { Words } from "../words/words";

/** What every screen is made from: what there is to show, and the words for it. */
export interface Panel {
  chat: Chat;
  words: Words;
}

/** A button that shows an icon and says a word. */
export function iconButton({ words }: Panel, name: IconName, key: Key, testid: string, press: () => void) {
  return h(
    "button",
    { type: "button", class: "tool", "aria-label": words.text(key), "data-testid": testid, onclick: press },
    icon(name, 22),
  );
}

/** The button that turns the sound off and on, where there is one. */
export function soundButton({ chat, words }: Panel) {
  const { bell, site } = chat;
  return (
    site?.sound === true &&
    h(
      "button",
      {
        type: "button",
        class: "tool sound",
        "aria-label": words.text("sound.mute"),
        "aria-pressed": () => String(bell.isMuted),
        "data-testid": "w-sound",
        onclick: () => bell.toggle(),
      },
      icon("bell", 22),
      icon("mute", 22),
    )
  );
}

/** The button that closes the panel, where there is a page around it. */
export function closeButton(panel: Panel) {
  const { chat } = panel;
  return chat.canLeave && iconButton(panel, "close", "common.close", "w-close", () => chat.leave());
}

export function backButton(panel: Panel) {
  return iconButton(panel, "back", "common.back", "w-back", () => panel.chat.place.show({ name: "home" }));
}

/**
 * Gives an element the focus when it comes with a new screen, and when the panel is
 * opened; never to a panel that the visitor is not in. On touch screens a field
 * is left alone, because the keyboard would cover what there is to read.
 */
export const focusFirst =
  ({ chat }: Panel) =>
  (element: HTMLElement): void => {
    effect(() => {
      if (!chat.place.isOpen) return;
      setTimeout(() => {
        if (!document.hasFocus() && !chat.place.isCalled) return;
        chat.place.isCalled = false;
        if (element.matches("input, textarea") && matchMedia("(pointer: coarse)").matches) return;
        element.focus({ preventScroll: true });
      });
    });
  };
