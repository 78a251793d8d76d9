import { toApiError } from "$api/error";
import { faultWords } from "$words/faults";
import type { Words } from "$words/words.svelte";

/** Does what saves a change. What went wrong, in words; undefined when it is saved. */
export async function save(t: Words["t"], act: () => Promise<void>): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (thrown) {
    return t("action.failed", { why: faultWords(t, toApiError(thrown).code) });
  }
}
