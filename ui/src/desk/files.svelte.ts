import type { Api } from "$api/api";
import { toApiError } from "$api/error";
import type { Attachment, ID } from "$api/types";
import { newId } from "./id";

/** 25 MB, the most that the server takes from an agent. */
export const mostBytes = 25_000_000;
export const mostFiles = 10;

const shown = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** A file that joins the message being written. */
export class PendingFile {
  readonly id: ID = newId();
  readonly file: File;
  /** An address of the picture that it is, if it is one that every browser shows. */
  readonly picture: string | undefined;
  #share = $state(0);
  #attachment = $state.raw<Attachment | undefined>();
  /** Why it is not going: an ApiError's code, or "too_large" and "empty" before it went. */
  #fault = $state<string | undefined>();
  #running: AbortController | undefined;
  #settled: Promise<void> = Promise.resolve();
  readonly #api: Api;

  constructor(file: File, api: Api) {
    this.file = file;
    this.#api = api;
    if (shown.includes(file.type)) this.picture = URL.createObjectURL(file);
    if (file.size > mostBytes) this.#fault = "too_large";
    else if (file.size === 0) this.#fault = "empty";
    else void this.upload();
  }

  /** How much has gone, 0 to 1. */
  get share() {
    return this.#share;
  }

  get attachment() {
    return this.#attachment;
  }

  get fault() {
    return this.#fault;
  }

  get isGoing() {
    return this.#fault === undefined && this.#attachment === undefined;
  }

  /** Whether another try can help. */
  get canRetry() {
    return this.#fault !== undefined && !["too_large", "empty", "file_type"].includes(this.#fault);
  }

  /** Whether it was the connection that failed, so that it can go on by itself. */
  get isCutOff() {
    return this.#fault === "offline" || this.#fault === "timeout";
  }

  /** Kept when it is there or has failed. */
  get settled() {
    return this.#settled;
  }

  /** Uploads, from where an earlier try stopped. */
  upload(): Promise<void> {
    return (this.#settled = this.#upload());
  }

  /** Gives back what it holds, when it is shown no longer. */
  release(): void {
    if (this.picture) URL.revokeObjectURL(this.picture);
  }

  cancel(): void {
    this.#running?.abort();
    this.release();
  }

  async #upload(): Promise<void> {
    this.#fault = undefined;
    const running = (this.#running = new AbortController());
    try {
      const progress = (share: number) => (this.#share = share);
      this.#attachment = await this.#api.uploads.upload(this.id, this.file, progress, running.signal);
    } catch (thrown) {
      this.#fault = toApiError(thrown).code;
    }
  }
}
