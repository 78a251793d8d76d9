import { createContext } from "svelte";
import type { Desk } from "$desk/desk.svelte";
import { endSetup, keepProgress, readProgress } from "$desk/setup";
import { toApiError } from "$api/error";
import { ownZone } from "$text/zones";

/** One first run: what was typed so far, and the steps that are open. */
export class SetupRun {
  zone = $state(ownZone());
  name = $state("");
  email = $state("");
  team = $state("");
  bot = $state("");
  /** Why the owner could not be made, for the step that can do something about it. */
  isZoneUnknown = $state(false);
  #reached = $state(1);
  #isAsked = false;
  readonly #desk: Desk;
  readonly #code: string;

  constructor(desk: Desk, code: string) {
    this.#desk = desk;
    this.#code = code;
    const kept = readProgress(desk.shelf);
    if (!kept) return;
    this.#reached = kept.reached;
    this.#isAsked = kept.isAsked;
    this.zone = kept.zone || this.zone;
    this.name = kept.name;
    this.email = kept.email;
    this.team = kept.team;
    this.bot = kept.bot;
  }

  /** The step to show, of the one that the address asks for and those that are open. */
  stepFor(wanted: number | undefined, hasOwner: boolean): number {
    const [first, last] = hasOwner ? [3, Math.max(3, this.#reached)] : [1, Math.min(2, this.#reached)];
    return Math.min(Math.max(wanted ?? this.#reached, first), last);
  }

  /** Opens a step. */
  reach(step: number): void {
    this.#reached = Math.max(this.#reached, step);
    this.keep();
  }

  /** Keeps in this browser what was typed. */
  keep(): void {
    const { zone, name, email, team, bot } = this;
    keepProgress(this.#desk.shelf, {
      reached: this.#reached,
      isAsked: this.#isAsked,
      zone,
      name,
      email,
      team,
      bot,
    });
  }

  /** Makes the owner, who is signed in then. Throws an ApiError. */
  async makeOwner(password: string, language: string): Promise<void> {
    const wasAsked = this.#isAsked;
    this.#isAsked = true;
    this.keep();
    try {
      const { zone, name, email } = this;
      await this.#desk.session.setUp({ code: this.#code, name, email, password, language, zone });
      this.reach(3);
    } catch (thrown) {
      // Without an answer nobody knows: it may have been made, and then set-up is closed.
      const { status, code, field } = toApiError(thrown);
      this.#isAsked = status === 0 || (wasAsked && code === "closed");
      this.isZoneUnknown = field === "zone";
      this.keep();
      throw thrown;
    }
  }

  /** Names the team and the bot. Throws an ApiError. */
  async nameTeam(): Promise<void> {
    await this.#desk.session.changeTeam({ name: this.team.trim(), bot_name: this.bot.trim() });
    this.reach(4);
  }

  /** Set-up is over. */
  end(): void {
    endSetup(this.#desk.shelf);
  }
}

export const [useRun, provideRun] = createContext<SetupRun>();
