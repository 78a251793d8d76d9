import type { ApiError } from "$api/error";
import { faultWords } from "$words/faults";
import type { Words } from "$words/words.svelte";

/** What is wrong with a password or a code that was given, said at the field that it is about. */
export interface Faults {
  password?: string;
  code?: string;
  form?: string;
}

/** What a refusal says to a person. `wrongCode` says it of a code. */
export function faultsOf(t: Words["t"], error: ApiError, wrongCode: string): Faults {
  switch (error.code) {
    case "second_factor_wrong":
      return { code: wrongCode };
    case "second_factor_required":
      return { code: t("settings.required") };
    case "second_factor_sealed":
      return { code: t("auth.sealed") };
    case "rate_limited":
      return { form: t("auth.tooMany", { n: Math.ceil((error.retryAfter ?? 60) / 60) }) };
  }
  if (error.field === "password") return { password: t("profile.wrongPassword") };
  return { form: t("action.failed", { why: faultWords(t, error.code) }) };
}
