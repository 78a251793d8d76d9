/*
 * Holds the catalogues to the screens: every key is used, every key that a screen asks
 * for is there, both languages fill the same places, no Turkish sentence glues a suffix to
 * a place, and none ends with a full stop. Prints what is wrong and fails.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runnerImport } from "vite";

const root = new URL("..", import.meta.url).pathname;

/** Where words lie, with the folder whose screens they speak for. */
const catalogues = [
  { words: "src/words", screens: "src" },
  { words: "widget/words", screens: "widget" },
];

/** A catalogue: what lies in the folder itself, and what is loaded with one area of the screens. */
async function load(folder, name) {
  const files = readdirSync(join(root, folder), { recursive: true }).filter((file) =>
    new RegExp(`(^|/)${name}\\.ts$`).test(file),
  );
  const parts = files.map(async (file) => {
    const { module } = await runnerImport(join(root, folder, file), { configFile: false, logLevel: "error" });
    return module[name];
  });
  return Object.assign({}, ...(await Promise.all(parts)));
}

const forms = (message) => (typeof message === "string" ? [message] : Object.values(message));
const places = (message) =>
  [...new Set(forms(message).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort().join(" ");

/** What is wrong between the two languages. */
function* unequal(en, tr) {
  for (const key of Object.keys(en)) if (!(key in tr)) yield `${key}: missing in Turkish`;
  for (const key of Object.keys(tr)) if (!(key in en)) yield `${key}: not in English`;
  for (const key of Object.keys(en)) {
    if (key in tr && places(en[key]) !== places(tr[key])) {
      yield `${key}: English fills ${places(en[key])}, Turkish ${places(tr[key])}`;
    }
  }
  for (const [key, message] of Object.entries(tr)) {
    for (const form of forms(message)) {
      if (/\}['’]?\p{L}/u.test(form)) yield `${key}: a suffix is glued to a place: ${form}`;
    }
  }
}

/** A text on a screen ends without a full stop; only between sentences there is one. */
function* stopped(catalogue) {
  for (const [key, message] of Object.entries(catalogue)) {
    for (const form of forms(message)) {
      if (form.endsWith(".") && !key.endsWith(".sample")) yield `${key}: ends with a full stop: ${form}`;
    }
  }
}

/** What is wrong between a catalogue and the screens that speak with it. */
function* unused(en, screens) {
  const used = new Set();
  const asked = new Set();
  for (const entry of readdirSync(join(root, screens), { recursive: true, withFileTypes: true })) {
    if (!/\.(ts|svelte)$/.test(entry.name) || entry.name.endsWith(".test.ts")) continue;
    if (/^(en|tr)\.ts$/.test(entry.name)) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
    for (const [, key] of text.matchAll(/["'`]([a-z]+\.[A-Za-z_.]+)["'`]/g)) used.add(key);
    for (const [, key] of text.matchAll(/\b(?:t|words\.text)\(\s*["'`]([^"'`$]+)["'`]/g)) asked.add(key);
  }
  for (const key of Object.keys(en)) if (!used.has(key)) yield `${key}: used nowhere`;
  for (const key of asked) if (!(key in en)) yield `${key}: asked for by a screen, but not in English`;
}

const faults = [];
let count = 0;
for (const { words, screens } of catalogues) {
  const [en, tr] = await Promise.all([load(words, "en"), load(words, "tr")]);
  const found = [...unequal(en, tr), ...stopped(en), ...stopped(tr), ...unused(en, screens)];
  faults.push(...found.map((fault) => `${words}: ${fault}`));
  count += Object.keys(en).length;
}

if (faults.length > 0) {
  console.error(faults.join("\n"));
  console.error(`${faults.length} faults in ${count} messages`);
  process.exit(1);
}
console.log(`${count} messages in two languages, all of them used`);
