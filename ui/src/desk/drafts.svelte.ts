import { SvelteMap } from "svelte/reactivity";
import type { Api } from "$api/api";
import { toApiError } from "$api/error";
import type { BegunDraft, ID } from "$api/types";
import type { Shelf } from "./keep";

export type Mode = "reply" | "note";

/** A text that was begun in a conversation and not sent, as it was last kept. */
export interface Draft {
  readonly number: number;
  readonly mode: Mode;
  readonly text: string;
  /** When it was last changed, in milliseconds. */
  readonly at: number;
  /** The time of the server's copy that it goes on from; undefined where there is none. */
  readonly base: string | undefined;
  /** Whether the server has it as it stands here. */
  readonly isSaved: boolean;
}

/** The times of the server's copies, by the drafts' keys. */
export type Bases = ReadonlyMap<string, string | undefined>;

/** How long a text rests before it goes to the server, after it was kept here. */
const saveAfter = 700;

/**
 * What an agent has begun to write, everywhere. A text is kept in this browser first and
 * then by the server, one call after the other, so that the newest is what stays. A text
 * of another device takes the place of one that was not touched since; one that was
 * touched is never overwritten: the other is offered.
 */
export class Drafts {
  readonly #all = new SvelteMap<string, Draft>();
  readonly #offers = new SvelteMap<string, Draft>();
  readonly #timers = new Map<string, number>();
  /** What was last sent to the server, by the draft's key: it comes back as our own. */
  readonly #sent = new Map<string, string>();
  readonly #saving = new Set<string>();
  /** What the server would not take; it is tried again when it changes. */
  readonly #refused = new Set<string>();
  #owner: ID = "";
  /** Nobody is signed in: saving would be in vain. */
  #isResting = false;
  readonly #api: Pick<Api, "saveDraft">;
  readonly #shelf: Shelf;

  constructor(api: Pick<Api, "saveDraft">, shelf: Shelf) {
    this.#api = api;
    this.#shelf = shelf;
  }

  /** Takes up what an agent left in this browser. */
  takeUp(owner: ID): void {
    if (owner !== this.#owner) this.#forget();
    this.#owner = owner;
    this.#isResting = false;
    for (const name of this.#shelf.names(`draft.${owner}.`)) {
      const draft = read(name.slice(`draft.${owner}.`.length), this.#shelf.get(name));
      if (draft && !this.#all.has(keyOf(draft))) this.#all.set(keyOf(draft), draft);
    }
  }

  /** Saves nothing until an agent takes the drafts up again. */
  rest(): void {
    this.#isResting = true;
  }

  get(number: number, mode: Mode): Draft | undefined {
    return this.#all.get(keyOf({ number, mode }));
  }

  text(number: number, mode: Mode): string {
    return this.get(number, mode)?.text ?? "";
  }

  /** What another device wrote later than this one, while that is undecided. */
  offer(number: number, mode: Mode): Draft | undefined {
    return this.#offers.get(keyOf({ number, mode }));
  }

  /** Keeps a text; the server gets it a moment later. An empty one is taken away. */
  write(number: number, mode: Mode, text: string, now: number): void {
    const key = keyOf({ number, mode });
    const known = this.#all.get(key);
    if ((known?.text ?? "") === text) return;
    this.#refused.delete(key);
    this.#put({ number, mode, text, at: now, base: known?.base, isSaved: false });
    this.#later(key);
  }

  /** Which of the server's copies each draft goes on from, to be told when meeting what is asked for now. */
  bases(): Bases {
    return new Map([...this.#all].map(([key, { base }]) => [key, base]));
  }

  /** Meets what the server kept when it was `asked`. What was saved since is newer than that. */
  meet(theirs: readonly BegunDraft[], asked: Bases = this.bases()): void {
    const isNewer = (key: string) => this.#all.get(key)?.base !== asked.get(key);
    const known = new Set<string>();
    for (const one of theirs) {
      const draft = ofServer(one);
      known.add(keyOf(draft));
      if (!isNewer(keyOf(draft))) this.#meet(draft);
    }
    for (const [key, own] of this.#all) {
      // Sent or emptied on another device.
      if (own.isSaved && !known.has(key) && !isNewer(key)) this.#drop(key);
    }
    this.hurry();
  }

  /** Takes the other device's text. */
  accept(number: number, mode: Mode): void {
    const offer = this.offer(number, mode);
    if (!offer) return;
    this.#offers.delete(keyOf(offer));
    this.#put(offer);
  }

  /** Stays with this device's text, which then goes to the server. */
  decline(number: number, mode: Mode): void {
    const [own, offer] = [this.get(number, mode), this.offer(number, mode)];
    if (!offer) return;
    this.#offers.delete(keyOf(offer));
    if (own) this.#put({ ...own, base: offer.base });
    void this.#save(keyOf(offer));
  }

  /** Saves what is not saved yet, now. */
  hurry(): void {
    for (const [key, draft] of this.#all) if (!draft.isSaved) void this.#save(key);
  }

  #meet(theirs: Draft): void {
    const key = keyOf(theirs);
    const own = this.#all.get(key);
    if (!own || own.isSaved || own.text === theirs.text) this.#put(theirs);
    else if (theirs.base === own.base) return;
    else if (theirs.text === this.#sent.get(key) || theirs.at <= own.at)
      this.#put({ ...own, base: theirs.base });
    else this.#offers.set(key, theirs);
  }

  #later(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.set(key, Number(setTimeout(() => void this.#save(key), saveAfter)));
  }

  /** One call at a time: the answers would not tell which of two came last. */
  async #save(key: string): Promise<void> {
    clearTimeout(this.#timers.get(key));
    const draft = this.#all.get(key);
    if (!draft || draft.isSaved || this.#isResting || this.#isHeld(key)) return;
    const owner = this.#owner;
    this.#saving.add(key);
    this.#sent.set(key, draft.text);
    try {
      const saved = ofServer(await this.#api.saveDraft(draft.number, draft.text, draft.mode === "note"));
      if (owner === this.#owner) this.#saved(draft, saved);
    } catch (thrown) {
      const error = toApiError(thrown);
      if (!error.isPassing && error.code !== "unauthorized") this.#refused.add(key);
    } finally {
      this.#saving.delete(key);
    }
    const now = this.#all.get(key);
    if (now && now.text !== draft.text) void this.#save(key);
  }

  #isHeld(key: string): boolean {
    return this.#saving.has(key) || this.#offers.has(key) || this.#refused.has(key);
  }

  #saved(draft: Draft, saved: Draft): void {
    const key = keyOf(draft);
    const now = this.#all.get(key);
    if (!now) return;
    if (now.text !== draft.text) this.#put({ ...now, base: saved.base });
    else if (now.text === "") this.#drop(key);
    else this.#put({ ...now, base: saved.base, isSaved: true });
  }

  #put(draft: Draft): void {
    const key = keyOf(draft);
    const isNothing = draft.text === "" && draft.base === undefined && !this.#sent.has(key);
    if (isNothing) return this.#drop(key);
    this.#all.set(key, draft);
    const { text, at, base, isSaved } = draft;
    this.#shelf.set(this.#name(key), JSON.stringify({ text, at, base, isSaved }));
  }

  #drop(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#all.delete(key);
    this.#shelf.remove(this.#name(key));
  }

  #forget(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const kept of [this.#all, this.#offers, this.#timers, this.#sent, this.#refused]) kept.clear();
  }

  #name(key: string): string {
    return `draft.${this.#owner}.${key}`;
  }
}

function keyOf({ number, mode }: { number: number; mode: Mode }): string {
  return `${number}.${mode}`;
}

function ofServer({ number, note, text, at }: BegunDraft): Draft {
  return { number, mode: note ? "note" : "reply", text, at: Date.parse(at), base: at, isSaved: true };
}

/** Reads a draft that was kept; undefined for what is not one. */
function read(key: string, kept: string | null): Draft | undefined {
  const [number, mode] = key.split(".");
  if (mode !== "reply" && mode !== "note") return undefined;
  try {
    const { text, at = 0, base, isSaved = false } = JSON.parse(kept ?? "") as Partial<Draft>;
    return typeof text === "string" ? { number: Number(number), mode, text, at, base, isSaved } : undefined;
  } catch {
    return undefined;
  }
}
