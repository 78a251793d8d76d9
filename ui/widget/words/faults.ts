import type { Key } from "./en";
import type { Words } from "./words";

const keys: Record<string, Key> = {
  rate_limited: "error.rate_limited",
  too_long: "error.too_long",
  blocked: "error.blocked",
  storage_full: "error.storage_full",
  consent_required: "error.consent_required",
  offline: "state.offline",
};

/** What an ApiError's code says to a person. */
export function faultWords(t: Words["t"], code: string | undefined): string {
  return (t as (key: Key) => string)(keys[code ?? ""] ?? "error.other");
}
