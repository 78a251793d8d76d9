import { h, listen, when } from "../../view/dom";
import { icon } from "../../view/icon";
import { effect, Signal } from "../../view/signal";
import { focusFirst, iconButton, type Panel } from "../panel";
import { chips } from "./chips";
import "./composer.css";
import type { Shown } from "./conversation";
import { emojiPanel } from "./emojis";

const mostText = 4000;

/** Where the visitor writes: text, files and emoji. Nothing typed is lost. */
export function composer(panel: Panel, { target, say, writesIn }: Shown): HTMLElement {
  const { chat, words } = panel;
  const isDropping = new Signal(false);
  const hasEmoji = new Signal(false);
  const composing = () => chat.exchange.composing(target());
  const allowed = () => chat.site?.files;

  const field = h("textarea", {
    rows: 1,
    maxlength: mostText,
    value: () => composing().text,
    "aria-label": words.text("composer.label"),
    placeholder: words.text("composer.placeholder"),
    "data-testid": "w-input",
    ref: focusFirst(panel),
    oninput: () => {
      composing().text = field.value;
      if (field.value) chat.typing(target());
    },
    onkeydown: (event: KeyboardEvent) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      // On a phone Enter is a new line, because there is no other key for it.
      if (chat.place.isFull && matchMedia("(pointer: coarse)").matches) return;
      event.preventDefault();
      press();
    },
    onpaste: (event: ClipboardEvent) => {
      if (!event.clipboardData?.files.length) return;
      event.preventDefault();
      attach(event.clipboardData.files);
    },
  });
  writesIn(field);
  const chooser = h("input", {
    type: "file",
    multiple: true,
    hidden: true,
    accept: () => allowed()?.types.join(","),
    "data-testid": "w-file",
    onchange: () => {
      attach(chooser.files);
      chooser.value = "";
    },
  });

  function press() {
    composing().hurry();
    send();
  }

  function send() {
    const taken = composing().take();
    if (taken) say(taken.text, taken.files);
    hasEmoji.value = false;
    field.focus();
  }

  function attach(files: FileList | null | undefined) {
    const allows = allowed();
    if (files?.length && allows?.on) chat.exchange.attach(composing(), files, allows);
  }

  function insert(emoji: string) {
    field.setRangeText(emoji, field.selectionStart, field.selectionEnd, "end");
    composing().text = field.value;
    field.focus();
  }

  function closeEmoji() {
    hasEmoji.value = false;
    field.focus();
  }

  // What was sent while its files were on their way goes when they are there.
  effect(() => {
    const written = composing();
    if (written.wantsToGo && !written.isUploading) queueMicrotask(send);
  });
  // As high as its text, up to six lines.
  effect(() => {
    field.style.height = composing().text ? "auto" : "";
    if (composing().text) requestAnimationFrame(() => (field.style.height = `${field.scrollHeight}px`));
  });
  listen("dragover", (event) => {
    event.preventDefault();
    isDropping.value = allowed()?.on === true;
  });
  listen("dragleave", (event) => {
    if (event.relatedTarget === null) isDropping.value = false;
  });
  listen("drop", (event) => {
    event.preventDefault();
    isDropping.value = false;
    attach(event.dataTransfer?.files);
  });

  return h(
    "form",
    {
      class: () => (isDropping.value ? "box dropping" : "box"),
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault();
        press();
      },
    },
    when(
      () => hasEmoji.value,
      () => emojiPanel(panel, insert, closeEmoji),
    ),
    h("p", { class: "drop", "aria-hidden": "true" }, words.text("composer.drop")),
    chips(panel, composing),
    field,
    h(
      "div",
      { class: "tools" },
      when(
        () => allowed()?.on,
        () =>
          h(
            "span",
            {},
            chooser,
            iconButton(panel, "clip", "composer.attach", "w-attach", () => chooser.click()),
          ),
      ),
      iconButton(panel, "smile", "composer.emoji", "w-emoji", () => (hasEmoji.value = !hasEmoji.value)),
      h(
        "button",
        {
          type: "submit",
          class: "tool send",
          "aria-label": words.text("composer.send"),
          "data-testid": "w-send",
          disabled: () => composing().isEmpty,
        },
        icon("send", 22),
      ),
    ),
  );
}
