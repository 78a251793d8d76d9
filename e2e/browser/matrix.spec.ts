import { expect, test } from "./parley";
import { pages, states, widths, type State } from "./states";
import { inTheme, languages, tooWide, violationsOn } from "./steps";
import { Houses, type Language } from "./walk";

/**
 * Nothing that axe can find, in any state. `make matrix` looks at every state in both
 * themes, both languages and all widths; without it each state is looked at once, in
 * turns another theme, language and width.
 */
const isWhole = process.env.PARLEY_MATRIX === "whole";
const themes = ["light", "dark"] as const;

/** A state with the ways in which it is looked at. */
interface Look {
  state: State;
  width: number;
  themes: readonly (typeof themes)[number][];
}

function looks(language: Language, width: number): Look[] {
  return states.flatMap((state, i): Look[] => {
    const there = state.widths ?? widths;
    if (!there.includes(width)) return [];
    if (isWhole) return [{ state, width, themes }];
    const isIts = languages[i % 2] === language && there[(i >> 1) % there.length] === width;
    return isIts ? [{ state, width, themes: [themes[i % 3 ? 1 : 0]!] }] : [];
  });
}

test.use({ trace: "off" });

let houses: Houses;
test.beforeAll(async ({ browser }) => {
  houses = await Houses.open(browser);
});
test.afterAll(() => houses.close());

for (const language of languages) {
  for (const width of widths) {
    test(`nothing that axe can find (${language}, ${width})`, async () => {
      test.setTimeout(isWhole ? 900_000 : 180_000);
      const found: string[] = [];
      for (const look of looks(language, width)) found.push(...(await lookAt(look, language)));
      expect(found).toEqual([]);
    });
  }
}

/** What is wrong with a state; also that it could not be brought about. */
async function lookAt({ state, width, themes }: Look, language: Language): Promise<string[]> {
  const name = `${state.name}, ${language}, ${width}`;
  const found: string[] = [];
  try {
    const page = await houses.show(state, language, width);
    for (const theme of themes) {
      await inTheme(page, theme);
      const { rules, violations } = await violationsOn(page);
      if (!rules.includes("target-size")) found.push(`${name}: the size of targets was not looked at`);
      found.push(...violations.map((violation) => `${name}, ${theme}: ${violation}`));
    }
    found.push(...(await tooWide(page)).map((what) => `${name}: wider than its place: ${what}`));
  } catch (error) {
    found.push(`${name}: ${(error as Error).message.split("\n").slice(0, 4).join(" ")}`);
  }
  await houses.leave(state, language).catch((error) => found.push(`${name}, leaving: ${error}`));
  return found;
}

test("every page of the settings stands in the matrix", async () => {
  const page = await houses.show(
    states.find((state) => state.name === "settings-about")!,
    "tr",
    1440,
  );
  const there = await page
    .locator("[data-testid^=set-nav-]")
    .evaluateAll((all) => all.map((each) => each.getAttribute("data-testid")!.slice("set-nav-".length)));
  expect(pages).toEqual(expect.arrayContaining(there));
});
