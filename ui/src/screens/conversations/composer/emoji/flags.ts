let known: boolean | undefined;

/**
 * Whether this system draws flags as pictures. Some draw the letters of the country
 * instead: then what was drawn in black has no colour in it.
 */
export function drawsFlags(): boolean {
  known ??= hasColour("🇹🇷");
  return known;
}

function hasColour(glyph: string): boolean {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!context) return true;
  context.font = "24px sans-serif";
  context.textBaseline = "top";
  context.fillText(glyph, 0, 0);
  const { data } = context.getImageData(0, 0, 32, 32);
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] !== data[i + 1] || data[i + 1] !== data[i + 2]) return true;
  }
  return false;
}
