import { h } from "../view/dom";
import "./logo.css";
import type { Panel } from "./panel";

/** The site's own picture, in place of the team's name; undefined where it has none. */
export function logo({ chat }: Panel): HTMLElement | undefined {
  const { logo, team } = chat.site ?? {};
  // Its size is told, so that nothing moves when it comes.
  return (
    logo &&
    h("img", {
      class: "logo",
      src: logo.path,
      width: logo.width,
      height: logo.height,
      alt: team?.name,
      "data-testid": "w-logo",
    })
  );
}
