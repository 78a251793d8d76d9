/**
 * Reads a key press as a name: the character that was typed, by event.key, so that it
 * holds on every keyboard. `Mod+` is Ctrl or Cmd, `Shift+` is only named for letters and
 * named keys. Whatever is pressed with Alt or AltGr is text, not a shortcut: undefined.
 */
export function keyName(event: KeyboardEvent): string | undefined {
  if (event.isComposing || event.altKey || event.getModifierState("AltGraph")) return undefined;
  const isLetter = event.key.length === 1 && event.key.toLowerCase() !== event.key.toUpperCase();
  const key = isLetter ? event.key.toLowerCase() : event.key;
  const isShiftNamed = event.shiftKey && (isLetter || event.key.length > 1);
  const mod = event.ctrlKey || event.metaKey ? "Mod+" : "";
  return mod + (isShiftNamed ? "Shift+" : "") + key;
}

/** Whether what is typed there is text. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "file"].includes(target.type);
}

const isApple = () => /Mac|iP(hone|ad)/.test(navigator.platform);

/** A key's name as it is printed on the keys, one part for each. */
export function keyCaps(name: string, isMac = isApple()): string[] {
  const caps: Record<string, string> = {
    Mod: isMac ? "⌘" : "Ctrl",
    Escape: "Esc",
    ArrowLeft: "←",
    ArrowRight: "→",
    "-": "−",
  };
  return partsOf(name).map((part) => caps[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

/** A key's name as one reads it in a line of text. */
export function keyWords(name: string, isMac = isApple()): string {
  return keyCaps(name, isMac).join("+");
}

/** A key's name as aria-keyshortcuts has it. */
export function ariaKeys(name: string, isMac = isApple()): string {
  const names: Record<string, string> = { Mod: isMac ? "Meta" : "Control", "+": "Plus", " ": "Space" };
  return partsOf(name)
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join("+");
}

/** The plus that a key types is no sign between two. */
function partsOf(name: string): string[] {
  return name.split(/\+(?!$)/);
}
