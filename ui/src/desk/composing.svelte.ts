import type { Api } from "$api/api";
import type { Attachment, ID } from "$api/types";
import { mostFiles, PendingFile } from "./files.svelte";
import { newId } from "./id";
import type { Shelf } from "./keep";
import type { Outgoing } from "./outgoing";

export type Mode = "reply" | "note";

const keepAfter = 300;

/** What an agent is writing in one conversation: a reply, a note, files. Nothing typed is lost. */
export class Composing {
  readonly number: number;
  #mode = $state<Mode>("reply");
  #texts = $state<Record<Mode, string>>({ reply: "", note: "" });
  #files = $state.raw<readonly PendingFile[]>([]);
  /** Files that came back with a message that was not sent. */
  #attached = $state.raw<readonly Attachment[]>([]);
  #hasTooMany = $state(false);
  #isSendPending = $state(false);
  /** The reply that another agent got in first; sending again is then on purpose. */
  #collision = $state<number | undefined>();
  /** The newest message on the screen when the text was last touched. */
  #seen = 0;
  #timer = 0;
  readonly #owner: ID;
  readonly #api: Api;
  readonly #shelf: Shelf;

  constructor(number: number, owner: ID, api: Api, shelf: Shelf) {
    this.number = number;
    this.#owner = owner;
    this.#api = api;
    this.#shelf = shelf;
    for (const mode of ["reply", "note"] as const) this.#texts[mode] = shelf.get(this.#name(mode)) ?? "";
  }

  get mode() {
    return this.#mode;
  }

  set mode(mode: Mode) {
    this.#mode = mode;
  }

  get text() {
    return this.#texts[this.#mode];
  }

  get files() {
    return this.#files;
  }

  get attached() {
    return this.#attached;
  }

  get hasTooMany() {
    return this.#hasTooMany;
  }

  /** Whether it goes off by itself as soon as its files are there. */
  get isSendPending() {
    return this.#isSendPending;
  }

  /** The seq after which another agent replied, while that is unanswered. */
  get collision() {
    return this.#collision;
  }

  /** Whether a reply was begun and not sent. */
  get hasDraft() {
    return this.#texts.reply.trim() !== "";
  }

  get isEmpty() {
    return this.text.trim() === "" && this.#files.length === 0 && this.#attached.length === 0;
  }

  /** How many files are on their way. */
  get uploading() {
    return this.#files.filter((file) => file.isGoing).length;
  }

  /** Takes the text as it is typed; `seen` is the newest message on the screen. */
  write(text: string, seen: number): void {
    this.#texts[this.#mode] = text;
    this.#seen = seen;
    clearTimeout(this.#timer);
    this.#timer = Number(setTimeout(() => this.keep(), keepAfter));
  }

  /** Keeps the text in this browser. */
  keep(): void {
    clearTimeout(this.#timer);
    for (const mode of ["reply", "note"] as const) {
      const text = this.#texts[mode];
      if (text === "") this.#shelf.remove(this.#name(mode));
      else this.#shelf.set(this.#name(mode), text);
    }
  }

  attach(files: Iterable<File>): void {
    const room = mostFiles - this.#files.length - this.#attached.length;
    const given = [...files];
    this.#hasTooMany = given.length > room;
    this.#files = [...this.#files, ...given.slice(0, room).map((file) => new PendingFile(file, this.#api))];
  }

  detach(id: ID): void {
    this.#files.find((file) => file.id === id)?.cancel();
    this.#files = this.#files.filter((file) => file.id !== id);
    this.#attached = this.#attached.filter((attachment) => attachment.id !== id);
    this.#hasTooMany = false;
  }

  /** Says that it shall go as soon as its files are there, or takes that back. */
  sendLater(isWanted: boolean): void {
    this.#isSendPending = isWanted;
  }

  /**
   * Gives the message and empties the field. Undefined, and nothing changes, while it is
   * empty or a file has not arrived.
   */
  take(now: number, seenNow: number): Outgoing | undefined {
    const waits = this.#files.some((file) => !file.attachment);
    if (this.isEmpty || waits) return undefined;
    const isNote = this.#mode === "note";
    const mayCollide = !isNote && this.#collision === undefined;
    const outgoing: Outgoing = {
      id: newId(now),
      number: this.number,
      text: this.text,
      note: isNote,
      files: [...this.#attached, ...this.#files.flatMap((file) => file.attachment ?? [])],
      seen: mayCollide ? this.#seen || seenNow : undefined,
      at: now,
      stage: "queued",
      tries: 0,
    };
    this.#empty();
    return outgoing;
  }

  /** Puts a message back to be edited; what was typed meanwhile stays after it. */
  takeBack(outgoing: Outgoing): void {
    this.#mode = outgoing.note ? "note" : "reply";
    this.#texts[this.#mode] = [outgoing.text, this.text].filter(Boolean).join("\n");
    this.#attached = [...outgoing.files, ...this.#attached];
    this.keep();
  }

  /** Another agent replied after `seen`: the message is back and waits for a decision. */
  collide(outgoing: Outgoing): void {
    this.takeBack(outgoing);
    this.#collision = outgoing.seen;
  }

  /** The other reply was seen; the next sending is checked anew. */
  settle(seen: number): void {
    this.#collision = undefined;
    this.#seen = seen;
  }

  #empty(): void {
    this.#texts[this.#mode] = "";
    this.#files = [];
    this.#attached = [];
    this.#hasTooMany = false;
    this.#isSendPending = false;
    this.#collision = undefined;
    this.keep();
  }

  #name(mode: Mode): string {
    return `draft.${this.#owner}.${this.number}.${mode}`;
  }
}
