import { later } from "../../view/dom";
import type { Panel } from "../panel";

/** The panel of emoji, which is loaded when it is first wanted. */
export const emojiPanel = (panel: Panel, choose: (emoji: string) => void, close: () => void): Element =>
  later(async () => (await import("./emoji")).emoji.bind(undefined, panel, choose, close));
