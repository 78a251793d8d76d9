import { expect, password, test } from "./parley";
import { signIn } from "./steps";

test("a wrong password on signing in again loses nothing", async ({ page, parley, owner }) => {
  const number = await owner.begin("İrem Çınar", "Merhaba");
  const other = await owner.begin("Mehmet Işık", "Günaydın");
  await owner.hire("Işıl Çağlar", "isil@example.com", "en");
  await signIn(page, `${parley.url}/conversations/inbox/${number}`);
  const field = page.getByTestId("composer-input");
  const relogin = page.getByTestId("relogin");
  await field.fill("Yarım kalan");
  await page.context().clearCookies();
  // Several calls are refused at once, and each says so.
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.getByTestId(`conv-row-${other}`).click();
  await expect(relogin).toBeVisible();

  const drafts: string[] = [];
  page.on("request", (request) => void (request.url().endsWith("/draft") && drafts.push(request.url())));
  for (const wrong of ["not-the-password", "nor-this-one-either"]) {
    await page.getByTestId("login-password").fill(wrong);
    await page.getByTestId("login-submit").click();
    await expect(page.getByTestId("login-error")).toBeFocused();
    await expect(relogin).toBeVisible();
  }
  expect(drafts, "nothing is saved while nobody is signed in").toEqual([]);

  await page.getByTestId("login-password").fill(password);
  await page.getByTestId("login-submit").click();
  await expect(relogin).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/inbox/${other}`));
  await page.getByTestId(`conv-row-${number}`).click();
  await expect(field).toHaveValue("Yarım kalan");
});

test("a form of the settings begins with what is set, however long that takes", async ({
  page,
  parley,
  owner,
}) => {
  void owner;
  await signIn(page, `${parley.url}/settings/team`, "owner@example.com");
  await expect(page.getByTestId("team-name")).toHaveValue("Ayvadan");
  let answer = () => {};
  const due = new Promise<void>((done) => (answer = done));
  await page.route("**/api/v1/me", async (route) => {
    await due;
    await route.continue();
  });
  await page.reload();
  // The forms are fetched long before.
  await page.waitForTimeout(1_000);
  await expect(page.getByTestId("team-name")).toHaveCount(0);
  answer();
  await expect(page.getByTestId("team-name")).toHaveValue("Ayvadan");
  await expect(page.getByTestId("set-save")).toBeDisabled();
});
