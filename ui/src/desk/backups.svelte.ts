import { toApiError } from "$api/error";
import type { SettingsApi } from "$api/settings";
import type { BackupPlan, Backups as State } from "$api/types";

/** How often the server is asked while a backup is made. */
const lookEvery = 1_000;

/** The backups that the server keeps, and what can be done with them. */
export class Backups {
  #state = $state.raw<State | undefined>();
  #fault = $state("");
  #timer: number | undefined;
  #isClosed = false;
  readonly #settings: SettingsApi;

  constructor(settings: SettingsApi) {
    this.#settings = settings;
  }

  /** undefined until it is known. */
  get state(): State | undefined {
    return this.#state;
  }

  /** The code of what went wrong while asking; empty when all is well. */
  get fault(): string {
    return this.#fault;
  }

  async load(): Promise<void> {
    try {
      this.#put(await this.#settings.backups());
      this.#fault = "";
    } catch (thrown) {
      this.#fault = toApiError(thrown).code;
      this.#lookAgain();
    }
  }

  /** Has one made; the state tells when it is there. One that is being made is enough. */
  async start(): Promise<void> {
    try {
      this.#put(await this.#settings.makeBackup());
    } catch (thrown) {
      if (toApiError(thrown).code !== "conflict") throw thrown;
      await this.load();
    }
  }

  async setPlan(plan: BackupPlan): Promise<void> {
    try {
      await this.#settings.setBackupPlan(plan);
    } finally {
      await this.load();
    }
  }

  async remove(name: string): Promise<void> {
    await this.#settings.deleteBackup(name);
    await this.load();
  }

  /** Where the browser can fetch one, once. */
  address(name: string): Promise<string> {
    return this.#settings.backupAddress(name);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #put(state: State): void {
    this.#state = state;
    this.#lookAgain();
  }

  /** While one is made, its end is not missed, also when the line fails meanwhile. */
  #lookAgain(): void {
    clearTimeout(this.#timer);
    if (this.#state?.running && !this.#isClosed) {
      this.#timer = window.setTimeout(() => void this.load(), lookEvery);
    }
  }
}
