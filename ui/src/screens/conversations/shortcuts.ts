import { keyName, takesText } from "$kit/keys";

/** What a key may do. One that gives false did nothing, and the key stays the browser's. */
export type Doings = Readonly<Record<string, () => unknown>>;

/**
 * Carries out the shortcut that a key press is, if it is one. Single keys do nothing
 * where text is typed, or where they were switched off; those with Mod do.
 */
export function carryOut(event: KeyboardEvent, doings: Doings, hasSingleKeys: boolean): void {
  const name = keyName(event);
  if (name === undefined || event.defaultPrevented) return;
  const isEverywhere = name.startsWith("Mod+") || name === "F6" || name === "Shift+F6";
  if (!isEverywhere && (takesText(event.target) || isInMenu(event.target) || isAnyOpen())) return;
  if (!hasSingleKeys && isSingle(name)) return;
  const doing = doings[name];
  if (doing && doing() !== false) event.preventDefault();
}

/** Whether a key types a character: such shortcuts can be set off by accident. */
function isSingle(name: string): boolean {
  return name.replace("Shift+", "").length === 1;
}

/** Menus, dialogs and lists of choices have keys of their own. */
function isInMenu(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("[role=menu], [role=dialog], dialog, [popover]") !== null
  );
}

/** Whether something lies over the page that Esc closes, though the focus may still be on what opened it. */
function isAnyOpen(): boolean {
  return document.querySelector(":popover-open, dialog[open]") !== null;
}

const stops = "[tabindex='0'], [aria-selected=true], textarea, input:not([tabindex='-1']), a[href], button";

/**
 * Moves the focus to the next pane, or the one before, in the order of the page and round.
 * Panes may lie in one another, as the messages lie in the thread: the focus is in the
 * innermost one. One that holds nothing to go to, such as notices when there are none, is
 * passed over.
 */
export function cyclePane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")];
  const here = (pane: HTMLElement) => pane.contains(document.activeElement);
  const at = panes.findLastIndex(here);
  const from = at < 0 && step < 0 ? 0 : at;
  for (let i = 1; i <= panes.length; i++) {
    const to = (from + step * i + panes.length * 2) % panes.length;
    // What an inner pane holds is not gone to by way of the outer one.
    if (enter(panes[to]) && panes.findLastIndex(here) === to) return;
  }
}

/** Brings the focus to a pane or the first thing in it that takes it; false where nothing does. */
function enter(pane: HTMLElement | undefined): boolean {
  if (!pane?.checkVisibility()) return false;
  const first = pane.tabIndex === 0 ? pane : pane.querySelector<HTMLElement>(stops);
  first?.focus();
  return first !== null && document.activeElement === first;
}
