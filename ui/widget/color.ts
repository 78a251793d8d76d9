/** The relative luminance of a colour (#rrggbb) by WCAG 2, 0 to 1. */
function luminance(color: string): number {
  // The straight piece that the formula has near black changes less than a thousandth.
  const part = (at: number) => ((parseInt(color.slice(at, at + 2), 16) / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

/**
 * Black or white, whichever is read better on a colour (#rrggbb). At the luminance
 * where both are alike the contrast is 4.58 : 1; everywhere else it is higher.
 */
export function inkOn(color: string): "#000" | "#fff" {
  return luminance(color) > 0.179 ? "#000" : "#fff";
}
