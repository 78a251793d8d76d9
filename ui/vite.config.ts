import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import type { Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Puts theme/first-paint.js into the page's head as a blocking script of its own
 * file: it must run before the first paint, and the page's policy takes no inline
 * script. The name carries a hash, so browsers keep it like every other asset.
 */
function firstPaint(): Plugin {
  const source = here("src/theme/first-paint.js");
  const name = "first-paint.js";
  return {
    name: "parley:first-paint",
    buildStart() {
      if (this.environment.mode !== "build") return;
      this.emitFile({ type: "asset", name, source: readFileSync(source) });
    },
    transformIndexHtml(_, { bundle }) {
      const asset = Object.values(bundle ?? {}).find(
        (file) => file.type === "asset" && file.names.includes(name),
      );
      const src = asset ? `/${asset.fileName}` : "/src/theme/first-paint.js";
      return [{ tag: "script", attrs: { src }, injectTo: "head-prepend" }];
    },
  };
}

export default defineConfig({
  plugins: [firstPaint(), svelte()],
  resolve: {
    alias: Object.fromEntries(
      ["api", "desk", "kit", "live", "text", "words"].map((room) => [`$${room}`, here(`src/${room}`)]),
    ),
  },
  build: {
    target: ["chrome123", "firefox128", "safari17.5"],
    // The page's policy allows no data: fonts or scripts, and files are cached for good.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // A file that is not there would only be missed in the browser.
      onLog(level, log, tell) {
        if (log.code === "UNRESOLVED_IMPORT") throw new Error(log.message);
        tell(level, log);
      },
    },
  },
  server: { proxy: { "/api": { target: "http://127.0.0.1:8080", ws: true } } },
  test: { include: ["src/**/*.test.ts", "widget/**/*.test.ts"], environment: "./test/windowless.ts" },
});
