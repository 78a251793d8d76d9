/*
 * Values that tell who uses them when they change: all that a small page needs to keep
 * itself in step. What is read while an effect or a derived value runs is what it hangs
 * on; changes are gathered and carried out together, in the order in which the effects
 * were made, so that what contains comes before what it contains.
 */

interface Source {
  readonly users: Set<User>;
}

interface User {
  readonly sources: Set<Source>;
  /** Something that it uses has changed. */
  stale(): void;
}

/** Everything made while it stands is undone with it. */
export class Scope {
  readonly #ends: (() => void)[] = [];

  add(end: () => void): void {
    this.#ends.push(end);
  }

  end(): void {
    for (const end of this.#ends.splice(0).reverse()) end();
  }
}

let user: User | undefined;
let scope: Scope | undefined;
let made = 0;
const waiting = new Set<Effect>();

/** A value that can be changed. */
export class Signal<T> implements Source {
  readonly users = new Set<User>();
  #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    use(this);
    return this.#value;
  }

  set value(value: T) {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const each of [...this.users]) each.stale();
  }
}

/** A value that follows from others; worked out when it is asked for, and kept until they change. */
export class Derived<T> implements Source, User {
  readonly users = new Set<User>();
  readonly sources = new Set<Source>();
  #value: T | undefined;
  #isStale = true;
  readonly #work: () => T;

  constructor(work: () => T) {
    this.#work = work;
    scope?.add(() => {
      leave(this);
      this.#isStale = true;
    });
  }

  get value(): T {
    use(this);
    if (this.#isStale) {
      leave(this);
      this.#value = as(this, this.#work);
      this.#isStale = false;
    }
    return this.#value as T;
  }

  stale(): void {
    if (this.#isStale) return;
    this.#isStale = true;
    for (const each of [...this.users]) each.stale();
  }
}

class Effect implements User {
  readonly sources = new Set<Source>();
  readonly at = made++;
  readonly #work: () => void;
  readonly #inner = new Scope();
  #hasEnded = false;

  constructor(work: () => void) {
    this.#work = work;
    scope?.add(() => this.#end());
    this.run();
  }

  stale(): void {
    if (waiting.size === 0) queueMicrotask(flush);
    waiting.add(this);
  }

  run(): void {
    if (this.#hasEnded) return;
    leave(this);
    this.#inner.end();
    within(this.#inner, () => as(this, this.#work));
  }

  #end(): void {
    this.#hasEnded = true;
    leave(this);
    this.#inner.end();
  }
}

/** Does something now, and again whenever what it has read changes. */
export function effect(work: () => void): void {
  new Effect(work);
}

/** Reads without hanging on what is read. */
export function untracked<T>(work: () => T): T {
  return as(undefined, work);
}

/** Does something whose effects belong to a scope. */
export function within<T>(given: Scope, work: () => T): T {
  const before = scope;
  scope = given;
  try {
    return work();
  } finally {
    scope = before;
  }
}

/** Does something when the present scope ends. */
export function atEnd(end: () => void): void {
  scope?.add(end);
}

/** Carries out what waits. It happens by itself once the present work is done. */
export function flush(): void {
  while (waiting.size > 0) {
    const first = [...waiting].reduce((a, b) => (a.at < b.at ? a : b));
    waiting.delete(first);
    try {
      first.run();
    } catch (fault) {
      reportError(fault); // one part that fails must not hold up the others
    }
  }
}

function use(source: Source): void {
  if (!user) return;
  source.users.add(user);
  user.sources.add(source);
}

function leave(leaving: User): void {
  for (const source of leaving.sources) source.users.delete(leaving);
  leaving.sources.clear();
}

function as<T>(given: User | undefined, work: () => T): T {
  const before = user;
  user = given;
  try {
    return work();
  } finally {
    user = before;
  }
}
