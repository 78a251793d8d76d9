import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "./parley";
import { states } from "./states";
import { inTheme } from "./steps";
import { Houses, type Language } from "./walk";

/** The images that a person looks through before a change of the look goes in: `make review`. */
const folder = join(__dirname, "../../docs/review");

/** A state, and the ways in which it is shown: width, theme, language. */
const shots: Record<string, string> = {
  login: "1440 light tr, 390 dark en",
  setup: "1024 light en",
  "list-inbox": "1440 light tr, 1024 dark en, 390 light tr, 390 dark en",
  "list-empty": "1440 dark tr, 390 light en",
  "list-filtered-empty": "1440 light en",
  "list-picked": "1440 dark tr, 390 light tr",
  "search-results": "1440 light en, 390 dark tr",
  thread: "1440 light tr, 1440 dark en, 1024 light tr, 1024 dark tr, 390 light tr, 390 dark en",
  "thread-top": "1440 light en, 390 dark tr",
  "thread-hard": "1440 light tr, 390 light tr",
  "thread-bot": "1440 dark tr",
  "thread-resolved": "1440 light en",
  "thread-blocked": "390 light tr",
  "thread-unread": "1024 light tr",
  "thread-missing": "1440 light tr",
  "find-in-thread": "1440 dark en",
  lightbox: "1440 light tr",
  assign: "1440 light tr, 390 dark tr",
  "message-failed": "1440 light tr",
  "toast-undo": "1440 light tr, 390 light tr",
  "saved-replies-menu": "1440 light tr",
  emoji: "1440 dark tr, 390 light en",
  files: "1024 light tr",
  customer: "1024 dark tr, 390 light tr",
  "customer-long": "1440 light tr",
  palette: "1440 light tr",
  help: "1440 dark tr",
  account: "1440 light tr",
  offline: "1440 light tr, 390 dark tr",
  "settings-appearance": "1440 light tr",
  "settings-saved-replies": "1440 light tr, 390 light tr",
  "reply-edit": "1440 dark tr",
  "settings-agents": "1024 light tr",
  "settings-widget": "1440 light en",
};

const all = Object.entries(shots).flatMap(([name, ways]) =>
  ways.split(", ").map((way) => {
    const [width, theme, language] = way.split(" ") as [string, "light" | "dark", Language];
    return { name, width: Number(width), theme, language };
  }),
);

test("the review images", async ({ browser }) => {
  test.setTimeout(600_000);
  await mkdir(folder, { recursive: true });
  for (const old of await readdir(folder)) if (old.endsWith(".jpg")) await rm(join(folder, old));
  const houses = await Houses.open(browser);
  try {
    for (const { name, width, theme, language } of all) {
      const state = states.find((each) => each.name === name);
      if (!state) throw new Error(`no state ${name}`);
      const page = await houses.show(state, language, width);
      await inTheme(page, theme);
      const path = join(folder, `${name}-${width}-${theme}-${language}.jpg`);
      await page.screenshot({ path, type: "jpeg", quality: 70, caret: "hide" });
      await houses.leave(state, language);
    }
  } finally {
    await houses.close();
  }
});
