import { inkOn } from "../color";
import css from "./launcher.css?inline";
import type { Site } from "./site";

/**
 * Makes an element with a test id. Only properties are set and no markup is parsed:
 * a host's policy may forbid both style attributes and markup in strings.
 */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  element.dataset.testid = `w-${className}`;
  element.append(...children);
  return element;
}

export function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

/** The looks of everything that the loader draws, in a site's colour, place and icon. */
export const looksOf = ({
  color,
  position,
  offset_x,
  offset_y,
  scheme,
  launcher_icon,
}: Site): CSSStyleSheet =>
  sheetOf(
    `${css}:host{color-scheme:${scheme === "auto" ? "light dark" : scheme}!important;` +
      `--c:${color};--ink:${inkOn(color)};--i:path(evenodd,"${launcher_icon}");--x:${offset_x}px;--y:${offset_y}px}` +
      `.launcher,.greeting,.panel{${position}:var(--x);border-bottom-${position}-radius:5px}`,
  );
