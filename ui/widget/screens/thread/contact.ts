import { h, pick } from "../../view/dom";
import { Signal } from "../../view/signal";
import { isEmail } from "../fields";
import type { Panel } from "../panel";
import "./contact.css";

/** Asks for an address to answer to, when the visitor waits for a team that has gone home. */
export function contact({ chat, words }: Panel): HTMLElement {
  return h(
    "div",
    { class: "card contact", "data-testid": "w-contact" },
    pick(
      () => chat.visit.visitor?.email,
      (email) =>
        email
          ? h(
              "p",
              { role: "status" },
              words.text("contact.saved", () => ({ email })),
            )
          : question({ chat, words }),
    ),
  );
}

function question({ chat, words }: Panel): HTMLElement {
  const fault = new Signal<"form.emailWrong" | "error.other" | undefined>(undefined);
  const email = h("input", {
    class: "field",
    type: "email",
    autocomplete: "email",
    "aria-label": words.text("form.email"),
    "aria-invalid": () => fault.value && "true",
    "aria-describedby": "contact-fault",
    "data-testid": "w-contact-email",
  });
  async function save(event: SubmitEvent) {
    event.preventDefault();
    const given = email.value.trim();
    fault.value = isEmail(given) ? undefined : "form.emailWrong";
    if (fault.value) return;
    await chat.visit.say({ email: given }).catch(() => (fault.value = "error.other"));
  }
  return h(
    "form",
    { novalidate: true, onsubmit: save },
    h("p", {}, words.text("contact.lead")),
    h(
      "div",
      { class: "line-of-two" },
      email,
      h(
        "button",
        { type: "submit", class: "small-button branded", "data-testid": "w-contact-save" },
        words.text("contact.save"),
      ),
    ),
    h("p", { id: "contact-fault", class: "wrong", role: "alert" }, () =>
      fault.value ? words.t(fault.value) : "",
    ),
  );
}
