import { toApiError } from "$api/error";
import type { SettingsApi } from "$api/settings";
import type { Tag, TagList as State } from "$api/types";
import { fold } from "$text/fold";

/** How often the server is asked while tags are being moved. */
const lookEvery = 1_000;

/** The tags in use, and what becomes of those that are renamed or deleted. */
export class TagList {
  #state = $state.raw<State | undefined>();
  #fault = $state("");
  #timer: number | undefined;
  #isClosed = false;
  readonly #settings: SettingsApi;

  constructor(settings: SettingsApi) {
    this.#settings = settings;
  }

  /** undefined until they are known. */
  get all(): readonly Tag[] | undefined {
    return this.#state?.tags;
  }

  /** The code of what went wrong while asking; empty when all is well. */
  get fault(): string {
    return this.#fault;
  }

  /** Those that fit what is typed, in the order of a language. */
  fitting(query: string, language: string): readonly Tag[] {
    const wanted = fold(query.trim());
    const { compare } = new Intl.Collator(language);
    return (this.#state?.tags ?? [])
      .filter(({ tag }) => fold(tag).includes(wanted))
      .toSorted((a, b) => compare(a.tag, b.tag));
  }

  has(tag: string): boolean {
    return this.#state?.tags.some((each) => each.tag === tag) ?? false;
  }

  /** What a tag is becoming: another one, nothing (""), or undefined where it stays. */
  becoming(tag: string): string | undefined {
    return this.#state?.moves.find(({ from }) => from === tag)?.to;
  }

  async load(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      this.#state = await this.#settings.tags();
      this.#fault = "";
    } catch (thrown) {
      this.#fault = toApiError(thrown).code;
    }
    if (this.#state && this.#state.moves.length > 0 && !this.#isClosed) {
      this.#timer = window.setTimeout(() => void this.load(), lookEvery);
    }
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#settings.renameTag(from, to);
    await this.load();
  }

  async remove(tag: string): Promise<void> {
    await this.#settings.deleteTag(tag);
    await this.load();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }
}
