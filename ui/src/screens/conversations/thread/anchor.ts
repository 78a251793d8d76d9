/** Where a line of a scrolled list stood. */
export interface Anchor {
  element: HTMLElement;
  top: number;
}

/**
 * The first line that is in view. Holding on to it by hand keeps the reader's place when
 * lines come or go above; not every browser does that by itself.
 */
export function anchorIn(scroller: HTMLElement, lines: string): Anchor | undefined {
  const edge = scroller.getBoundingClientRect().top;
  for (const element of scroller.querySelectorAll<HTMLElement>(lines)) {
    const box = element.getBoundingClientRect();
    if (box.bottom > edge) return { element, top: box.top };
  }
  return undefined;
}

/** Scrolls so that the line stands where it stood. */
export function hold(scroller: HTMLElement, anchor: Anchor): void {
  if (!anchor.element.isConnected) return;
  scroller.scrollTop += anchor.element.getBoundingClientRect().top - anchor.top;
}

/** How far from its end a list is scrolled, in pixels. */
export function distanceToEnd(scroller: HTMLElement): number {
  return scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
}
