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

/** What of a page depends on the theme. */
const colors = ["color-contrast", "link-in-text-block"];

/** Nothing that axe can find; `what` names the state in the report. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  const { rules, violations } = await violationsOn(page);
  expect(rules).toContain("target-size");
  expect(violations, what).toEqual([]);
}

/** The same in both themes: in the second one, what a theme can change. */
export async function expectAccessibleInBothThemes(page: Page, what: string): Promise<void> {
  await inTheme(page, "light");
  await expectAccessible(page, `${what}, light`);
  await inTheme(page, "dark");
  expect((await violationsOn(page, (axe) => axe.withRules(colors))).violations, `${what}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** Without movement a change is there at once: nothing is measured half way. */
export async function inTheme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
}

/** What axe finds, and the names of the rules that it went by. */
export async function violationsOn(
  page: Page,
  by = (axe: AxeBuilder) => axe.withTags(tags),
): Promise<{ rules: string[]; violations: string[] }> {
  const axe = new AxeBuilder({ page })
    // Of what is as it should be, the names are enough. The size of targets is not looked
    // at unless asked for; set before the tags, which else take it out again.
    .options({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })
    // Frames of other origins need a page of their own for the report, which costs as much
    // as the looking.
    .setLegacyMode(page.frames().length === 1);
  const { passes, violations, incomplete, inapplicable } = await by(axe).analyze();
  return {
    rules: [passes, violations, incomplete, inapplicable].flat().map((rule) => rule.id),
    violations: violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).join(" ")}`),
  };
}

/** What must never scroll sideways and does, or is cut off where it would. */
export async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("html, main, aside, section, dialog, [popover], [data-testid=thread]")]
      .filter((each) => each === document.documentElement || getComputedStyle(each).overflowX !== "visible")
      .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1)
      .map((each) => `${each.tagName} ${each.getAttribute("data-testid") ?? each.className}`),
  );
}

/** Controls and lines whose words do not fit; what ends in an ellipsis on purpose is none of them. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const name = (each: Element) => {
      const closest = each.closest("[data-testid]")?.getAttribute("data-testid") ?? each.className;
      return `${each.tagName} in ${closest}: ${each.textContent.trim().slice(0, 60)}`;
    };
    const hasWords = (each: Element) =>
      [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    /** Beside an icon that says the same, words may be out of sight; an emoji is as wide as its font has it. */
    const isLeftOut = (each: Element) =>
      parseFloat(getComputedStyle(each).textIndent) > 16 || each.closest("[role=gridcell]") !== null;
    return [...document.body.querySelectorAll<HTMLElement>("*")]
      .filter((each) => hasWords(each) && each.checkVisibility() && each.clientWidth > 1 && !isLeftOut(each))
      .filter((each) => {
        const { textOverflow, overflowX, overflowY, webkitLineClamp } = getComputedStyle(each);
        const isControl = each.closest("button, [role=tab], [role=menuitem], label, legend, th") !== null;
        const isWider = each.scrollWidth > each.clientWidth + 1;
        const isHigher = each.scrollHeight > each.clientHeight + 2;
        if (isWider && overflowX !== "visible" && overflowX !== "auto" && textOverflow !== "ellipsis")
          return true;
        if (isHigher && (overflowY === "hidden" || overflowY === "clip") && webkitLineClamp === "none")
          return textOverflow !== "ellipsis";
        return isControl && isWider && textOverflow !== "ellipsis" && overflowX === "visible";
      })
      .map(name);
  });
}
