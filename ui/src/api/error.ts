/**
 * Why a call gave no answer that could be used. `code` is the server's, or one of
 * "offline" (no answer came), "timeout" and "aborted" (the caller took it back).
 */
export class ApiError extends Error {
  readonly code: string;
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;
  /** The field that is wrong, if it is about one. */
  readonly field: string | undefined;
  /** Seconds to wait before trying again, if the server said so. */
  readonly retryAfter: number | undefined;

  constructor(code: string, status = 0, more: { detail?: string; field?: string; retryAfter?: number } = {}) {
    super(more.detail ?? code);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.field = more.field;
    this.retryAfter = more.retryAfter;
  }

  /** Whether the same call may succeed later without anybody changing it. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** What went wrong, as an ApiError whatever was thrown. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  return new ApiError("internal", 0, { detail: String(thrown) });
}

interface Problem {
  code?: string;
  detail?: string;
  field?: string;
}

/** Reads a refusal. A body that is not a problem (a proxy's page, say) still gives an error. */
export async function refusal(response: Response): Promise<ApiError> {
  const problem = await problemOf(response);
  const wait = Number(response.headers.get("Retry-After"));
  return new ApiError(problem.code ?? codeOf(response.status), response.status, {
    ...(problem.detail !== undefined && { detail: problem.detail }),
    ...(problem.field !== undefined && { field: problem.field }),
    ...(wait > 0 && { retryAfter: wait }),
  });
}

async function problemOf(response: Response): Promise<Problem> {
  if (!response.headers.get("Content-Type")?.includes("json")) return {};
  try {
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null ? body : {};
  } catch {
    return {};
  }
}

function codeOf(status: number): string {
  if (status === 401) return "unauthorized";
  if (status === 404) return "not_found";
  return status >= 500 ? "unavailable" : "invalid";
}
