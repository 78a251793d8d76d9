/** Black or white: what is read better on a color. */
export type Ink = "black" | "white";

/** The relative luminance of WCAG 2.2 of a color such as #0b666b; undefined for what is none. */
export function luminance(color: string): number | undefined {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color)?.slice(1);
  if (!parts) return undefined;
  const [red = 0, green = 0, blue = 0] = parts.map((part) => {
    const value = Number.parseInt(part, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * The better of black and white on a color, and its contrast: never below 4.58, because
 * the two can't both be worse than the root of 21.
 */
export function inkOn(color: string): { ink: Ink; ratio: number } | undefined {
  const light = luminance(color);
  if (light === undefined) return undefined;
  const black = (light + 0.05) / 0.05;
  const white = 1.05 / (light + 0.05);
  return black >= white ? { ink: "black", ratio: black } : { ink: "white", ratio: white };
}
