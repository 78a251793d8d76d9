import type { Attachment } from "../../api";

/** The kinds that the server vouches for and a browser draws. */
const drawn = ["image/png", "image/jpeg", "image/gif", "image/webp"];

export const isPicture = ({ type }: Attachment): boolean => drawn.includes(type);

/** Hands bytes to the browser to be saved under a name. */
export function saveAs(bytes: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
