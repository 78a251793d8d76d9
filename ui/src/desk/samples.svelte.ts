import type { Role } from "$api/types";
import type { Desk } from "./desk.svelte";

const hiddenName = "samples.hidden";

type Links = Pick<Desk, "session" | "counts" | "notices" | "shelf">;

/** The sample data, and what may be done with them by the one who is signed in. */
export class Samples {
  #isBusy = $state(false);
  #isHidden = $state(false);
  readonly #desk: Links;

  constructor(desk: Links) {
    this.#desk = desk;
    this.#isHidden = desk.shelf.get(hiddenName) !== null;
  }

  get state(): "none" | "there" | "going" {
    return this.#desk.session.team?.samples ?? "none";
  }

  get isBusy(): boolean {
    return this.#isBusy || this.state === "going";
  }

  /** Whether the inbox is empty, so that there may be samples. */
  get isRoom(): boolean {
    return this.#desk.counts.of("inbox") === 0 && this.#desk.counts.of("archive") === 0;
  }

  /** Whether the one who is signed in is told of them beside the list. */
  get isTold(): boolean {
    const role: Role | undefined = this.#desk.session.agent?.role;
    return this.state === "there" && !this.#isHidden && (role === "owner" || role === "admin");
  }

  /** Tells of them no more in this browser; the settings still do. */
  hide(): void {
    this.#isHidden = true;
    this.#desk.shelf.set(hiddenName, "1");
  }

  async add(): Promise<void> {
    this.#desk.shelf.remove(hiddenName);
    this.#isHidden = false;
    const { session, notices } = this.#desk;
    if (await this.#try(() => session.addSamples())) notices.tell((t) => t("samples.added"));
  }

  async remove(): Promise<void> {
    const { session, notices } = this.#desk;
    if (await this.#try(() => session.removeSamples())) notices.tell((t) => t("samples.removed"));
  }

  /** Does one thing at a time; what goes wrong is told. */
  async #try(act: () => Promise<void>): Promise<boolean> {
    if (this.isBusy) return false;
    this.#isBusy = true;
    try {
      await act();
      return true;
    } catch (thrown) {
      this.#desk.notices.failed(thrown);
      return false;
    } finally {
      this.#isBusy = false;
    }
  }
}
