/** Which edges of a floating box and its anchor stand in line. */
export type Side = "start" | "end";

const gap = 4;
const rim = 8;

/** Puts a floating box below its anchor, or above where there is more room, inside the window. */
export function place(box: HTMLElement, anchor: HTMLElement, side: Side): void {
  const origin = anchor.getBoundingClientRect();
  const below = innerHeight - origin.bottom - gap - rim;
  const above = origin.top - gap - rim;
  box.style.maxHeight = "";
  const { width, height } = box.getBoundingClientRect();
  const isBelow = below >= height || below >= above;
  const room = isBelow ? below : above;
  const top = isBelow ? origin.bottom + gap : origin.top - gap - Math.min(height, above);
  const left = side === "start" ? origin.left : origin.right - width;
  box.style.maxHeight = `${Math.max(120, room)}px`;
  box.style.top = `${Math.max(rim, top)}px`;
  box.style.left = `${Math.min(Math.max(rim, left), innerWidth - width - rim)}px`;
}
