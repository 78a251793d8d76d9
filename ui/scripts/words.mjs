/*
 * Holds the catalogues to the screens: every key is used, every key that a screen asks
 * for is there, both languages fill the same places, and no Turkish sentence glues a
 * suffix to a place. Prints what is wrong and fails.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runnerImport } from "vite";

const root = new URL("..", import.meta.url).pathname;
const load = async (name) =>
  (await runnerImport(join(root, `src/words/${name}.ts`), { configFile: false, logLevel: "error" })).module[
    name
  ];

const [en, tr] = await Promise.all([load("en"), load("tr")]);
const faults = [];

const forms = (message) => (typeof message === "string" ? [message] : Object.values(message));
const places = (message) =>
  [...new Set(forms(message).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort().join(" ");

for (const key of Object.keys(en)) if (!(key in tr)) faults.push(`${key}: missing in Turkish`);
for (const key of Object.keys(tr)) if (!(key in en)) faults.push(`${key}: not in English`);
for (const key of Object.keys(en)) {
  if (key in tr && places(en[key]) !== places(tr[key])) {
    faults.push(`${key}: English fills ${places(en[key])}, Turkish ${places(tr[key])}`);
  }
}
for (const [key, message] of Object.entries(tr)) {
  for (const form of forms(message)) {
    if (/\}['’]?\p{L}/u.test(form)) faults.push(`${key}: a suffix is glued to a place: ${form}`);
  }
}

const used = new Set();
const asked = new Set();
for (const entry of readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })) {
  if (!/\.(ts|svelte)$/.test(entry.name) || entry.name.endsWith(".test.ts")) continue;
  if (/^(en|tr)\.ts$/.test(entry.name)) continue;
  const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
  for (const [, key] of text.matchAll(/["'`]([a-z]+\.[A-Za-z_.]+)["'`]/g)) used.add(key);
  for (const [, key] of text.matchAll(/\bt\(\s*["'`]([^"'`$]+)["'`]/g)) asked.add(key);
}
for (const key of Object.keys(en)) if (!used.has(key)) faults.push(`${key}: used nowhere`);
for (const key of asked) if (!(key in en)) faults.push(`${key}: asked for by a screen, but not in English`);

if (faults.length > 0) {
  console.error(faults.join("\n"));
  console.error(`${faults.length} faults in ${Object.keys(en).length} messages`);
  process.exit(1);
}
console.log(`${Object.keys(en).length} messages in two languages, all of them used`);
