const tick = 15_000;

/** The time that screens show, moving on every 15 s and whenever the page is looked at again. */
export class Clock {
  #now = $state(Date.now());

  get now(): number {
    return this.#now;
  }

  /** Starts ticking; the returned function stops it. */
  run(): () => void {
    const look = () => {
      if (document.visibilityState === "visible") this.#now = Date.now();
    };
    const timer = setInterval(look, tick);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }
}
