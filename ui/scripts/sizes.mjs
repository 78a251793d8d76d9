/*
 * Says what the first look at the inbox costs, compressed: the page, the screen and one
 * language, with everything that they import. What is imported while one works is not
 * counted: it comes when it is asked for. Fails over the budget.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const budget = { js: 120_000, css: 25_000, woff2: 60_000 };
const dist = new URL("../dist", import.meta.url).pathname;
const names = readdirSync(join(dist, "assets"));
const read = (name) => readFileSync(join(dist, "assets", name));

/** A script and what it imports outright. */
function follow(name, seen) {
  if (seen.has(name)) return;
  seen.add(name);
  for (const [, other] of read(name)
    .toString()
    .matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) {
    follow(other, seen);
  }
}

const page = readFileSync(join(dist, "index.html"), "utf8");
const first = [...page.matchAll(/assets\/([^"]+\.js)/g)].map(([, name]) => name);
const screen = names.find((name) => /^Conversations-.*\.js$/.test(name));
// The words and the emoji's words of a language have the same name; only one greets.
const words = names.find((name) => /^tr-.*\.js$/.test(name) && read(name).includes("Gelen Kutusu"));

const scripts = new Set();
for (const name of [...first, screen, words]) follow(name, scripts);
const stems = new Set([...scripts].map((name) => name.replace(/-.{8}\.js$/, "")));
const isFirst = (name) =>
  name.endsWith(".woff2") ||
  scripts.has(name) ||
  (name.endsWith(".css") && stems.has(name.replace(/-.{8}\.css$/, "")));

const sums = {};
for (const name of names.filter(isFirst)) {
  const kind = name.split(".").at(-1);
  const bytes = read(name);
  const isFont = kind === "woff2";
  const sum = (sums[kind] ??= { raw: 0, gzip: 0, brotli: 0 });
  sum.raw += bytes.length;
  sum.gzip += isFont ? bytes.length : gzipSync(bytes, { level: 9 }).length;
  sum.brotli += isFont ? bytes.length : brotliCompressSync(bytes).length;
}

console.table(sums);
const over = Object.keys(budget).filter((kind) => (sums[kind]?.gzip ?? 0) > budget[kind]);
if (over.length > 0) {
  console.error(`over the budget of the first load: ${over.join(", ")}`);
  process.exit(1);
}
