import type { Environment } from "vitest/runtime";

/**
 * Runs tests on the code that browsers get, where state is reactive, but without a
 * window: what is tested so must not need one.
 */
export default {
  name: "windowless",
  viteEnvironment: "client",
  setup: () => ({ teardown: () => undefined }),
} satisfies Environment;
