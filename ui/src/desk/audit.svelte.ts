import { toApiError } from "$api/error";
import type { AuditFilter, SettingsApi } from "$api/settings";
import type { AuditEntry } from "$api/types";

/** The audit log as one looks through it: narrowed, a page at a time. */
export class Audit {
  #entries = $state.raw<readonly AuditEntry[] | undefined>();
  #next = $state("");
  #fault = $state("");
  #isLoading = $state(false);
  #filter: AuditFilter = {};
  #asked: AbortController | undefined;
  readonly #settings: SettingsApi;

  constructor(settings: SettingsApi) {
    this.#settings = settings;
  }

  /** The newest first; undefined until they are there. */
  get entries(): readonly AuditEntry[] | undefined {
    return this.#entries;
  }

  /** Whether there are older ones. */
  get hasMore(): boolean {
    return this.#next !== "";
  }

  /** The code of what went wrong last; empty when all is well. */
  get fault(): string {
    return this.#fault;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** Starts again from the newest. What is on the screen stays until the answer is there. */
  narrow(filter: AuditFilter): Promise<void> {
    this.#filter = filter;
    return this.#load("");
  }

  /** Asks once more for what was narrowed to. */
  again(): Promise<void> {
    return this.#load("");
  }

  more(): Promise<void> {
    return this.#load(this.#next);
  }

  /** All lines that the filter lets through, as a file. */
  save(): Promise<Blob> {
    return this.#settings.exportAudit(this.#filter);
  }

  async #load(cursor: string): Promise<void> {
    this.#asked?.abort();
    const asked = (this.#asked = new AbortController());
    this.#isLoading = true;
    try {
      const page = await this.#settings.audit(this.#filter, cursor, asked.signal);
      this.#entries = cursor === "" ? page.entries : [...(this.#entries ?? []), ...page.entries];
      this.#next = page.next;
      this.#fault = "";
    } catch (thrown) {
      if (this.#asked !== asked) return;
      this.#fault = toApiError(thrown).code;
    } finally {
      if (this.#asked === asked) this.#isLoading = false;
    }
  }
}
