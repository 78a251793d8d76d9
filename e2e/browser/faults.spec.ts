import { expect, test } from "./parley";
import { signIn } from "./steps";

/** What could not be done is said, and leaves everything where it was. */
test("signing out says when it fails", async ({ page, parley, owner }) => {
  await owner.begin("Pat", "Hello");
  await signIn(page, `${parley.url}/conversations/inbox`, "owner@example.com");
  await page.route("**/api/v1/session", (route) => route.abort());
  await page.getByTestId("account-button").click();
  await page.getByTestId("sign-out").click();
  await expect(page.getByTestId("toast")).toBeVisible();
  await expect(page).toHaveURL(/conversations\/inbox/);
  await page.unroute("**/api/v1/session");
  await page.getByTestId("sign-out").click();
  await expect(page).toHaveURL(/login/);
  await expect(page.getByTestId("toast")).toHaveCount(0);
});

test("a link to a message that can't be had leaves one at the end, and says so", async ({
  page,
  parley,
  owner,
}) => {
  const number = await owner.begin("Pat", "Hello");
  for (let i = 2; i <= 90; i++) await owner.say(number, `reply ${i}`);
  await signIn(page, `${parley.url}/conversations/inbox`, "owner@example.com");
  await page.route("**/messages?*around=*", (route) => route.abort());
  await page.goto(`${parley.url}/conversations/inbox/${number}#m-5`);
  await expect(page.getByTestId("toast")).toBeVisible();
  await expect(page.getByText("reply 90", { exact: true })).toBeInViewport();
});
