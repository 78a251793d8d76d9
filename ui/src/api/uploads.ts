import type { Client } from "./client";
import { ApiError } from "./error";
import type { Attachment, ID, Upload } from "./types";

/** After so many milliseconds without a byte leaving, a part counts as cut off. */
const longestSilence = 30_000;

/** Uploads files in parts; what has arrived is not sent again. */
export class Uploads {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /**
   * Uploads one file. The same id again goes on where it stopped. `progress` hears the
   * share that has left, 0 to 1. Throws an ApiError; "aborted" when the signal says so.
   */
  async upload(
    id: ID,
    file: File,
    progress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<Attachment> {
    const { attachment, part_size, parts, have } = await this.#client.call<Upload>("POST", "/attachments", {
      body: { client_id: id, name: file.name, size: file.size, type: file.type },
      signal,
    });
    const there = new Set(have);
    for (let part = 1; part <= parts; part++) {
      const start = (part - 1) * part_size;
      if (!there.has(part)) {
        const bytes = file.slice(start, start + part_size);
        await this.#part(attachment.id, part, bytes, (sent) => progress((start + sent) / file.size), signal);
      }
      progress(Math.min(1, (start + part_size) / file.size));
    }
    const path = `/attachments/${attachment.id}/complete`;
    const done = await this.#client.call<{ attachment: Attachment }>("POST", path, { signal });
    return done.attachment;
  }

  /** By XMLHttpRequest, because fetch does not tell how far an upload has come. */
  #part(
    id: ID,
    part: number,
    bytes: Blob,
    sent: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      let fault = "aborted";
      const abort = () => request.abort();
      const silence = () => {
        fault = "timeout";
        request.abort();
      };
      let timer = setTimeout(silence, longestSilence);
      signal.addEventListener("abort", abort);
      request.open("PUT", `${this.#client.base}/attachments/${id}/parts/${part}`);
      request.setRequestHeader("X-Parley", "1");
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.onprogress = (event) => {
        clearTimeout(timer);
        timer = setTimeout(silence, longestSilence);
        sent(event.loaded);
      };
      request.onload = () => {
        if (request.status < 300) resolve();
        else void this.#client.refused(answerOf(request)).then(reject);
      };
      request.onerror = () => reject(new ApiError("offline"));
      request.onabort = () => reject(new ApiError(fault));
      request.onloadend = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
      };
      request.send(bytes);
    });
  }
}

/** An answer as fetch would have given it. */
function answerOf(request: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const name of ["Content-Type", "Retry-After"]) {
    const value = request.getResponseHeader(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(request.response as string, { status: request.status, headers });
}

/** Where an attachment's bytes are. */
export function attachmentURL(id: ID, download = false): string {
  return `/api/v1/attachments/${id}${download ? "?download=1" : ""}`;
}
