import { ApiError, refusal } from "$api/error";
import type { Language, Page, Scheme } from "./bridge";

/*
 * The shapes that visitors are given, by the words of the server, and the calls. A
 * visitor is known by a token in a header: no cookie goes along and no address holds it.
 */

export type Handle = string;
/** RFC 3339, UTC. */
export type Moment = string;
export type Both<T> = Partial<Record<Language, T>>;
export type Wanted = "off" | "optional" | "required";
export type Field = "name" | "email" | "phone";

export interface Site {
  key: string;
  name: string;
  team: { name: string; bot_name: string };
  color: string;
  scheme: Scheme;
  texts: Both<{ title?: string; greeting?: string; offline?: string }>;
  fields: Record<Field, Wanted>;
  consent: { on: boolean; version: string; text: Both<string>; url: string };
  rating: boolean;
  /** Whether visitors hear answers. */
  sound: boolean;
  logo?: { path: string; width: number; height: number };
  files: { on: boolean; max_bytes: number; types: string[] };
  hours: { open: boolean; opens_at?: Moment; zone: string };
  /** Within how many minutes a person usually answers; 240 stands for a few hours. */
  wait?: number;
  agents: Teammate[];
  bot: { leads: boolean; ask_contact?: boolean; welcome?: Both<{ text: string; choices?: string[] }> };
}

/** What visitors see of an agent or the bot. */
export interface Person {
  name: string;
  /** The address of their photo, on our own origin. */
  photo?: string;
}

export interface Teammate extends Person {
  online: boolean;
}

export interface Visitor {
  id: string;
  name: string;
  email: string;
  phone: string;
  verified: boolean;
  blocked: boolean;
  consent?: { version: string };
}

export interface Conversation {
  handle: Handle;
  rev: number;
  state: "open" | "resolved";
  lead: "bot" | "nobody" | "agent";
  agent?: Person;
  last?: { kind: Message["kind"]; text: string; files: number; at: Moment };
  /** Messages of the team after what the visitor has seen. */
  unread: number;
  /** The seq up to which the team has read. */
  agent_read: number;
  opened_at: Moment;
  active_at: Moment;
  rating?: { score: number };
  /** Whether the team would like to know how it was. */
  ask_rating: boolean;
}

export interface Message {
  id: string;
  seq: number;
  client_id?: string;
  kind: "customer" | "agent" | "bot" | "event";
  author?: Person;
  text: string;
  at: Moment;
  attachments: Attachment[];
  /** Quick answers. */
  choices?: string[];
  event?: { type: string; name?: string; by?: "customer" | "agent" | "bot" | "system" };
}

export interface Attachment {
  id: string;
  name: string;
  size: number;
  type: string;
  width?: number;
  height?: number;
}

/** What is known of a visitor before they have said anything. */
export interface Seed {
  site: string;
  language: Language;
  page: Page;
  /** The time zone, by its IANA name. */
  zone: string;
}

export interface Entered {
  token: string;
  visitor: Visitor;
}

export interface Me {
  visitor: Visitor;
  conversations: Conversation[];
  sequence: number;
  epoch: string;
}

export interface MessagePage {
  conversation: Conversation;
  messages: Message[];
  /** Whether there are older ones. */
  before: boolean;
}

export interface Draft {
  client_id: string;
  text: string;
  attachments?: string[];
}

export interface Posted {
  conversation: Conversation;
  message: Message;
}

export interface MeChange {
  name?: string;
  email?: string;
  phone?: string;
  language?: Language;
  attributes?: Record<string, string | null>;
  page?: Page;
  consent?: { version: string };
}

interface Uploading {
  attachment: Attachment;
  part_size: number;
  parts: number;
  /** The parts that are there. */
  have: number[];
}

const base = "/api/widget/v1";
const patience = 20_000;
/** After so many milliseconds without a byte leaving, a part counts as cut off. */
const longestSilence = 30_000;

/** The way to the server. Whatever goes wrong comes out as an ApiError. */
export class Api {
  /** The visitor's token, while there is one. */
  token: string | undefined;

  site = (key: string) => this.#call<Site>("GET", `/sites/${key}`);
  enter = (seed: Seed) => this.#call<Entered>("POST", "/visitors", seed);
  identify = (seed: Seed, jwt: string) =>
    this.#call<Entered>("POST", "/identify", { ...seed, jwt, token: this.token });
  me = () => this.#call<Me>("GET", "/me");
  change = (change: MeChange) => this.#call<{ visitor: Visitor }>("PATCH", "/me", change);
  rotate = () => this.#call<{ token: string }>("POST", "/me/token");
  forget = () => this.#call<undefined>("DELETE", "/me/token");

  start = (draft: Draft & { page: Page }) => this.#call<Posted>("POST", "/conversations", draft);
  post = (handle: Handle, draft: Draft) =>
    this.#call<Posted>("POST", `/conversations/${handle}/messages`, draft);
  messages = (handle: Handle, before?: number) =>
    this.#call<MessagePage>(
      "GET",
      `/conversations/${handle}/messages?limit=40${before ? `&before=${before}` : ""}`,
    );
  read = (handle: Handle, seq: number) => this.#verb(handle, "read", { seq });
  handover = (handle: Handle) => this.#verb(handle, "handover");
  rate = (handle: Handle, score: number, comment: string) => this.#verb(handle, "rating", { score, comment });

  /** The bytes of a file: by a call, because an address may not hold the token. */
  async bytes(id: string): Promise<Blob> {
    return (await this.#fetch("GET", `/attachments/${id}`)).blob();
  }

  /**
   * Uploads a file in parts. The same id again goes on where it stopped. `progress` hears
   * the share that has left, 0 to 1. Throws "aborted" when the signal says so.
   */
  async upload(id: string, file: File, progress: (share: number) => void, signal: AbortSignal) {
    const given = { client_id: id, name: file.name, size: file.size, type: file.type };
    const { attachment, part_size, parts, have } = await this.#call<Uploading>(
      "POST",
      "/attachments",
      given,
      signal,
    );
    for (let part = 1; part <= parts; part++) {
      const start = (part - 1) * part_size;
      const bytes = file.slice(start, start + part_size);
      if (!have.includes(part)) {
        const path = `/attachments/${attachment.id}/parts/${part}`;
        await this.#put(path, bytes, (sent) => progress((start + sent) / file.size), signal);
      }
      progress(Math.min(1, (start + bytes.size) / file.size));
    }
    const done = await this.#call<{ attachment: Attachment }>(
      "POST",
      `/attachments/${attachment.id}/complete`,
      undefined,
      signal,
    );
    return done.attachment;
  }

  #verb(handle: Handle, verb: string, body?: unknown) {
    return this.#call<{ conversation: Conversation }>("POST", `/conversations/${handle}/${verb}`, body);
  }

  async #call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const response = await this.#fetch(method, path, body, signal);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  async #fetch(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
    const timeout = AbortSignal.timeout(patience);
    let response: Response;
    try {
      response = await fetch(base + path, {
        method,
        credentials: "omit",
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        headers: {
          ...(body !== undefined && { "Content-Type": "application/json" }),
          ...(this.token && { Authorization: `Bearer ${this.token}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    } catch {
      throw new ApiError(signal?.aborted ? "aborted" : timeout.aborted ? "timeout" : "offline");
    }
    if (!response.ok) throw await refusal(response);
    return response;
  }

  /** By XMLHttpRequest, because fetch does not tell how far an upload has come. */
  #put(path: string, bytes: Blob, sent: (bytes: number) => void, signal: AbortSignal): Promise<void> {
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
      request.open("PUT", base + path);
      request.setRequestHeader("Authorization", `Bearer ${this.token}`);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.onprogress = (event) => {
        clearTimeout(timer);
        timer = setTimeout(silence, longestSilence);
        sent(event.loaded);
      };
      request.onload = () =>
        request.status < 300
          ? resolve()
          : void refusal(new Response(request.responseText, answerOf(request))).then(reject);
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

const answerOf = (request: XMLHttpRequest): ResponseInit => ({
  status: request.status,
  headers: { "Content-Type": request.getResponseHeader("Content-Type") ?? "" },
});
