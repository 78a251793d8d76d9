import { atEnd, effect, Scope, Signal, untracked, within } from "./signal";

/*
 * Elements, built by name and kept in step with signals. Texts become text nodes and
 * attributes are set one by one: there is no way in here for markup, and nothing that a
 * strict policy would forbid.
 */

/** A value, or how to get one that may change. */
export type Live<T> = T | (() => T);

export type Child =
  Node | string | number | false | undefined | (() => string | number | undefined) | Child[];

type Value = string | number | boolean | undefined;

/** What makes an element: attributes by their names, `on…` for what it listens to. */
export interface Made {
  /** Given the element when it is made. */
  ref?: (element: never) => void;
  /** Single properties of style. */
  style?: Record<string, Live<string>>;
  [name: string]: Live<Value> | ((event: never) => unknown) | Record<string, Live<string>> | undefined;
}

/** These say what the person did, not what the page was written with. */
const properties = new Set(["value", "checked"]);

/** Makes an element. A function among its attributes or children is asked again when what it read changes. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  made: Made,
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, given] of Object.entries(made)) {
    if (key === "ref") (given as (element: Element) => void)(element);
    else if (key === "style") styles(element, given as Record<string, Live<string>>);
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), given as EventListener);
    else live(given as Live<Value>, (value) => set(element, key, value));
  }
  add(element, children);
  return element;
}

/** One thing or another, made anew when the choice changes; `undefined` is nothing. */
export function pick<T>(choose: () => T, make: (choice: T) => Element | undefined): Node {
  const place = document.createDocumentFragment();
  const end = document.createComment("");
  place.append(end);
  let shown: { choice: T; node: Element | undefined; scope: Scope } | undefined;
  effect(() => {
    const choice = choose();
    if (shown && Object.is(shown.choice, choice)) return;
    shown?.scope.end();
    shown?.node?.remove();
    const scope = new Scope();
    const node = untracked(() => within(scope, () => make(choice)));
    if (node) end.before(node);
    shown = { choice, node, scope };
  });
  atEnd(() => shown?.scope.end());
  return place;
}

/** Something that is there as long as a condition holds. */
export function when(holds: () => unknown, make: () => Element): Node {
  return pick(
    () => !!holds(),
    (isThere) => (isThere ? make() : undefined),
  );
}

/**
 * One element for each of a list. An element stays the same as long as its key is in the
 * list; what it is about reaches it through a signal.
 */
export function each<T>(
  list: () => readonly T[],
  keyOf: (item: T) => string,
  make: (item: () => T) => Element,
): Node {
  const place = document.createDocumentFragment();
  const end = document.createComment("");
  place.append(end);
  let rows = new Map<string, { item: Signal<T>; element: Element; scope: Scope }>();
  effect(() => {
    const items = list();
    const next: typeof rows = new Map();
    for (const item of items) {
      const key = keyOf(item);
      const known = rows.get(key);
      if (known) known.item.value = item;
      next.set(key, known ?? row(item, make));
    }
    for (const [key, { element, scope }] of rows) {
      if (next.has(key)) continue;
      scope.end();
      element.remove();
    }
    let after: Node = end;
    for (const { element } of [...next.values()].reverse()) {
      // What stands where it should is not touched: it may have the focus.
      if (element.nextSibling !== after) after.parentNode?.insertBefore(element, after);
      after = element;
    }
    rows = next;
  });
  atEnd(() => {
    for (const { scope } of rows.values()) scope.end();
  });
  return place;
}

/** Waits this long before it tries again to load a part. */
const again = 2_000;

/** A part that is loaded when it is first shown, as soon as that can be done. */
export function later(load: () => Promise<() => Element>): Element {
  const holder = h("div", { class: "later" });
  const scope = new Scope();
  let isGone = false;
  atEnd(() => {
    isGone = true;
    scope.end();
  });
  const show = () => {
    if (isGone) return;
    load().then(
      (make) => !isGone && holder.append(within(scope, make)),
      () => setTimeout(show, again),
    );
  };
  show();
  return holder;
}

/** Listens to something outside of what is made here, as long as that is there. */
export function listen<Name extends keyof WindowEventMap>(
  name: Name,
  hear: (event: WindowEventMap[Name]) => void,
): void {
  addEventListener(name, hear);
  atEnd(() => removeEventListener(name, hear));
}

function row<T>(first: T, make: (item: () => T) => Element) {
  const [item, scope] = [new Signal(first), new Scope()];
  return { item, scope, element: untracked(() => within(scope, () => make(() => item.value))) };
}

function add(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) add(element, child);
    else if (typeof child === "function") {
      const text = document.createTextNode("");
      effect(() => (text.data = String(child() ?? "")));
      element.append(text);
    } else if (child !== false && child !== undefined) {
      element.append(child instanceof Node ? child : String(child));
    }
  }
}

function live<T>(given: Live<T>, put: (value: T) => void): void {
  if (typeof given === "function") effect(() => put((given as () => T)()));
  else put(given);
}

function set(element: Element, name: string, value: Value): void {
  if (properties.has(name)) Object.assign(element, { [name]: value });
  else if (value === false || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

function styles(element: HTMLElement, given: Record<string, Live<string>>): void {
  for (const [name, value] of Object.entries(given)) {
    live(value, (text) => element.style.setProperty(name, text));
  }
}
