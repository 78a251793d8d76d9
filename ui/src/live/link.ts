import { backoff, spread } from "./backoff";
import { isChange, type Change, type Control, type Entry, type Frame, type Signal } from "./frames";

/** How far this page has read the journal of which data file. */
export interface Position {
  epoch: string;
  sequence: number;
}

export type Phase = "idle" | "connecting" | "open" | "waiting" | "ended";

export type Timer = "retry" | "silence" | "stable" | "settled";

/** What happens to a link. */
export type Happening<C = Change, S = Signal> =
  | { type: "start" }
  | { type: "frame"; frame: Frame<C, S> }
  | { type: "closed"; code: number; reason: string }
  | { type: "timer"; name: Timer }
  | { type: "nudge" }
  | { type: "stop" };

/** What a link wants done. */
export type Effect<C = Change, S = Signal> =
  | { type: "connect"; position: Position | undefined }
  | { type: "drop" }
  | { type: "set"; name: Timer; milliseconds: number }
  | { type: "clear"; name: Timer }
  | { type: "say"; say: { type: "pong" } }
  | { type: "change"; change: C }
  | { type: "signal"; signal: S }
  /** Load everything as at the start; changes go on from here. */
  | { type: "reset" }
  /** The first greeting of this page: what was loaded before it may be older than it. */
  | { type: "greeted" }
  /** The connection is back and the missed changes have come; `messages` counts the new ones. */
  | { type: "restored"; messages: number }
  | { type: "ended" };

const closedByServerForGood = 4401;
const restarting = 1012;
const silenceLimit = 60_000;
const stableAfter = 10_000;
const settleTime = 800;

/**
 * The rules of the connection, without the connection: what happens goes in, what is to
 * be done comes out. It keeps the position in the journal, lets every change through
 * once and in order, and decides when to try again. Time is only ever a timer's name and
 * randomness comes in, so every path can be played through in a test. What the changes C
 * and the signals S are about it doesn't know: agents and visitors have their own.
 */
export class Link<C extends Entry = Change, S extends { type: string } = Signal> {
  phase: Phase = "idle";
  position: Position | undefined;
  /** Whether the server said that it is restarting. */
  isRestarting = false;
  /** Milliseconds of the wait that runs now; 0 when none does. */
  wait = 0;
  #attempt = 0;
  #missed: number | undefined;
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  handle(happening: Happening<C, S>): Effect<C, S>[] {
    switch (happening.type) {
      case "start":
        return this.phase === "idle" || this.phase === "ended" ? this.#connect() : [];
      case "frame":
        return this.phase === "connecting" || this.phase === "open" ? this.#frame(happening.frame) : [];
      case "closed":
        return this.#closed(happening.code, happening.reason);
      case "timer":
        return this.#timer(happening.name);
      case "nudge":
        return this.phase === "waiting" ? this.#connect() : [];
      case "stop":
        return this.#stop();
    }
  }

  #connect(): Effect<C, S>[] {
    this.phase = "connecting";
    this.wait = 0;
    return [
      { type: "clear", name: "retry" },
      { type: "connect", position: this.position },
      { type: "set", name: "silence", milliseconds: silenceLimit },
    ];
  }

  #frame(frame: Frame<C, S>): Effect<C, S>[] {
    const effects: Effect<C, S>[] = [{ type: "set", name: "silence", milliseconds: silenceLimit }];
    if (isChange<C>(frame)) return [...effects, ...this.#change(frame)];
    const control = frame as Control;
    switch (control.type) {
      case "hello":
        return [...effects, ...this.#hello(control)];
      case "reset":
        this.position = { epoch: control.epoch, sequence: control.sequence };
        return [...effects, { type: "reset" }];
      case "ping":
        this.#advance(control.sequence ?? 0);
        return [...effects, { type: "say", say: { type: "pong" } }];
      default:
        return [...effects, { type: "signal", signal: frame as S }];
    }
  }

  #change(change: C): Effect<C, S>[] {
    if (!this.position || change.seq <= this.position.sequence) return [];
    this.#advance(change.seq);
    if (change.type.startsWith("message") && this.#missed !== undefined) this.#missed++;
    return [{ type: "change", change }];
  }

  #hello(hello: Position): Effect<C, S>[] {
    const known = this.position;
    this.phase = "open";
    this.isRestarting = false;
    const effects: Effect<C, S>[] = [{ type: "set", name: "stable", milliseconds: stableAfter }];
    if (!known) {
      this.position = { epoch: hello.epoch, sequence: hello.sequence };
      return [...effects, { type: "greeted" }];
    }
    this.#missed = 0;
    effects.push({ type: "set", name: "settled", milliseconds: settleTime });
    if (known.epoch === hello.epoch) return effects;
    this.position = { epoch: hello.epoch, sequence: hello.sequence };
    return [...effects, { type: "reset" }];
  }

  #closed(code: number, reason: string): Effect<C, S>[] {
    if (this.phase !== "connecting" && this.phase !== "open") return [];
    this.#missed = undefined;
    const quiet: Effect<C, S>[] = [
      { type: "clear", name: "silence" },
      { type: "clear", name: "stable" },
      { type: "clear", name: "settled" },
    ];
    if (code === closedByServerForGood) {
      this.phase = "ended";
      return [...quiet, { type: "ended" }];
    }
    this.phase = "waiting";
    this.isRestarting = code === restarting || (this.isRestarting && this.#attempt > 0);
    const hinted = code === restarting ? spread(reason, this.#random()) : undefined;
    this.wait = hinted ?? backoff(this.#attempt, this.#random());
    this.#attempt++;
    return [...quiet, { type: "set", name: "retry", milliseconds: this.wait }];
  }

  #timer(name: Timer): Effect<C, S>[] {
    switch (name) {
      case "retry":
        return this.phase === "waiting" ? this.#connect() : [];
      case "silence":
        return [{ type: "drop" }, ...this.#closed(0, "silence")];
      case "stable":
        this.#attempt = 0;
        return [];
      case "settled":
        return this.#settled();
    }
  }

  #settled(): Effect<C, S>[] {
    const messages = this.#missed ?? 0;
    this.#missed = undefined;
    return this.phase === "open" ? [{ type: "restored", messages }] : [];
  }

  #stop(): Effect<C, S>[] {
    this.phase = "idle";
    this.position = undefined;
    this.#missed = undefined;
    this.#attempt = 0;
    const names: Timer[] = ["retry", "silence", "stable", "settled"];
    return [{ type: "drop" }, ...names.map((name): Effect<C, S> => ({ type: "clear", name }))];
  }

  #advance(sequence: number) {
    if (this.position && sequence > this.position.sequence) this.position = { ...this.position, sequence };
  }
}
