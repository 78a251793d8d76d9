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
    await this.#run(this.#read);
  }

  /** Reports whether it was saved; the fault says why not. */
  async save(): Promise<boolean> {
    return this.#run(() => this.#write($state.snapshot(this.draft) as T));
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

  async #run(ask: () => Promise<T>): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    this.#fault = undefined;
    try {
      this.put(await ask());
      return true;
    } catch (thrown) {
      this.#fault = toApiError(thrown);
      return false;
    } finally {
      this.#isBusy = false;
    }
  }
}
