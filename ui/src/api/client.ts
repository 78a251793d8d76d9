import { ApiError, refusal } from "./error";

export interface Call {
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  signal?: AbortSignal | undefined;
  /** Lets the call outlive the page. Browsers take at most 64 KiB of such bodies at once. */
  keepalive?: boolean;
}

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

const patience = 20_000;

/**
 * The one way to the server: JSON over fetch, with the header that tells Parley's own
 * page from others. Whatever goes wrong comes out as an ApiError.
 */
export class Client {
  /** Told when the server says that nobody is signed in. */
  onSignedOut: (() => void) | undefined;
  /** Told when the server wants two-step verification set up before anything else. */
  onFactorDue: (() => void) | undefined;

  readonly base: string;

  constructor(base = "/api/v1") {
    this.base = base;
  }

  async call<T>(method: Method, path: string, call: Call = {}): Promise<T> {
    const timeout = AbortSignal.timeout(patience);
    const signal = call.signal ? AbortSignal.any([call.signal, timeout]) : timeout;
    return this.#ask(
      method,
      path,
      { ...call, signal },
      async (response) => (response.status === 204 ? undefined : await response.json()) as T,
      () => (call.signal?.aborted ? "aborted" : timeout.aborted ? "timeout" : "offline"),
    );
  }

  /** Fetches a file. It may take as long as its bytes need; the signal ends it. */
  async file(path: string, body?: unknown, signal?: AbortSignal): Promise<Blob> {
    return this.#ask(
      "POST",
      path,
      { body, signal },
      (response) => response.blob(),
      () => (signal?.aborted ? "aborted" : "offline"),
    );
  }

  async #ask<T>(
    method: Method,
    path: string,
    call: Call,
    take: (response: Response) => Promise<T>,
    codeOf: () => string,
  ): Promise<T> {
    let response: Response;
    try {
      response = await fetch(this.base + path + queryOf(call.query), {
        method,
        signal: call.signal ?? null,
        headers: headersOf(method, call.body !== undefined),
        ...(call.keepalive && { keepalive: true }),
        ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      });
      if (response.ok) return await take(response);
    } catch {
      throw new ApiError(codeOf());
    }
    // Who is refused while signing in has a wrong password, and no session that ended.
    throw await this.refused(response, method === "POST" && path.startsWith("/session"));
  }

  /** What a refusal says; that nobody is signed in is told on. */
  async refused(response: Response, isSigningIn = false): Promise<ApiError> {
    const error = await refusal(response);
    if (error.code === "unauthorized" && !isSigningIn) this.onSignedOut?.();
    if (error.code === "second_factor_due") this.onFactorDue?.();
    return error;
  }
}

function headersOf(method: Method, hasBody: boolean): Record<string, string> {
  return {
    Accept: "application/json",
    ...(hasBody && { "Content-Type": "application/json" }),
    ...(method !== "GET" && { "X-Parley": "1" }),
  };
}

function queryOf(query: Call["query"]): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([k, v]) => [k, String(v)]))}`;
}
