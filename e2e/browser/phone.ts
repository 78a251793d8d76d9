import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { password, type Colleague, type Page } from "./parley";

/** An authenticator app: makes the codes of a secret, as RFC 6238 has it. */
export class Phone {
  readonly #key: Buffer;

  /** `secret` as it is shown: base32, with or without spaces. */
  constructor(secret: string) {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const bits = [...secret.replaceAll(" ", "")]
      .map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0"))
      .join("");
    this.#key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  }

  /** The code that it shows, a number of steps from now. */
  code(off = 0): string {
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + off));
    const sum = createHmac("sha1", this.#key).update(step).digest();
    const number = sum.readUInt32BE(sum.at(-1)! & 15) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, "0");
  }
}

/** Somebody who can speak to the interface. */
type Caller = Pick<Colleague, "call">;

/** Who is signed in on a page. */
export function onPage(page: Page): Caller {
  return {
    async call<T>(method: string, path: string, data?: unknown): Promise<T> {
      const { origin } = new URL(page.url());
      const headers = { "X-Parley": "1", Origin: origin };
      const answer = await page.request.fetch(`${origin}/api/v1${path}`, { method, headers, data });
      if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
  };
}

/** Turns somebody's two-step verification on without the screens. */
export async function secure(who: Caller): Promise<{ phone: Phone; codes: string[] }> {
  const offer = await who.call<{ secret: string; offer: string }>("POST", "/me/second-factor/offer", {
    password,
  });
  const phone = new Phone(offer.secret);
  const on = await who.call<{ recovery_codes: string[] }>("POST", "/me/second-factor", {
    offer: offer.offer,
    code: phone.code(),
  });
  return { phone, codes: on.recovery_codes };
}
