/** A picture is shown at most so many times as large as it fits. */
export const most = 5;

const step = 1.5;

/** The next larger or smaller size; 1 is as large as fits. */
export function zoomed(zoom: number, by: 1 | -1): number {
  return Math.min(most, Math.max(1, by > 0 ? zoom * step : zoom / step));
}
