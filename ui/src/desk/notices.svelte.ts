import { toApiError } from "$api/error";
import { faultWords } from "$words/faults";
import type { Words } from "$words/words.svelte";

export interface Notice {
  id: number;
  /** Asked for each time it is shown, so that it follows the language. */
  text: (t: Words["t"]) => string;
  isFault: boolean;
  undo?: (() => void) | undefined;
  /** Where it leads, for who wants to go there. */
  open?: (() => void) | undefined;
}

/** What has come in a conversation that is not on the screen. */
export interface News {
  number: number;
  text: Notice["text"];
  open: () => void;
}

/** What was done, and how it is undone. */
interface Deed {
  text: Notice["text"];
  undo?: (() => void) | undefined;
}

const lasts = 8000;

/** The short notices at the edge of the page, the newest last. */
export class Notices {
  #all = $state.raw<readonly Notice[]>([]);
  #next = 1;
  /** What is being done and can be undone then, and whether that was asked for meanwhile. */
  readonly #doing = new Map<number, { isUnwanted: boolean }>();
  /** The notice of what came elsewhere, and in which conversations that was. */
  #news: { id: number; numbers: Set<number> } | undefined;

  get all() {
    return this.#all;
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

  /** Tells what came elsewhere: one notice for a burst, which names the newest or counts them. */
  tellNews({ number, text, open }: News): void {
    const there = this.#all.find(({ id }) => id === this.#news?.id);
    const numbers = new Set(there && this.#news?.numbers).add(number);
    const says: Notice["text"] = (t) =>
      numbers.size === 1 ? text(t) : t("notice.news", { n: numbers.size });
    const id = there?.id ?? this.#next;
    this.#news = { id, numbers };
    const news = { id, text: says, open, isFault: false };
    if (there) this.#all = this.#all.map((notice) => (notice.id === id ? news : notice));
    else this.#add(news);
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

  /**
   * Says that something has begun that can be undone. The returned function ends that, once:
   * it tells what was done, or undoes it at once where that was asked for meanwhile. Without
   * a deed nothing was done.
   */
  begin(): (deed?: Deed) => void {
    const id = this.#next++;
    this.#doing.set(id, { isUnwanted: false });
    return (deed) => {
      const doing = this.#doing.get(id);
      this.#doing.delete(id);
      if (!doing || !deed) return;
      if (doing.isUnwanted && deed.undo) deed.undo();
      else this.#put({ ...deed, id, isFault: false });
    };
  }

  /**
   * Undoes what was begun last, as soon as it is done: a key that is quicker than the server
   * does not undo what was before it. False where nothing can be undone.
   */
  undoNewest(): boolean {
    const told = this.#all.filter(({ undo }) => undo).reduce(later, undefined);
    const [id, doing] = [...this.#doing].findLast(([, { isUnwanted }]) => !isUnwanted) ?? [0];
    if (doing && id > (told?.id ?? 0)) doing.isUnwanted = true;
    else if (told) this.undo(told);
    else return false;
    return true;
  }

  /** Forgets them, after signing out. */
  clear(): void {
    this.#all = [];
    this.#doing.clear();
  }

  /** Goes where a notice leads. */
  open(notice: Notice): void {
    this.dismiss(notice.id);
    notice.open?.();
  }

  #add(notice: Omit<Notice, "id">): void {
    this.#put({ ...notice, id: this.#next++ });
  }

  #put(notice: Notice): void {
    this.#all = [...this.#all.slice(-2), notice];
  }
}

/** The one of two notices that was begun later. */
function later(one: Notice | undefined, other: Notice): Notice {
  return one && one.id > other.id ? one : other;
}
