import { createContext } from "svelte";
import type { Attachment, ID, Message } from "$api/types";

/** Whether a file is a picture that the page may show in place. */
export function isPicture(file: Attachment): boolean {
  return file.inline && file.type.startsWith("image/") && file.width > 0;
}

/** Which picture of the thread is looked at. */
export class Gallery {
  #shown = $state.raw<Attachment | undefined>();

  get shown() {
    return this.#shown;
  }

  show(picture: Attachment): void {
    this.#shown = picture;
  }

  close(): void {
    this.#shown = undefined;
  }
}

/** The pictures of some messages, in order; one that is shown is always among them. */
export function picturesOf(messages: readonly Message[], shown: Attachment): Attachment[] {
  const all = messages.flatMap((message) => message.attachments.filter(isPicture));
  const has = (id: ID) => all.some((picture) => picture.id === id);
  return has(shown.id) ? all : [...all, shown];
}

export const [useGallery, provideGallery] = createContext<Gallery>();
