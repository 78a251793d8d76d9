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
