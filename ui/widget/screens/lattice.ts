import { h } from "../view/dom";
import { drawing } from "../view/icon";
import "./lattice.css";

/** One star of the lattice, with the lines that lead to its neighbours, in a square of 56. */
const star =
  "M14 14h28v28H14zM28 8.2 47.8 28 28 47.8 8.2 28zM0 28h8.2M47.8 28H56M28 0v8.2M28 47.8V56M22 28l6-6 6 6-6 6z";

const space = "http://www.w3.org/2000/svg";

/**
 * The tile: a lattice of eight-pointed stars, as the tiles of İznik carry it. Only
 * decoration, in the ink of the fill that it lies on.
 */
export function lattice(): HTMLElement {
  const svg = drawing("0 0 400 400", "");
  svg.removeAttribute("viewBox");
  const pattern = document.createElementNS(space, "pattern");
  for (const [name, value] of Object.entries({
    id: "star",
    width: "56",
    height: "56",
    patternUnits: "userSpaceOnUse",
  })) {
    pattern.setAttribute(name, value);
  }
  const path = svg.firstElementChild as Element;
  path.setAttribute("d", star);
  const field = document.createElementNS(space, "rect");
  field.setAttribute("width", "100%");
  field.setAttribute("height", "100%");
  field.setAttribute("fill", "url(#star)");
  pattern.append(path);
  svg.append(pattern, field);
  return h("div", { class: "lattice" }, svg);
}
