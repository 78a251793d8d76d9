import type { Key } from "./en";
import type { Words } from "./words.svelte";

const keys: Record<string, Key> = {
  offline: "error.offline",
  timeout: "error.timeout",
  aborted: "error.aborted",
  forbidden: "error.forbidden",
  not_found: "error.not_found",
  invalid: "error.invalid",
  empty: "error.empty",
  too_long: "error.too_long",
  too_many: "error.too_many",
  bad_text: "error.bad_text",
  conflict: "error.conflict",
  archived: "error.archived",
  blocked: "error.blocked",
  taken: "error.taken",
  rate_limited: "error.rate_limited",
  storage_full: "error.storage_full",
  read_only: "error.read_only",
  unavailable: "error.unavailable",
  unauthorized: "error.unauthorized",
  too_large: "error.too_large",
  file_type: "error.file_type",
  upload_unfinished: "error.upload_unfinished",
  collision: "error.collision",
  last_owner: "error.last_owner",
  closed: "error.closed",
  csrf: "error.csrf",
  unsupported_media: "error.unsupported_media",
  consent_required: "error.consent_required",
  used_elsewhere: "error.used_elsewhere",
  own_account: "error.own_account",
  second_factor_required: "error.second_factor_required",
  second_factor_wrong: "error.second_factor_wrong",
  second_factor_sealed: "error.second_factor_sealed",
  second_factor_due: "error.second_factor_due",
};

/** What an ApiError's code says to a person; a code that has no words of its own gets common ones. */
export function faultWords(t: Words["t"], code: string): string {
  return (t as (key: Key) => string)(keys[code] ?? "error.other");
}
