import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type BuildEnvironmentOptions, type Plugin, type UserConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Both builds are made as libraries, because those import() without the bundler's help:
 * it would be a tenth of what the panel weighs. So the page is written here.
 */
const build: BuildEnvironmentOptions = {
  target: ["chrome123", "firefox128", "safari17.5"],
  outDir: here("../dist/widget"),
  assetsInlineLimit: 0,
  reportCompressedSize: false,
};

const common: UserConfig = {
  root: here("."),
  logLevel: "warn",
  publicDir: false,
  resolve: {
    alias: Object.fromEntries(
      ["api", "desk", "kit", "live", "text", "words"].map((room) => [`$${room}`, here(`../src/${room}`)]),
    ),
  },
};

/** Writes index.html, with the names that the script and the styles have got. */
function page(): Plugin {
  return {
    name: "parley:page",
    enforce: "post", // after the styles have become a file
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const script = files.find((file) => file.type === "chunk" && file.isEntry);
      const styles = files.find((file) => file.fileName.endsWith(".css"));
      if (script?.type !== "chunk" || !styles) throw new Error("the panel has no script or no styles");
      const source = readFileSync(here("index.html"), "utf8")
        .replace("%SCRIPT%", `/widget/${script.fileName}`)
        .replace("%REST%", `/widget/${script.imports[0] ?? script.fileName}`)
        .replace("%STYLES%", `/widget/${styles.fileName}`);
      this.emitFile({ type: "asset", fileName: "index.html", source });
    },
  };
}

/**
 * Builds the panel beside the loader and writes its name into it. The loader asks for it
 * by a full address of its own making: in a script from another origin a relative
 * import() leads nowhere.
 */
function panelByName(): Plugin {
  let panel = "";
  return {
    name: "parley:panel-by-name",
    buildStart() {
      panel = this.emitFile({ type: "chunk", id: here("loader/panel.ts"), name: "panel" });
    },
    generateBundle(_, bundle) {
      const loader = bundle["loader.js"];
      if (loader?.type !== "chunk") throw new Error("the build has no loader");
      loader.code = loader.code.replace("__PANEL__", this.getFileName(panel).replace(/^assets\//, ""));
    },
  };
}

/**
 * Leaves the launcher's icons to the server, by its own names for them (desk/site.go), which
 * puts the one that a site has into its loader. They are shapes in a square of 24 that are
 * cut out of the launcher's ink; what is inside of one is outside again. So no markup and no
 * picture has to be allowed for them.
 */
function launcherIcons(): Plugin {
  return {
    name: "parley:launcher-icons",
    generateBundle() {
      this.emitFile({
        type: "asset",
        fileName: "icons.json",
        source: readFileSync(here("loader/icons.json")),
      });
    },
  };
}

/** What is loaded only when it is asked for; everything else is one file. */
const lazy =
  /kit\/chimes|words\/(en|tr)\.ts|screens\/(form|fields|thread\/(contact|emoji|lightbox|rating))\.ts|emoji\//;

const frame: UserConfig = {
  ...common,
  plugins: [page()],
  build: {
    ...build,
    emptyOutDir: true,
    lib: { entry: here("main.ts"), formats: ["es"], cssFileName: "frame" },
    rolldownOptions: {
      output: {
        minify: true,
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
        codeSplitting: { groups: [{ name: "frame", test: (id) => !lazy.test(id) }] },
      },
    },
  },
};

/** The script that websites carry, and the panel that it brings on first intent. */
const loader: UserConfig = {
  ...common,
  plugins: [panelByName(), launcherIcons()],
  build: {
    ...build,
    emptyOutDir: false,
    lib: { entry: here("loader/loader.ts"), formats: ["es"] },
    rolldownOptions: {
      output: {
        minify: true,
        entryFileNames: "loader.js",
        chunkFileNames: "assets/[name]-[hash].js",
        // Websites carry it as an ordinary script: nothing of it may become a global.
        banner: (chunk) => (chunk.name === "loader" ? "(()=>{" : ""),
        footer: (chunk) => (chunk.name === "loader" ? "})()" : ""),
      },
    },
  },
};

/**
 * The widget, beside the agents' app in ui/dist: the frame by default, and with
 * `--mode loader` the loader, which comes second because the frame empties the folder.
 */
export default defineConfig(({ mode }) => (mode === "loader" ? loader : frame));
