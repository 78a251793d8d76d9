import { expect, test } from "./parley";
import { expectAccessible, signIn } from "./steps";

/** The editors that lie over a page of the settings keep what was typed until somebody lets it go. */
test("an editor asks before it loses something, and Esc is no", async ({ page, parley, owner }) => {
  await owner.call("POST", "/knowledge", {
    language: "en",
    questions: ["Where is my parcel?"],
    answer: "On its way.",
    choices: [],
    enabled: true,
  });
  await signIn(page, `${parley.url}/settings/knowledge`, "owner@example.com");
  const edit = page.getByRole("button", { name: "Where is my parcel?" });
  const answer = page.getByTestId("knowledge-answer");
  const leave = page.getByTestId("leave-ask");
  await edit.click();
  await answer.fill("It left the depot.");

  await test.step("Esc on the question stays, as often as it is asked", async () => {
    for (let i = 0; i < 3; i++) {
      await page.keyboard.press("Escape");
      await expect(leave).toBeVisible();
      await expect(leave.getByRole("button").first()).toBeFocused();
      if (i === 0) await expectAccessible(page, "asking to leave an editor");
      await page.keyboard.press("Escape");
      await expect(leave).toBeHidden();
      await expect(answer).toHaveValue("It left the depot.");
      await expect(answer).toBeFocused();
    }
  });

  await test.step("so does the way back of the browser", async () => {
    await page.goBack();
    await expect(leave).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(answer).toHaveValue("It left the depot.");
  });

  await test.step("Esc on the question whether to delete is no, and the focus is where it was", async () => {
    await page.getByTestId("knowledge-delete").click();
    await expect(page.getByTestId("knowledge-delete-ask").getByRole("button").first()).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("knowledge-delete-ask")).toBeHidden();
    await expect(page.getByTestId("knowledge-delete")).toBeFocused();
    await expect(answer).toHaveValue("It left the depot.");
  });

  await test.step("yes lets it go, the focus is back at what opened it, and what is saved is not asked about", async () => {
    await page.getByTestId("knowledge-cancel").click();
    await page.getByTestId("leave-yes").click();
    await expect(answer).toBeHidden();
    await expect(edit).toBeFocused();
    await edit.click();
    await answer.fill("It left the depot.");
    await page.getByTestId("knowledge-save").click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.getByTestId("set-nav-rules").click();
    await expect(page).toHaveURL(/settings\/rules/);
  });
});
