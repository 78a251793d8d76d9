import { toApiError } from "$api/error";
import type { Field, MeChange } from "../api";
import { fresh } from "../state/exchange";
import { h } from "../view/dom";
import { Signal } from "../view/signal";
import { faultWords } from "../words/faults";
import { isEmail, isPhone } from "./fields";
import "./form.css";
import { closed } from "./hours";
import { backButton, closeButton, focusFirst, type Panel } from "./panel";

const all: readonly Field[] = ["name", "email", "phone"];
const kinds = { name: "text", email: "email", phone: "tel" } as const;
const labels = { name: "form.name", email: "form.email", phone: "form.phone" } as const;
const completes = { name: "name", email: "email", phone: "tel" } as const;

/**
 * What is asked before the first message: who it is, and whether they agree. When nobody
 * is there, it takes the message too, and an address to answer to.
 */
export function form(panel: Panel): HTMLElement {
  const { chat, words } = panel;
  const { t, text } = words;
  const isOffline = chat.isClosed;
  const { visitor } = chat.visit;
  const faults = new Signal<Readonly<Record<string, string>>>({});
  const isGoing = new Signal(false);

  const levelOf = (field: Field) =>
    isOffline && field === "email" ? "required" : (chat.site?.fields[field] ?? "off");
  const wanted = visitor?.verified
    ? []
    : all.filter((field) => levelOf(field) !== "off" && !visitor?.[field]);
  const consent = chat.needsConsent ? chat.site?.consent : undefined;

  const inputs = Object.fromEntries(wanted.map((field) => [field, input(field)]));
  const message = h("textarea", {
    ...common("message"),
    rows: 4,
    maxlength: 4000,
    required: true,
    value: chat.exchange.composing(fresh).text,
  });
  const agrees = h("input", { ...common("consent"), class: "", type: "checkbox", required: true });

  function common(name: string) {
    return {
      class: "field",
      name,
      "aria-invalid": () => faults.value[name] && "true",
      "aria-describedby": `fault-${name}`,
      "data-testid": name === "consent" ? "w-consent" : `w-field-${name}`,
    };
  }

  function input(field: Field) {
    return h("input", {
      ...common(field),
      type: kinds[field],
      autocomplete: completes[field],
      maxlength: 200,
      required: levelOf(field) === "required",
    });
  }

  function check(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const field of wanted) {
      const given = inputs[field]?.value.trim() ?? "";
      if (!given && levelOf(field) === "required") found[field] = t("form.required");
      else if (given && field === "email" && !isEmail(given)) found[field] = t("form.emailWrong");
      else if (given && field === "phone" && !isPhone(given)) found[field] = t("form.phoneWrong");
    }
    if (isOffline && !message.value.trim()) found["message"] = t("form.required");
    if (consent && !agrees.checked) found["consent"] = t("form.consentWrong");
    return found;
  }

  function given(): MeChange {
    const said = wanted.flatMap((field) =>
      inputs[field]?.value.trim() ? [[field, inputs[field].value.trim()]] : [],
    );
    return { ...Object.fromEntries(said), ...(consent && { consent: { version: consent.version } }) };
  }

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    faults.value = check();
    const first = Object.keys(faults.value)[0];
    if (first) return event.currentTarget.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
    isGoing.value = true;
    try {
      await chat.introduce(given());
      if (isOffline) {
        chat.exchange.composing(fresh).text = "";
        chat.say(fresh, message.value.trim());
      } else chat.begin();
    } catch (thrown) {
      const { code, field = "all" } = toApiError(thrown);
      faults.value = { [field in inputs ? field : "all"]: faultWords(t, code) };
    }
    isGoing.value = false;
  }

  const fault = (name: string) =>
    h("small", { class: "wrong", id: `fault-${name}` }, () => faults.value[name]);
  const offline = () => chat.site?.texts[words.language]?.offline;

  return h(
    "div",
    { class: "asking" },
    h(
      "header",
      { class: "head branded" },
      backButton(panel),
      h("h1", { tabindex: -1, ref: focusFirst(panel) }, text(isOffline ? "offline.title" : "form.title")),
      closeButton(panel),
    ),
    h(
      "main",
      {},
      isOffline &&
        chat.site?.hours.opens_at !== undefined &&
        h("p", { class: "hours", "data-testid": "w-hours" }, () => closed(panel)),
      h("p", {}, () => (isOffline && offline()) || t(isOffline ? "offline.lead" : "form.lead")),
      h(
        "form",
        { novalidate: true, onsubmit: submit, "data-testid": isOffline ? "w-offline" : "w-prechat" },
        wanted.map((field) =>
          h(
            "label",
            {},
            text(labels[field]),
            levelOf(field) === "optional" && h("small", { class: "level" }, text("common.optional")),
            inputs[field],
            fault(field),
          ),
        ),
        isOffline && h("label", {}, text("form.message"), message, fault("message")),
        consent &&
          h(
            "div",
            { class: "consent" },
            h(
              "label",
              {},
              agrees,
              h("span", {}, () => consent.text[words.language] || t("form.consent")),
            ),
            fault("consent"),
            /^https?:/i.test(consent.url) &&
              h(
                "a",
                { href: consent.url, target: "_blank", rel: "noopener noreferrer" },
                text("form.notice"),
              ),
          ),
        h("p", { class: "wrong", role: "alert" }, () => faults.value["all"]),
        h(
          "button",
          {
            type: "submit",
            class: "main-button branded",
            disabled: () => isGoing.value,
            "data-testid": "w-prechat-submit",
          },
          text(isOffline ? "offline.submit" : "form.submit"),
        ),
      ),
    ),
  );
}
