/** The part of the page that is seen. */
export type View = Pick<VisualViewport, "height" | "pageTop" | "scale">;

/** More than browsers' own bars take: a keyboard covers it. In pixels. */
const keyboard = 140;

/**
 * The measures by which the screens fit what a phone's keyboard leaves of them, as custom
 * properties. Who has zoomed in sees a part by choice: then there are none, and nothing shrinks.
 */
export function measures(view: View, whole: number): Record<string, string> {
  if (view.scale >= 1.01) return {};
  const fit = { "--screen-height": `${view.height}px`, "--screen-top": `${view.pageTop}px` };
  // The keyboard covers the edge that was to be kept clear of.
  return whole - view.height > keyboard ? { ...fit, "--screen-clear": "0px" } : fit;
}

const names = ["--screen-height", "--screen-top", "--screen-clear"];

/**
 * Keeps the measures on the page where there is a keyboard that lies over it. Browsers that
 * make the page itself smaller for the keyboard show no difference; on iOS the page stays as
 * it is, and is pushed up.
 */
export function fitScreen(page: HTMLElement): void {
  const view = window.visualViewport;
  if (!view || !matchMedia("(any-pointer: coarse)").matches) return;
  const fit = () => {
    const wanted = measures(view, page.clientHeight);
    for (const name of names) {
      const value = wanted[name];
      if (value === undefined) page.style.removeProperty(name);
      else page.style.setProperty(name, value);
    }
  };
  view.addEventListener("resize", fit);
  view.addEventListener("scroll", fit);
  fit();
}

/** Whether fingers are what the page is used with: their keyboards have fewer keys. */
export function isTouched(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}
