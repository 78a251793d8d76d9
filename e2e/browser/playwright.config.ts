import { defineConfig } from "@playwright/test";

// The browser is the machine's own (scripts/browser finds it): nothing is downloaded
// here. The switches keep it from talking to anything but Parley.
export default defineConfig({
  testDir: ".",
  // What measures wants the machine to itself: make measure-browser. What makes images
  // is for make review.
  testIgnore: [
    ...(process.env.PARLEY_MEASURE ? [] : ["measure*.spec.ts"]),
    ...(process.env.PARLEY_REVIEW ? [] : ["review.spec.ts"]),
  ],
  outputDir: "results",
  timeout: 180_000,
  // A machine that does other things too may be slow, and is not wrong for it.
  expect: { timeout: 20_000 },
  // Said as "flaky" in the list when only the second try is good.
  retries: 1,
  fullyParallel: false,
  // A server and a browser for each. They wait more than they compute: three fill two cores.
  workers: 3,
  forbidOnly: !!process.env.CI,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    headless: true,
    viewport: { width: 1440, height: 900 },
    actionTimeout: 30_000,
    // A trace of every test costs too much time; what fails is tried again, and traced then.
    trace: "on-first-retry",
    launchOptions: {
      executablePath: process.env.PARLEY_BROWSER,
      args: [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
        "--disable-gpu",
        "--disable-dev-shm-usage",
      ],
    },
  },
});
