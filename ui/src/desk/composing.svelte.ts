import type { Api } from "$api/api";
import type { Attachment, ID } from "$api/types";
import type { Drafts, Mode } from "./drafts.svelte";
import { mostFiles, PendingFile } from "./files.svelte";
import { newId } from "./id";
import type { Outgoing } from "./outgoing";

export type { Mode } from "./drafts.svelte";

const keepAfter = 300;

/** How long a message may be, in octets of UTF-8: the server's limit. */
const longestText = 32 * 1024;

/** What an agent is writing in one conversation: a reply, a note, files. Nothing typed is lost. */
export class Composing {
  readonly number: number;
  #mode = $state<Mode>("reply");
  /** What was typed since it was last kept. */
  #typed = $state<Record<Mode, string | undefined>>({ reply: undefined, note: undefined });
  #files = $state.raw<readonly PendingFile[]>([]);
  /** Files that came back with a message that was not sent. */
  #attached = $state.raw<readonly Attachment[]>([]);
  #hasTooMany = $state(false);
  #isSendPending = $state(false);
  #isAskedToResolve = $state(false);
  /** As what the conversation was to be resolved then. */
  #resolveAs: ID | undefined;
  #isOfferedToTake = $state(false);
  /** The reply that another agent got in first; sending again is then on purpose. */
  #collision = $state<number | undefined>();
  /** The newest message on the screen when the text was last touched; 0 while there is none. */
  #seen = 0;
  #timer = 0;
  readonly #api: Api;
  readonly #drafts: Drafts;

  constructor(number: number, api: Api, drafts: Drafts) {
    this.number = number;
    this.#api = api;
    this.#drafts = drafts;
    if (drafts.text(number, "reply") === "" && drafts.text(number, "note") !== "") this.#mode = "note";
  }

  get mode() {
    return this.#mode;
  }

  set mode(mode: Mode) {
    this.#mode = mode;
  }

  get text() {
    return this.textOf(this.#mode);
  }

  textOf(mode: Mode): string {
    return this.#typed[mode] ?? this.#drafts.text(this.number, mode);
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

  /** Whether the conversation was to be resolved while a reply stood here unsent. */
  get isAskedToResolve() {
    return this.#isAskedToResolve;
  }

  /** The category that was chosen then; undefined for none. */
  get resolveAs(): ID | undefined {
    return this.#isAskedToResolve ? this.#resolveAs : undefined;
  }

  /** Whether its writer is asked to take the conversation. */
  get isOfferedToTake() {
    return this.#isOfferedToTake;
  }

  /** The seq after which another agent replied, while that is unanswered. */
  get collision() {
    return this.#collision;
  }

  /** What another device wrote later in this mode, while that is undecided. */
  get offer() {
    return this.#drafts.offer(this.number, this.#mode);
  }

  /** Whether the server has the text as it stands. */
  get isSaved() {
    const kept = this.#drafts.get(this.number, this.#mode);
    return kept !== undefined && kept.isSaved && kept.text === this.text && kept.text !== "";
  }

  /** Whether a reply was begun and not sent. */
  get hasDraft() {
    return this.textOf("reply").trim() !== "";
  }

  get isEmpty() {
    return this.text.trim() === "" && this.#files.length === 0 && this.#attached.length === 0;
  }

  get isTooLong() {
    // A letter takes at most three octets for each of its units.
    if (this.text.length * 3 <= longestText) return false;
    return new TextEncoder().encode(this.text).length > longestText;
  }

  /** How many files are on their way. */
  get uploading() {
    return this.#files.filter((file) => file.isGoing).length;
  }

  /** Takes the text as it is typed; `seen` is the newest message on the screen. */
  write(text: string, seen: number): void {
    this.#typed[this.#mode] = text;
    this.#seen = text === "" ? 0 : seen;
    this.#isAskedToResolve = false;
    clearTimeout(this.#timer);
    this.#timer = Number(setTimeout(() => this.keep(), keepAfter));
  }

  /** Keeps the text: in this browser at once, on the server a moment later. */
  keep(): void {
    clearTimeout(this.#timer);
    for (const mode of ["reply", "note"] as const) {
      const text = this.#typed[mode];
      if (text === undefined) continue;
      this.#drafts.write(this.number, mode, text, Date.now());
      this.#typed[mode] = undefined;
    }
  }

  /** Takes the text of the other device. */
  accept(): void {
    this.#typed[this.#mode] = undefined;
    this.#drafts.accept(this.number, this.#mode);
  }

  /** Stays with the text that stands here. */
  decline(): void {
    this.keep();
    this.#drafts.decline(this.number, this.#mode);
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

  /** Goes on with the files that a lost connection stopped. */
  resume(): void {
    for (const file of this.#files) if (file.isCutOff) void file.upload();
  }

  /** Says that it shall go as soon as its files are there, or takes that back. */
  sendLater(isWanted: boolean): void {
    this.#isSendPending = isWanted;
  }

  /** Waits until no file is on its way. */
  async arrived(): Promise<void> {
    await Promise.all(this.#files.map((file) => file.settled));
  }

  /** Asks whether the reply shall be sent before the conversation is resolved, or takes the question back. */
  askToResolve(isAsked: boolean, category?: ID): void {
    if (isAsked) this.#mode = "reply";
    this.#isAskedToResolve = isAsked;
    this.#resolveAs = category;
  }

  /** A reply went out while nobody led the conversation: its writer may take it. */
  offerToTake(isOffered: boolean): void {
    this.#isOfferedToTake = isOffered;
  }

  /** The field has left the screen: questions that were asked there are over. */
  leave(): void {
    this.#isAskedToResolve = false;
    this.#isOfferedToTake = false;
  }

  /**
   * Gives the message and empties the field. Undefined, and nothing changes, while it is
   * empty, too long, or a file has not arrived.
   */
  take(now: number, seenNow: number): Outgoing | undefined {
    const waits = this.#files.some((file) => !file.attachment);
    if (this.isEmpty || this.isTooLong || waits) return undefined;
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
    this.#typed[this.#mode] = [outgoing.text, this.text].filter(Boolean).join("\n");
    this.#attached = [...outgoing.files, ...this.#attached];
    this.#seen = outgoing.seen ?? this.#seen;
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
    this.#typed[this.#mode] = "";
    for (const file of this.#files) file.release();
    this.#seen = 0;
    this.#files = [];
    this.#attached = [];
    this.#hasTooMany = false;
    this.#isSendPending = false;
    this.#isAskedToResolve = false;
    this.#collision = undefined;
    this.keep();
  }
}
