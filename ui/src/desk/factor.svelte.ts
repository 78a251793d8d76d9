import { toApiError } from "$api/error";
import type { FactorsApi } from "$api/factors";
import type { FactorOffer, Factors, ID, SecondFactor } from "$api/types";

/** One's own two-step verification. What fails throws an ApiError, but for load. */
export class OwnFactor {
  #state = $state.raw<SecondFactor | undefined>();
  #fault = $state("");
  readonly #api: FactorsApi;

  constructor(api: FactorsApi) {
    this.#api = api;
  }

  /** undefined until it is known. */
  get state(): SecondFactor | undefined {
    return this.#state;
  }

  /** The code of what went wrong while asking; empty when all is well. */
  get fault(): string {
    return this.#fault;
  }

  async load(): Promise<void> {
    try {
      this.#state = await this.#api.own();
      this.#fault = "";
    } catch (thrown) {
      this.#fault = toApiError(thrown).code;
    }
  }

  offer(password: string): Promise<FactorOffer> {
    return this.#api.offer(password);
  }

  /** Turns it on, and gives the recovery codes. */
  async turnOn(offer: FactorOffer, code: string): Promise<string[]> {
    const { recovery_codes: codes, ...state } = await this.#api.turnOn(offer.offer, code);
    this.#state = state;
    return codes;
  }

  /** Replaces the recovery codes, and gives the new ones. */
  async renew(password: string, code: string): Promise<string[]> {
    const { recovery_codes: codes, ...state } = await this.#api.renew(password, code);
    this.#state = state;
    return codes;
  }

  async turnOff(password: string, code: string): Promise<void> {
    this.#state = await this.#api.turnOff(password, code);
  }
}

/** Who of the team has two-step verification, for who manages agents. */
export class TeamFactors {
  #all = $state.raw<Factors | undefined>();
  readonly #api: FactorsApi;

  constructor(api: FactorsApi) {
    this.#api = api;
  }

  /** Whether everyone must have it; undefined until that is known. */
  get required(): boolean | undefined {
    return this.#all?.required;
  }

  /** Whether an agent has it; undefined until that is known. */
  has(id: ID): boolean | undefined {
    return this.#all?.holders.some((holder) => holder.agent_id === id);
  }

  /** Without an answer nothing is known, and nothing is shown. */
  async load(): Promise<void> {
    this.#all = await this.#api.everyones().catch(() => this.#all);
  }

  async require(required: boolean): Promise<void> {
    this.#all = await this.#api.require(required);
  }

  async reset(id: ID): Promise<void> {
    await this.#api.reset(id);
    await this.load();
  }
}
