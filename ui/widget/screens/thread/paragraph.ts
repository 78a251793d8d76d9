import { pieces } from "$text/links";
import { h } from "../../view/dom";

/** What somebody wrote: text and addresses only, never markup, whatever it holds. */
export function paragraph(text: string): HTMLElement {
  return h(
    "p",
    { dir: "auto" },
    pieces(text).map((piece) =>
      piece.href
        ? h("a", { href: piece.href, target: "_blank", rel: "noopener noreferrer nofollow ugc" }, piece.text)
        : piece.text,
    ),
  );
}
