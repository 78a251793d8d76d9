import { readFrame, type Change, type Entry, type Frame, type Say, type Signal } from "./frames";
import { Link, type Effect, type Happening, type Phase, type Position, type Timer } from "./link";

/** Who is told what comes over the socket. */
export interface Hearer<C = Change, S = Signal> {
  change(change: C): void;
  signal(signal: S): void;
  /** Load everything anew: what was missed can't be had. */
  reset(): void;
  /** The first greeting: what was loaded before it may have changed meanwhile. */
  greeted(): void;
  restored(messages: number): void;
  /** The session is over. */
  ended(): void;
  /** The state of the connection changed. */
  phase(phase: Phase, wait: number, isRestarting: boolean): void;
}

/** How a socket is come in by. */
export interface Door {
  /** The address, without its scheme. */
  address(position: Position | undefined): URL;
  /** The first words, where the address doesn't say who comes. */
  knock?(position: Position | undefined): unknown;
}

/** Agents are known by their cookie. */
const agentsDoor: Door = {
  address(position) {
    const url = new URL("/api/v1/socket", location.href);
    if (position) {
      url.searchParams.set("since", String(position.sequence));
      url.searchParams.set("epoch", position.epoch);
    }
    return url;
  },
};

/** The page's one socket: carries out what the link decides. */
export class Live<C extends Entry = Change, S extends { type: string } = Signal, W = Say> {
  readonly #link = new Link<C, S>();
  readonly #hearer: Hearer<C, S>;
  readonly #door: Door;
  readonly #timers = new Map<Timer, number>();
  #socket: WebSocket | undefined;

  constructor(hearer: Hearer<C, S>, door: Door = agentsDoor) {
    this.#hearer = hearer;
    this.#door = door;
    const nudge = () => document.visibilityState === "visible" && this.nudge();
    addEventListener("online", nudge);
    document.addEventListener("visibilitychange", nudge);
  }

  /** Connects; after a position, if the page has loaded what was before it. */
  start(position?: Position) {
    if (position) this.#link.position = position;
    this.#happen({ type: "start" });
  }

  stop() {
    this.#happen({ type: "stop" });
  }

  /** Tries now instead of at the end of the wait. */
  nudge() {
    this.#happen({ type: "nudge" });
  }

  /** Tells the server something small; lost without harm while there is no connection. */
  say(say: W) {
    this.#send(say);
  }

  #send(words: unknown) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(words));
  }

  #happen(happening: Happening<C, S>) {
    const before = this.#link.phase;
    for (const effect of this.#link.handle(happening)) this.#carryOut(effect);
    const { phase, wait, isRestarting } = this.#link;
    if (phase !== before) this.#hearer.phase(phase, wait, isRestarting);
  }

  #carryOut(effect: Effect<C, S>) {
    switch (effect.type) {
      case "connect":
        return this.#connect(effect.position);
      case "drop":
        return this.#drop();
      case "set":
        clearTimeout(this.#timers.get(effect.name));
        this.#timers.set(
          effect.name,
          window.setTimeout(() => this.#happen({ type: "timer", name: effect.name }), effect.milliseconds),
        );
        return;
      case "clear":
        return clearTimeout(this.#timers.get(effect.name));
      case "say":
        return this.#send(effect.say);
      case "change":
        return this.#hearer.change(effect.change);
      case "signal":
        return this.#hearer.signal(effect.signal);
      case "restored":
        return this.#hearer.restored(effect.messages);
      default:
        return this.#hearer[effect.type]();
    }
  }

  #connect(position: Position | undefined) {
    const url = this.#door.address(position);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    this.#socket = socket;
    const words = this.#door.knock?.(position);
    if (words) socket.onopen = () => socket.send(JSON.stringify(words));
    // A socket that was dropped may still speak for a moment; only the present one counts.
    socket.onmessage = (event: MessageEvent<string>) => {
      const frame =
        this.#socket === socket ? readFrame<Frame<C, S> & { type: string }>(event.data) : undefined;
      if (frame) this.#happen({ type: "frame", frame });
    };
    socket.onclose = (event) => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#happen({ type: "closed", code: event.code, reason: event.reason });
    };
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }
}
