/** The messages of the thread that are laid out, in order. */
function messagesIn(scroller: HTMLElement): HTMLElement[] {
  return [...scroller.querySelectorAll<HTMLElement>("article[data-testid]")];
}

/**
 * Moves the focus to the next message, or the one before. From the thread itself it goes
 * to what is in view: down to the first message, up to the last.
 */
export function moveFocus(scroller: HTMLElement, by: 1 | -1): void {
  const all = messagesIn(scroller);
  const at = all.findIndex((message) => message.contains(document.activeElement));
  const next = at < 0 ? inView(scroller, all, by) : all[at + by];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

function inView(scroller: HTMLElement, all: HTMLElement[], by: 1 | -1): HTMLElement | undefined {
  const { top, bottom } = scroller.getBoundingClientRect();
  const isSeen = (message: HTMLElement) => {
    const box = message.getBoundingClientRect();
    return box.bottom > top && box.top < bottom;
  };
  return by > 0 ? all.find(isSeen) : all.findLast(isSeen);
}
