/** What a square is at most, in pixels: enough for whoever makes it smaller still. */
const largest = 512;

/**
 * The square in the middle of a picture, as a JPEG on white, turned as a camera says that it
 * is held; undefined for what the browser cannot show. A picture of any size becomes small
 * enough to send.
 */
export async function squared(file: Blob): Promise<Blob | undefined> {
  const url = URL.createObjectURL(file);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(url);
  }
  const { naturalWidth: width, naturalHeight: height } = image;
  const from = Math.min(width, height);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.min(from, largest);
  const pen = canvas.getContext("2d");
  if (!pen || from === 0) return undefined;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.width);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, (width - from) / 2, (height - from) / 2, from, from, 0, 0, canvas.width, canvas.width);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), "image/jpeg", 0.92));
}
