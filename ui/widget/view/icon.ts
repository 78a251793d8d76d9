import "./icon.css";

/** The strokes of each icon, in a square of 24. */
const strokes = {
  alert:
    "M12 9v4.5m0 3.2h.01M10.6 4.3 2.9 17.6A1.6 1.6 0 0 0 4.3 20h15.4a1.6 1.6 0 0 0 1.4-2.4L13.4 4.3a1.6 1.6 0 0 0-2.8 0Z",
  arrow: "M5 12h14m-6-6 6 6-6 6",
  back: "m14.5 6-6 6 6 6",
  bell: "M6 9.5a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4s2-1.5 2-6.5Zm4.2 9.5a2 2 0 0 0 3.6 0",
  check: "m5 12.5 4.5 4.5L19 7.5",
  checks: "m2.5 12.5 4 4L14 8.5m-3 7 1 1 8.5-8",
  clip: "m20 11.5-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.3 3.3 0 0 1 4.7 4.7l-8.6 8.6a1.7 1.7 0 0 1-2.4-2.4L15 6.9",
  clock: "M12 7v5l3 2m6-2a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  close: "m6.5 6.5 11 11m0-11-11 11",
  down: "M12 5v14m-6-6 6 6 6-6",
  download: "M12 4v11m-5-5 5 5 5-5M5 20h14",
  file: "M13.5 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8.5L13.5 3Zm0 0v5.5H19",
  mute: "M8.3 4.8A6 6 0 0 1 18 9.5c0 2 .3 3.4.7 4.4M6.2 8c-.1.5-.2 1-.2 1.5C6 14.5 4 16 4 16h12M10.2 19a2 2 0 0 0 3.6 0M4 3.5l16 17",
  person: "M12 12.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0",
  retry: "M20 5v5h-5m4.6 0A8 8 0 1 0 20 14",
  send: "M12 19V5m-6 6 6-6 6 6",
  smile: "M8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5h.01m5.99 0h.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  star: "m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8L12 3.5Z",
} as const;

export type IconName = keyof typeof strokes;

const space = "http://www.w3.org/2000/svg";

/** A drawing of strokes. Only ever beside a word or in a control that has a name: never heard itself. */
export function drawing(box: string, d: string): SVGSVGElement {
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", box);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

export function icon(name: IconName, size = 20): SVGSVGElement {
  const svg = drawing("0 0 24 24", strokes[name]);
  svg.setAttribute("class", "icon");
  svg.setAttribute("width", String(size));
  svg.setAttribute("height", String(size));
  return svg;
}
