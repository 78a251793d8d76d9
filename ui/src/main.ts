import { mount } from "svelte";
import "./theme/tokens.css";
import "./theme/fonts.css";
import "./theme/base.css";
import { Desk } from "$desk/desk.svelte";
import { preferred, rememberedLanguage, Words } from "$words/words.svelte";
import { fitScreen } from "$kit/screen";
import App from "./App.svelte";
import { Router } from "./route/router.svelte";

const target = document.getElementById("app");
if (!target) throw new Error("the page has no #app");

fitScreen(document.documentElement);

const words = new Words();
const desk = new Desk();
const router = new Router();

// Who is signed in is asked while the words are on their way; the screen shows itself
// loading until both are there.
const started = desk.start();
await words.use(preferred(rememberedLanguage() ?? navigator.language));
mount(App, { target, props: { desk, router, words, started } });
