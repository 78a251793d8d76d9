/*
 * Says what the first look at the inbox costs, compressed: the page's own files and what
 * the screen and one language load after it. Fails over the budget.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const budget = { js: 120_000, css: 25_000, woff2: 60_000 };
const assets = new URL("../dist/assets", import.meta.url).pathname;

// Everything but what only the doors, the settings and the emoji panel need, and the language that is not spoken.
const later =
  /^(EmojiPanel|Settings|turkish|english|Login|SignIn|SignInAgain|SignInForm|Setup|Doorway|PasswordField|en)-/;

const sums = {};
for (const name of readdirSync(assets)) {
  const kind = name.split(".").at(-1);
  if (!(kind in budget) || later.test(name)) continue;
  const bytes = readFileSync(join(assets, name));
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
