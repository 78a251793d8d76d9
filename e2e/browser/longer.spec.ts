import type { BrowserContext, Route } from "@playwright/test";
import { expect, test } from "./parley";
import { states, widths } from "./states";
import { cutOff, inTheme, tooWide } from "./steps";
import { Houses } from "./walk";

/**
 * A language whose words are longer than ours by four tenths: nothing is cut off, and nothing
 * is wider than its place. It is Turkish with every vowel twice. `make matrix` looks at every
 * state at all widths; without it at one, in turns.
 */
async function lengthen(context: BrowserContext): Promise<void> {
  await context.route(/\/assets\/tr-[^/?]*\.js$/, async (route: Route) => {
    const answer = await route.fetch();
    const names = /export\s*\{([^}]*)\}/.exec(await answer.text())![1]!.split(",");
    const exported = names.map((name) =>
      name
        .trim()
        .split(/\s+as\s+/)
        .at(-1)!,
    );
    const body = `
      import * as plain from ${JSON.stringify(`${new URL(route.request().url()).pathname}?plain`)};
      const longer = (message) =>
        typeof message === "string"
          ? message.replace(/\\{[^}]*\\}|[aeıioöuü]/gi, (part) => part[0] === "{" ? part : part + part.toLowerCase())
          : Object.fromEntries(Object.entries(message).map(([key, value]) => [key, longer(value)]));
      ${exported.map((name) => `export const ${name} = longer(plain.${name});`).join("\n")}`;
    await route.fulfill({ contentType: "text/javascript", body });
  });
}

const isWhole = process.env.PARLEY_MATRIX === "whole";

/** The states that are looked at in a width. */
const statesAt = (width: number) =>
  states.filter(({ widths: there = widths }, i) =>
    isWhole ? there.includes(width) : there[i % there.length] === width,
  );

test.use({ trace: "off" });

for (const width of widths) {
  test(`longer words (${width})`, async ({ browser }) => {
    test.setTimeout(300_000);
    const houses = await Houses.open(browser, lengthen);
    const found: string[] = [];
    try {
      for (const state of statesAt(width)) {
        try {
          const page = await houses.show(state, "tr", width);
          await inTheme(page, "light");
          expect(await page.locator("body").innerText()).toMatch(/aa|ee|ıı|ii|oo|öö|uu|üü/);
          const faults = [...(await tooWide(page)), ...(await cutOff(page))];
          found.push(...faults.map((fault) => `${state.name}: ${fault}`));
        } catch (error) {
          found.push(`${state.name}: ${(error as Error).message.split("\n").slice(0, 3).join(" ")}`);
        }
        await houses.leave(state, "tr");
      }
    } finally {
      await houses.close();
    }
    expect(found).toEqual([]);
  });
}
