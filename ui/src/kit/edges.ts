/**
 * For a strip that scrolls sideways without a bar: says in data-more on which sides there is
 * more of it, and lets a wheel that only turns up and down move it.
 */
export function edges(strip: HTMLElement): () => void {
  const look = () => {
    const left = Math.abs(strip.scrollLeft);
    const rest = strip.scrollWidth - strip.clientWidth - left;
    strip.dataset["more"] = [left > 1 ? "before" : "", rest > 1 ? "after" : ""].join(" ").trim();
  };
  const turn = (event: WheelEvent) => {
    if (event.deltaX !== 0 || event.shiftKey || event.ctrlKey) return;
    if (strip.scrollWidth <= strip.clientWidth) return;
    event.preventDefault();
    strip.scrollLeft += event.deltaY;
  };
  const watcher = new ResizeObserver(look);
  watcher.observe(strip);
  for (const child of strip.children) watcher.observe(child);
  strip.addEventListener("scroll", look, { passive: true });
  strip.addEventListener("wheel", turn, { passive: false });
  return () => {
    watcher.disconnect();
    strip.removeEventListener("scroll", look);
    strip.removeEventListener("wheel", turn);
  };
}
