import { readFrame, type Change, type Say, type Signal } from "./frames";
import { Link, type Effect, type Happening, type Phase, type Position, type Timer } from "./link";

/** Who is told what comes over the socket. */
export interface Hearer {
  change(change: Change): void;
  signal(signal: Signal): void;
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

/** The page's one socket: carries out what the link decides. */
export class Live {
  readonly #link = new Link();
  readonly #hearer: Hearer;
  readonly #timers = new Map<Timer, number>();
  #socket: WebSocket | undefined;

  constructor(hearer: Hearer) {
    this.#hearer = hearer;
    const nudge = () => document.visibilityState === "visible" && this.nudge();
    addEventListener("online", nudge);
    document.addEventListener("visibilitychange", nudge);
  }

  start() {
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
  say(say: Say) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(say));
  }

  #happen(happening: Happening) {
    const before = this.#link.phase;
    for (const effect of this.#link.handle(happening)) this.#carryOut(effect);
    const { phase, wait, isRestarting } = this.#link;
    if (phase !== before) this.#hearer.phase(phase, wait, isRestarting);
  }

  #carryOut(effect: Effect) {
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
        return this.say(effect.say);
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
    const url = new URL("/api/v1/socket", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    if (position) {
      url.searchParams.set("since", String(position.sequence));
      url.searchParams.set("epoch", position.epoch);
    }
    const socket = new WebSocket(url);
    this.#socket = socket;
    // A socket that was dropped may still speak for a moment; only the present one counts.
    socket.onmessage = (event: MessageEvent<string>) => {
      const frame = this.#socket === socket ? readFrame(event.data) : undefined;
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
