import { toApiError, type ApiError } from "$api/error";

/**
 * One record of the settings: as the server has it, and as it is being edited. What
 * somebody else saved meanwhile is not overwritten: the server refuses with conflict.
 */
export class Held<T extends object> {
  #stored = $state.raw<T>();
  #fault = $state.raw<ApiError>();
  #isBusy = $state(false);
  /** What is being edited. Only to be read once isLoaded. */
  draft = $state<T>() as T;
  readonly #read: () => Promise<T>;
  readonly #write: (draft: T) => Promise<T>;

  constructor(read: () => Promise<T>, write: (draft: T) => Promise<T>) {
    this.#read = read;
    this.#write = write;
  }

  get stored(): T | undefined {
    return this.#stored;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Why it could not be loaded or saved. */
  get fault(): ApiError | undefined {
    return this.#fault;
  }

  readonly isLoaded = $derived(this.#stored !== undefined);

  readonly isChanged = $derived(
    this.#stored !== undefined && JSON.stringify(this.draft) !== JSON.stringify(this.#stored),
  );

  async load(): Promise<void> {
    await this.#run(async () => this.put(await this.#read()));
  }

  /** Reports whether it was saved; the fault says why not. What is typed meanwhile stays, unsaved. */
  async save(): Promise<boolean> {
    const sent = $state.snapshot(this.draft) as T;
    return this.#run(async () => this.#meet(await this.#write(sent), sent));
  }

  /** Takes what the server answered to something else that was asked of it. */
  put(stored: T): void {
    this.#stored = stored;
    this.draft = structuredClone(stored);
  }

  discard(): void {
    this.#fault = undefined;
    if (this.#stored) this.draft = structuredClone(this.#stored);
  }

  /** Takes what the server made of what was sent; fields that were changed since keep what is in them. */
  #meet(stored: T, sent: T): void {
    const now = $state.snapshot(this.draft) as T;
    const fields = Object.keys({ ...sent, ...now }) as (keyof T)[];
    const changed = fields.filter((field) => JSON.stringify(now[field]) !== JSON.stringify(sent[field]));
    this.put(stored);
    for (const field of changed) this.draft[field] = now[field];
  }

  async #run(ask: () => Promise<void>): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    this.#fault = undefined;
    try {
      await ask();
      return true;
    } catch (thrown) {
      this.#fault = toApiError(thrown);
      return false;
    } finally {
      this.#isBusy = false;
    }
  }
}
