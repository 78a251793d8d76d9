import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** Rooms that may not talk to the server: screens and kit show, desk decides, api and live speak. */
const noNetwork = [
  { name: "fetch", message: "Components hold no fetch: ask a desk class." },
  { name: "WebSocket", message: "Components hold no socket: live/ owns the one there is." },
];

export default ts.config(
  { ignores: ["dist", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: { extraFileExtensions: [".svelte"], parser: ts.parser, svelteConfig },
    },
    rules: {
      // TypeScript knows every name; this rule would only guess.
      "no-undef": "off",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      eqeqeq: "error",
      // State is replaced, not changed in place: plain collections under $state.raw are meant.
      "svelte/prefer-svelte-reactivity": "off",
    },
  },
  {
    files: ["**/*.svelte"],
    rules: {
      "svelte/no-at-html-tags": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "SvelteAttribute[key.name='style']",
          message: "The page's policy blocks style attributes: use a class or a style: directive.",
        },
        {
          selector:
            "SvelteElement[name.name=/^[uo]l$/] > SvelteStartTag:not(:has(> SvelteAttribute[key.name='role']))",
          message: 'Safari takes a list without markers for none: say role="list".',
        },
      ],
      "svelte/no-navigation-without-resolve": "off",
      "svelte/require-each-key": "error",
      "no-restricted-globals": ["error", ...noNetwork],
    },
  },
  {
    files: [
      "src/{desk,kit,text,words}/**/*.ts",
      "src/screens/**/*.ts",
      "widget/{screens,state,view,words}/**/*.ts",
    ],
    rules: { "no-restricted-globals": ["error", ...noNetwork] },
  },
  {
    files: ["src/kit/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["$desk/*", "$api/*", "$live/*", "$words/*", "**/screens/**"],
              message: "kit knows no domain word.",
            },
          ],
        },
      ],
    },
  },
);
