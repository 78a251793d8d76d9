import { AxeBuilder } from "@axe-core/playwright";
import { expect, password, type Page } from "./parley";

/** Both languages. */
export const languages = ["tr", "en"] as const;

/** Signs in at an address, as one of the team, and waits until the page is there. */
export async function signIn(page: Page, address: string, email = "isil@example.com"): Promise<void> {
  await page.goto(address);
  await page.getByTestId("login-email").fill(email);
  await page.getByTestId("login-password").fill(password);
  await page.getByTestId("login-submit").click();
  await expect(page.getByTestId("login-submit")).toHaveCount(0);
}

/** Chooses one of several by its label: its input is not seen. */
export async function choose(page: Page, testid: string): Promise<void> {
  await page.locator(`label:has([data-testid="${testid}"])`).click();
}

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Nothing that axe can find; `what` names the state in the report. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  const report = await new AxeBuilder({ page })
    // Off by default; set before the tags, which else take it out again.
    .options({ rules: { "target-size": { enabled: true } } })
    .withTags(tags)
    .analyze();
  const looked = [...report.passes, ...report.violations, ...report.incomplete, ...report.inapplicable];
  expect(looked.map((rule) => rule.id)).toContain("target-size");
  expect(
    report.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).join(" ")}`),
    what,
  ).toEqual([]);
}

/** The same in both themes. */
export async function expectAccessibleInBothThemes(page: Page, what: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    // Without movement a change is there at once: nothing is measured half way.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expectAccessible(page, `${what}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}
