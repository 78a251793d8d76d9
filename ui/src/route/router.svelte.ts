import { createContext } from "svelte";
import { isOverPage } from "$kit/back";
import { read, write, type Route } from "./route";

/** The page's address, as a route. */
export class Router {
  /**
   * Asked before the route changes, while a page holds something unsaved: false keeps the
   * page where it is, and it may go on with `leave` later.
   */
  hold: ((leave: () => void) => boolean) | undefined;
  #route = $state.raw<Route>(read(new URL(location.href)));
  /** The route before the present one. */
  #before: Route | undefined;
  /** Where among the conversations one was last. */
  #conversations: Route | undefined;

  /** Where among the conversations one was last, on this page; undefined before one was there. */
  get conversations(): Route | undefined {
    return this.#conversations;
  }

  /** Whether one has come here straight from the conversations. */
  get isFromConversations(): boolean {
    return this.#before?.name === "conversations" || this.#before?.name === "link";
  }

  get route(): Route {
    return this.#route;
  }

  /** The route of the address as it is now. */
  here(): Route {
    return read(new URL(location.href));
  }

  /** Goes somewhere; the way back leads here. */
  go(to: Route): void {
    if (write(to) === location.pathname + location.search + location.hash) return;
    const leave = () => {
      // What lies over the page is left too: going back leads to the page, not to nothing over it.
      if (isOverPage()) history.replaceState(null, "", write(to));
      else history.pushState(null, "", write(to));
      this.#show(to);
    };
    if (this.hold?.(leave) ?? true) leave();
  }

  /** Goes to an address of ours. */
  open(address: string): void {
    this.go(read(new URL(address, location.href)));
  }

  /** Goes somewhere in place of here. */
  replace(to: Route): void {
    history.replaceState(null, "", write(to));
    this.#show(to);
  }

  /** Follows the browser's back and forward, and clicks on links of our own. */
  run(): () => void {
    const follow = () => this.#follow();
    const click = (event: MouseEvent) => this.#click(event);
    addEventListener("popstate", follow);
    document.addEventListener("click", click);
    return () => {
      removeEventListener("popstate", follow);
      document.removeEventListener("click", click);
    };
  }

  #show(to: Route): void {
    const left = this.#route;
    if (left.name === "conversations") this.#conversations = left;
    this.#before = left;
    this.#route = to;
  }

  /** The browser has gone back or forward. It can't be stopped, so what is held is gone to again. */
  #follow(): void {
    const to = this.here();
    const leave = () => {
      history.replaceState(null, "", write(to));
      this.#show(to);
    };
    if (this.hold?.(leave) ?? true) this.#show(to);
    else history.pushState(null, "", write(this.#route));
  }

  /** A plain click on a link of ours changes the route; every other click is the browser's. */
  #click(event: MouseEvent): void {
    const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!isPlain || event.defaultPrevented || !link) return;
    if (link.target || link.origin !== location.origin || link.hasAttribute("download")) return;
    const to = read(new URL(link.href));
    if (to.name === "unknown" || link.pathname.startsWith("/api/")) return;
    if (link.getAttribute("href")?.startsWith("#")) return;
    event.preventDefault();
    this.go(to);
  }
}

export const [useRouter, provideRouter] = createContext<Router>();
