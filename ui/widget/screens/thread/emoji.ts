import glyphs from "$text/emoji/glyphs.json";
import { categories, index, parseGlyphs, search, type Category } from "$text/emoji/search";
import { each, h, when } from "../../view/dom";
import { Derived, Signal } from "../../view/signal";
import type { Key } from "../../words/en";
import type { Panel } from "../panel";
import "./emoji.css";

const categoryKeys: Record<Category, Key> = {
  smileys: "emoji.smileys",
  people: "emoji.people",
  nature: "emoji.nature",
  food: "emoji.food",
  travel: "emoji.travel",
  activity: "emoji.activity",
  objects: "emoji.objects",
  symbols: "emoji.symbols",
  flags: "emoji.flags",
};

/** So many of what is found are shown. */
const most = 120;

/** Emoji by category, and by their words in both languages. */
export function emoji({ words }: Panel, choose: (emoji: string) => void, close: () => void): HTMLElement {
  const all = parseGlyphs(glyphs);
  const category = new Signal<Category>("smileys");
  const query = new Signal("");
  /** The words that emoji are found by: many, so they come with the first letter typed. */
  const found = new Signal<string[] | undefined>(undefined);
  const shown = new Derived(() =>
    query.value.trim() && found.value
      ? search(all, found.value, query.value).slice(0, most)
      : all.filter((each) => each.category === category.value),
  );

  let coming: Promise<void> | undefined;

  async function fetchWords() {
    try {
      const [tr, en] = await Promise.all([
        import("$text/emoji/turkish.json"),
        import("$text/emoji/english.json"),
      ]);
      found.value = index(tr.default, en.default);
    } catch {
      coming = undefined; // the next letter asks again
    }
  }

  function type() {
    query.value = field.value;
    coming ??= fetchWords();
  }

  /** What is pressed before the words are there is meant for what they find. */
  async function press(event: KeyboardEvent) {
    const { key } = event;
    if (key !== "Enter" && key !== "ArrowDown") return;
    event.preventDefault();
    if (query.value.trim()) await coming;
    const [first] = shown.value;
    if (key === "ArrowDown") grid.querySelector("button")?.focus();
    else if (first) choose(first.glyph);
  }

  const field = h("input", {
    class: "field",
    type: "search",
    "aria-label": words.text("emoji.search"),
    placeholder: words.text("emoji.search"),
    "data-testid": "w-emoji-search",
    oninput: type,
    onkeydown: press,
  });
  const grid = h(
    "div",
    { class: "grid", role: "group", "aria-label": words.text("emoji.label"), onkeydown: walk },
    each(
      () => shown.value,
      ({ glyph }) => glyph,
      (entry) =>
        h(
          "button",
          {
            type: "button",
            // Tab comes to the first; arrows go on from there.
            tabindex: () => (entry() === shown.value[0] ? 0 : -1),
            onclick: () => choose(entry().glyph),
          },
          entry().glyph,
        ),
    ),
    when(
      () => shown.value.length === 0,
      () => h("p", {}, words.text("emoji.none")),
    ),
  );
  queueMicrotask(() => field.focus());

  return h(
    "div",
    {
      class: "emoji",
      role: "dialog",
      "aria-label": words.text("emoji.label"),
      "data-testid": "w-emoji-panel",
      onkeydown: (event: KeyboardEvent) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        close();
      },
    },
    field,
    h(
      "div",
      { class: "tabs" },
      categories.map((name) =>
        h(
          "button",
          {
            type: "button",
            "aria-label": words.text(categoryKeys[name]),
            title: words.text(categoryKeys[name]),
            "aria-pressed": () => String(name === category.value && !query.value),
            onclick: () => {
              category.value = name;
              query.value = field.value = "";
            },
          },
          all.find((each) => each.category === name)?.glyph,
        ),
      ),
    ),
    grid,
  );
}

/** Arrows walk through the grid. */
function walk(event: KeyboardEvent & { currentTarget: HTMLElement }) {
  const cells = [...event.currentTarget.querySelectorAll("button")];
  const at = cells.indexOf(event.target as HTMLButtonElement);
  const top = cells[0]?.offsetTop ?? 0;
  const below = cells.findIndex((cell) => cell.offsetTop > top);
  const row = below < 0 ? cells.length : below;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  cells[at + step]?.focus();
}
