import "../src/theme/tokens.css";
import "../src/theme/base.css";
import { Api } from "./api";
import { inkOn } from "./color";
import type { Language, Scheme } from "./bridge";
import { frame } from "./screens/frame";
import { Chat } from "./state/chat";
import { bootOf, Host } from "./state/host";
import { Asked } from "./state/asked";
import { Kept } from "./state/kept";
import { Words } from "./words/words";

const target = document.getElementById("app");
if (!target) throw new Error("the page has no #app");

const key = location.pathname.split("/")[2] ?? "";
const boot = bootOf(location.hash);
const words = new Words();
const host = new Host(boot, (message) => asked.hear(message));
const chat = new Chat(key, new Api(), new Kept(key), host, () => words.language);
const asked = new Asked(chat, words, host);

look(boot?.scheme, boot?.color);
chat.place.isFull = boot?.full === true;
if (boot) asked.hear({ type: "page", given: boot.page });
// Opened by itself, the panel is the page.
if (!host.isThere) chat.open();

const started = chat.start().then(() => look(chat.site?.scheme, chat.site?.color));
await words.use(languageOf(boot?.language ?? navigator.language));
target.append(frame({ chat, words }));
host.tell("ready", undefined);
await started;

/** Takes the website's colours; what is not a colour is let be. */
function look(scheme: Scheme | undefined, color: string | undefined): void {
  const { dataset, style } = document.documentElement;
  if (scheme === "light" || scheme === "dark") dataset.theme = scheme;
  else delete dataset.theme;
  if (!color || !/^#[0-9a-f]{6}$/i.test(color)) return;
  style.setProperty("--brand", color);
  style.setProperty("--on-brand", inkOn(color));
}

function languageOf(wish: string): Language {
  return wish.toLowerCase().startsWith("en") ? "en" : "tr";
}
