/*
 * Builds what the emoji panel reads, into src/text/emoji/: glyphs.json, the emoji by
 * category in their customary order, and one file of words per language, in the same
 * order. The list is emojibase's (MIT); names and words are CLDR's (Unicode licence),
 * English ones with emojibase's tags. Run it after either changes: node scripts/emoji.mjs
 */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const all = require("emojibase-data/en/data.json");

const groups = [
  ["smileys", 0],
  ["people", 1],
  ["nature", 3],
  ["food", 4],
  ["travel", 5],
  ["activity", 6],
  ["objects", 7],
  ["symbols", 8],
  ["flags", 9],
];

/** Without a selector that says only what the emoji says itself. */
const plain = (emoji) => (/^\p{Emoji_Presentation}\uFE0F$/u.test(emoji) ? bare(emoji) : emoji);
const bare = (text) => text.replace(/\uFE0F/g, "");

/** The same rule as tone() in src/text/emoji/tones.ts: held to the data here. */
const toned = (glyph, modifier) =>
  glyph.replace(/(?!(?<=\u200D)🤝)\p{Emoji_Modifier_Base}\uFE0F?/gu, (base) => bare(base) + modifier);

/** Marked with ~ when the tone rule gives each of its five tones. */
function marked({ emoji, skins = [] }) {
  const alike = skins.filter(({ tone }) => !Array.isArray(tone) || new Set(tone).size === 1);
  const ofOneTone = alike.filter(({ emoji: skin }) => {
    const modifiers = new Set(skin.match(/[\u{1F3FB}-\u{1F3FF}]/gu));
    return modifiers.size === 1 && bare(toned(emoji, [...modifiers][0])) === bare(skin);
  });
  return ofOneTone.length >= 5 ? `${plain(emoji)}~` : plain(emoji);
}

function annotations(language) {
  const base = require(`cldr-annotations-full/annotations/${language}/annotations.json`);
  const derived = require(`cldr-annotations-derived-full/annotationsDerived/${language}/annotations.json`);
  return { ...derived.annotationsDerived.annotations, ...base.annotations.annotations };
}

/** "name;word;word", without words that the name already holds. */
function line(emoji, given, tags) {
  const known = given[bare(emoji.emoji)] ?? given[emoji.emoji];
  const name = known?.tts?.[0] ?? emoji.label;
  const words = [...new Set([...(known?.default ?? []), ...tags])].filter((word) => !name.includes(word));
  return [name, ...words].map((word) => word.replaceAll(/[;\n]/g, " ")).join(";");
}

const categories = groups.map(([key, group]) => ({
  key,
  emoji: all.filter((emoji) => emoji.group === group).sort((a, b) => a.order - b.order),
}));
const ordered = categories.flatMap(({ emoji }) => emoji);

const write = (name, value) =>
  writeFileSync(new URL(`../src/text/emoji/${name}.json`, import.meta.url), `${JSON.stringify(value)}\n`);

write("glyphs", Object.fromEntries(categories.map(({ key, emoji }) => [key, emoji.map(marked).join(" ")])));
for (const [language, name] of [
  ["tr", "turkish"],
  ["en", "english"],
]) {
  const given = annotations(language);
  write(
    name,
    ordered.map((emoji) => line(emoji, given, language === "en" ? (emoji.tags ?? []) : [])).join("\n"),
  );
}
