import { toApiError } from "$api/error";
import { faultWords } from "$words/faults";
import type { Words } from "$words/words.svelte";

export interface Notice {
  id: number;
  /** Asked for each time it is shown, so that it follows the language. */
  text: (t: Words["t"]) => string;
  isFault: boolean;
  undo?: (() => void) | undefined;
}

const lasts = 8000;

/** The short notices at the edge of the page, the newest last. */
export class Notices {
  #all = $state.raw<readonly Notice[]>([]);
  #next = 1;

  get all() {
    return this.#all;
  }

  /** The newest one that can be undone. */
  get undoable(): Notice | undefined {
    return this.#all.findLast((notice) => notice.undo);
  }

  /** How long a notice stays, in milliseconds, unless somebody rests on it. */
  readonly lasts = lasts;

  tell(text: Notice["text"], undo?: () => void): void {
    this.#add({ text, undo, isFault: false });
  }

  fault(text: Notice["text"]): void {
    this.#add({ text, isFault: true });
  }

  /** Says that something could not be done, and why. */
  failed(thrown: unknown): void {
    const { code } = toApiError(thrown);
    this.fault((t) => t("action.failed", { why: faultWords(t, code) }));
  }

  /** Says whether something was copied: a browser may refuse. */
  copied(isDone: boolean): void {
    if (isDone) this.tell((t) => t("msg.copied"));
    else this.fault((t) => t("msg.notCopied"));
  }

  dismiss(id: number): void {
    this.#all = this.#all.filter((notice) => notice.id !== id);
  }

  undo(notice: Notice): void {
    this.dismiss(notice.id);
    notice.undo?.();
  }

  /** Forgets them, after signing out. */
  clear(): void {
    this.#all = [];
  }

  #add(notice: Omit<Notice, "id">): void {
    this.#all = [...this.#all.slice(-2), { ...notice, id: this.#next++ }];
  }
}
