import type { Language } from "../bridge";
import type { Site } from "./site";

/** What the loader has on the page, for the panel that comes later to stand on. */
export interface Ground {
  site: Site;
  shadow: ShadowRoot;
  launcher: HTMLElement;
  state: State;
  language: () => Language;
  /** Shows the state. */
  draw: () => void;
  /** Tells the site's listeners that something happened. */
  tell: (event: string, detail?: unknown) => void;
  mark: Mark;
  sheetOf: (css: string) => CSSStyleSheet;
}

export interface State {
  isOpen: boolean;
  isHidden: boolean;
  unread: number;
  /** The panel's and the launcher's name in the present language. */
  title: string;
}

/**
 * What the page remembers where it may, for the tab or for good: reads a mark, or with
 * `on` sets or removes it. Undefined where nothing can be remembered.
 */
export type Mark = (
  where: "sessionStorage" | "localStorage",
  name: string,
  on?: boolean,
) => boolean | undefined;
