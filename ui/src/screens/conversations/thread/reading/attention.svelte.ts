/** Whether somebody looks at this page: it is visible, and the window has the focus. */
export class Attention {
  #isHere = $state(isHere());

  get isHere() {
    return this.#isHere;
  }

  /** Follows the window until the returned function is called. */
  run(): () => void {
    const look = () => (this.#isHere = isHere());
    addEventListener("focus", look);
    addEventListener("blur", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      removeEventListener("focus", look);
      removeEventListener("blur", look);
      document.removeEventListener("visibilitychange", look);
    };
  }
}

function isHere(): boolean {
  return document.hasFocus() && document.visibilityState === "visible";
}
