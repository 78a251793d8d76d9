import type { Client } from "./client";
import type { FactorOffer, Factors, ID, SecondFactor, SecondFactorWithCodes } from "./types";

/** Two-step verification: one's own, and who of the team has it. Every failure is an ApiError. */
export class FactorsApi {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  own = () => this.#client.call<SecondFactor>("GET", "/me/second-factor");
  /** A secret for one's app; it counts once a code of it was sent back. */
  offer = (password: string) =>
    this.#client.call<FactorOffer>("POST", "/me/second-factor/offer", { body: { password } });
  turnOn = (offer: string, code: string) =>
    this.#client.call<SecondFactorWithCodes>("POST", "/me/second-factor", { body: { offer, code } });
  turnOff = (password: string, code: string) =>
    this.#client.call<SecondFactor>("POST", "/me/second-factor/off", { body: { password, code } });
  renew = (password: string, code: string) =>
    this.#client.call<SecondFactorWithCodes>("POST", "/me/second-factor/recovery", {
      body: { password, code },
    });

  everyones = () => this.#client.call<Factors>("GET", "/second-factors");
  require = (required: boolean) =>
    this.#client.call<Factors>("PUT", "/second-factors", { body: { required } });
  reset = (id: ID) => this.#client.call<undefined>("DELETE", `/agents/${id}/second-factor`);
}
