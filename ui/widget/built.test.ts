// @vitest-environment node
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { beforeAll, describe, expect, it } from "vitest";
import icons from "./loader/icons.json";

/** What the widget may weigh, in bytes as gzip packs them. */
const most = { loader: 3_000, openChat: 30_000 };

/** What the server writes into the loader weighs about this much. */
const site = JSON.stringify({
  key: "7hWq3kPzR9sX",
  origin: "https://chat.example.com",
  color: "#0b666b",
  position: "right",
  offset_x: 20,
  offset_y: 20,
  launcher_icon: icons.question,
  launcher_text: { tr: "Bize yazın", en: "Write to us" },
  hide_launcher: false,
  scheme: "auto",
  language: "auto",
  texts: {
    tr: { title: "Ayvadan", greeting: "Merhaba! Siparişiniz için buradayız." },
    en: { title: "Ayvadan", greeting: "Hello! We are here for your order." },
  },
});

const files = new Map<string, string>();
const weigh = (...texts: string[]) =>
  texts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);
const named = (pattern: RegExp) => {
  const found = [...files].filter(([name]) => pattern.test(name)).map(([, text]) => text);
  expect(found, String(pattern)).toHaveLength(1);
  return found[0] ?? "";
};

beforeAll(async () => {
  const configFile = fileURLToPath(new URL("vite.config.ts", import.meta.url));
  for (const mode of ["production", "loader"]) {
    const built = await build({ configFile, mode, build: { write: false } });
    for (const { output } of [built].flat() as {
      output: { fileName: string; code?: string; source?: unknown }[];
    }[]) {
      for (const { fileName, code, source } of output) files.set(fileName, code ?? String(source));
    }
  }
}, 60_000);

describe("the loader", () => {
  it("weighs little, with a site's settings in it", () => {
    const weight = weigh(named(/^loader\.js$/).replace("__PARLEY_SITE__", site));
    console.log(`loader: ${weight} bytes`);
    expect(weight).toBeLessThanOrEqual(most.loader);
  });

  it("has one place for the settings, and names the panel that was built", () => {
    const loader = named(/^loader\.js$/);
    expect(loader.split("__PARLEY_SITE__")).toHaveLength(2);
    const panel = /panel-[\w-]+\.js/.exec(loader)?.[0];
    expect(files.has(`assets/${panel}`)).toBe(true);
  });

  it("leaves the icons to the server, each a shape that no text can end", () => {
    const left = JSON.parse(named(/^icons\.json$/)) as Record<string, string>;
    expect(Object.keys(left).sort()).toEqual(["chat", "hand", "headset", "question"]);
    for (const shape of Object.values(left)) expect(shape).toMatch(/^[MmHhVvLlQqAaZz\d .-]+$/);
  });

  it("is one script that leaves no global, and the panel stands by itself", () => {
    expect(named(/^loader\.js$/)).toMatch(/^\(\(\)=>\{[^]*\}\)\(\);?\s*$/);
    expect(named(/^loader\.js$/)).not.toMatch(/^(import|export)\b/m);
    expect(named(/panel-/)).not.toMatch(/\bimport\b/);
  });

  it("sets no style attribute, parses no markup and runs no text", () => {
    for (const text of [named(/^loader\.js$/), named(/panel-/)]) {
      expect(text).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
      );
      expect(text).not.toMatch(/createElement\([`"']style|setAttribute\([`"']style/);
    }
  });
});

describe("the open chat", () => {
  it("weighs little: the panel, its page, its styles and one language", () => {
    const parts = [
      /panel-/,
      /^index\.html$/,
      /main-.*\.js$/,
      /frame-.*\.js$/,
      /frame-.*\.css$/,
      /assets\/tr-/,
    ];
    const weight = weigh(...parts.map(named));
    console.log(`open chat: ${weight} bytes`);
    expect(weight).toBeLessThanOrEqual(most.openChat);
  });

  it("asks nobody but its own origin for anything", () => {
    for (const [name, text] of files) {
      const others = [...text.matchAll(/https?:\/\/[\w.-]+/g)].map(([address]) => address);
      expect(
        others.filter((address) => address !== "http://www.w3.org"),
        name,
      ).toEqual([]);
    }
  });

  it("knows no markup in strings", () => {
    expect(named(/frame-.*\.js$/)).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/,
    );
  });
});
