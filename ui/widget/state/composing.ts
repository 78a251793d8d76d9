import { toApiError } from "$api/error";
import { newId } from "$desk/id";
import type { Api, Attachment, Site } from "../api";
import type { Kept } from "./kept";
import { Signal } from "../view/signal";

export const mostFiles = 10;

/** A file that joins the message being written. */
export class PendingFile {
  readonly id = newId();
  readonly file: File;
  readonly #share = new Signal(0);
  readonly #attachment = new Signal<Attachment | undefined>(undefined);
  /** Why it is not going: an ApiError's code, or "too_large", "empty" and "file_type" before it went. */
  readonly #fault = new Signal<string | undefined>(undefined);
  #running: AbortController | undefined;
  readonly #api: Api;
  readonly #ensure: () => Promise<void>;

  constructor(file: File, allowed: Site["files"], api: Api, ensure: () => Promise<void>) {
    this.file = file;
    this.#api = api;
    this.#ensure = ensure;
    if (file.size > allowed.max_bytes) this.#fault.value = "too_large";
    else if (file.size === 0) this.#fault.value = "empty";
    else if (!allowed.types.includes(file.type)) this.#fault.value = "file_type";
    else void this.upload();
  }

  /** How much has gone, 0 to 1. */
  get share() {
    return this.#share.value;
  }

  get attachment() {
    return this.#attachment.value;
  }

  get fault() {
    return this.#fault.value;
  }

  /** Whether another try can help. */
  get canRetry() {
    return this.#fault.value !== undefined && !this.isRefused;
  }

  /** Whether it will never go: that has been said, and what is written goes without it. */
  get isRefused() {
    return ["too_large", "empty", "file_type"].includes(this.#fault.value ?? "");
  }

  /** Uploads, from where an earlier try stopped. */
  async upload(): Promise<void> {
    this.#fault.value = undefined;
    const running = (this.#running = new AbortController());
    try {
      await this.#ensure();
      const progress = (share: number) => (this.#share.value = share);
      this.#attachment.value = await this.#api.upload(this.id, this.file, progress, running.signal);
    } catch (thrown) {
      this.#fault.value = toApiError(thrown).code;
    }
  }

  cancel(): void {
    this.#running?.abort();
  }
}

/** What the visitor is writing in one conversation. Nothing typed is lost. */
export class Composing {
  readonly target: string;
  readonly #text = new Signal("");
  readonly #files = new Signal<readonly PendingFile[]>([]);
  readonly #hasTooMany = new Signal(false);
  readonly #wantsToGo = new Signal(false);
  readonly #kept: Kept;
  readonly #written: (text: string) => void;

  constructor(target: string, kept: Kept, written: (text: string) => void) {
    this.target = target;
    this.#kept = kept;
    this.#written = written;
    this.#text.value = kept.get(`draft.${target}`) ?? "";
  }

  get text() {
    return this.#text.value;
  }

  set text(text: string) {
    this.#text.value = text;
    this.#written(text);
    if (text) this.#kept.set(`draft.${this.target}`, text);
    else this.#kept.remove(`draft.${this.target}`);
  }

  /** The same field in another tab was written to. */
  hear(text: string): void {
    this.#text.value = text;
  }

  get files() {
    return this.#files.value;
  }

  get hasTooMany() {
    return this.#hasTooMany.value;
  }

  get isEmpty() {
    return this.#text.value.trim() === "" && this.#files.value.every((file) => file.isRefused);
  }

  get isUploading() {
    return this.#files.value.some(({ attachment, fault }) => !attachment && !fault);
  }

  /** Whether it was sent off while files were still on their way: it goes when they are there. */
  get wantsToGo() {
    return this.#wantsToGo.value;
  }

  attach(files: Iterable<File>, make: (file: File) => PendingFile): void {
    const given = [...files];
    const room = mostFiles - this.#files.value.length;
    this.#hasTooMany.value = given.length > room;
    this.#files.value = [...this.#files.value, ...given.slice(0, room).map(make)];
  }

  detach(file: PendingFile): void {
    file.cancel();
    this.#files.value = this.#files.value.filter((each) => each !== file);
    this.#hasTooMany.value = false;
  }

  /** Sends files on their way again that have not arrived. */
  hurry(): void {
    for (const file of this.#files.value) if (file.canRetry) void file.upload();
  }

  /**
   * Gives what is written and empties the field. Undefined, and nothing changes, while it
   * is empty or a file has not arrived; a file that is still on its way is then waited for.
   */
  take(): { text: string; files: Attachment[] } | undefined {
    this.#wantsToGo.value = this.isUploading;
    const isLacking = this.#files.value.some((file) => !file.attachment && !file.isRefused);
    if (this.isEmpty || isLacking) return undefined;
    const taken = {
      text: this.#text.value.trim(),
      files: this.#files.value.flatMap(({ attachment }) => attachment ?? []),
    };
    this.text = "";
    this.#files.value = [];
    this.#hasTooMany.value = false;
    return taken;
  }
}
