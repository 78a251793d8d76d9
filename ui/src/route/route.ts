import type { View } from "$api/types";
import { noFilters, readFilters, writeFilters, type Filters } from "./filters";

export { noFilters, type Filters } from "./filters";

export type Route =
  | { name: "home" }
  | { name: "login"; next: string | undefined }
  | { name: "setup"; code: string; step?: number | undefined }
  /** A stable link to a conversation, wherever it is now, or to one of its messages. */
  | { name: "link"; number: number; seq?: number | undefined }
  | {
      name: "conversations";
      view: View;
      number: number | undefined;
      filters: Filters;
      /** The message that the address points at. */
      seq: number | undefined;
      /** What is looked for in the conversation. */
      find?: string | undefined;
    }
  /** A page of the settings; some pages show one item of theirs. */
  | { name: "settings"; page: SettingsPage; item: string | undefined }
  | { name: "unknown" };

export const settingsPages = [
  "profile",
  "appearance",
  "keyboard",
  "replying",
  "notifications",
  "saved-replies",
  "agents",
  "teams",
  "team",
  "tags",
  "widget",
  "bot",
  "knowledge",
  "rules",
  "hours",
  "resolving",
  "tokens",
  "webhooks",
  "audit",
  "backup",
  "about",
] as const;
export type SettingsPage = (typeof settingsPages)[number];

export const views: readonly View[] = [
  "inbox",
  "unassigned",
  "assigned",
  "resolved",
  "unresolved",
  "jetbot",
  "archive",
];

/** Whether a view can hold what is assigned to an agent: some are what nobody has. */
export function mayBeAssigned(view: View): boolean {
  return view !== "unassigned" && view !== "jetbot";
}

/** A view's list with nothing open; under the one filter that is carried from list to list. */
export function listOf(view: View, mine: boolean): Extract<Route, { name: "conversations" }> {
  const filters = { ...noFilters, mine: mine && mayBeAssigned(view) };
  return { name: "conversations", view, number: undefined, filters, seq: undefined };
}

/** Reads an address. Its first word and the view may be written in any case. */
export function read(url: Pick<URL, "pathname" | "searchParams" | "hash">): Route {
  const [first = "", second = "", third, ...rest] = url.pathname.split("/").filter(Boolean);
  if (rest.length > 0) return { name: "unknown" };
  switch (first.toLowerCase()) {
    case "":
      return { name: "home" };
    case "login":
      return { name: "login", next: inside(url.searchParams.get("next")) };
    case "setup":
      return {
        name: "setup",
        code: url.searchParams.get("code") ?? "",
        step: step(url.searchParams.get("step")),
      };
    case "c":
      return withNumber(second, (number) => ({ name: "link", number, seq: seq(url.hash) }));
    case "conversations":
      return conversations(url, second.toLowerCase(), third);
    case "settings":
      return settings(second.toLowerCase(), third);
    default:
      return { name: "unknown" };
  }
}

function conversations(url: Parameters<typeof read>[0], slug: string, third: string | undefined): Route {
  const view = slug === "main" || slug === "" ? "inbox" : views.find((view) => view === slug);
  if (!view) return { name: "unknown" };
  const route = {
    name: "conversations",
    view,
    filters: readFilters(url.searchParams),
    seq: seq(url.hash),
    find: url.searchParams.get("q") ?? undefined,
  } as const;
  if (third === undefined) return { ...route, number: undefined };
  return withNumber(third, (number) => ({ ...route, number }));
}

function settings(slug: string, item: string | undefined): Route {
  const page = slug === "" ? "profile" : settingsPages.find((page) => page === slug);
  return page ? { name: "settings", page, item } : { name: "unknown" };
}

function withNumber(text: string, make: (number: number) => Route): Route {
  return /^[1-9]\d{0,14}$/.test(text) ? make(Number(text)) : { name: "unknown" };
}

function seq(hash: string): number | undefined {
  const digits = /^#m-(\d{1,15})$/.exec(hash)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function step(digit: string | null): number | undefined {
  return digit && /^[1-4]$/.test(digit) ? Number(digit) : undefined;
}

/** Only an address of this page: never one that leads elsewhere after signing in. */
function inside(next: string | null): string | undefined {
  return next && /^\/(?![/\\])/.test(next) ? next : undefined;
}

/** Writes the address of a route. Reading it again gives the same route. */
export function write(route: Route): string {
  switch (route.name) {
    case "home":
    case "unknown":
      return "/";
    case "login":
      return "/login" + queryOf({ next: route.next });
    case "setup":
      return "/setup" + queryOf({ code: route.code, step: route.step?.toString() });
    case "link":
      return `/c/${route.number}${hashOf(route.seq)}`;
    case "settings":
      return `/settings/${route.page}${route.item === undefined ? "" : `/${encodeURIComponent(route.item)}`}`;
    case "conversations": {
      const { view, number, filters, seq, find } = route;
      const path = `/conversations/${view}${number === undefined ? "" : `/${number}`}`;
      const query = queryOf({ ...writeFilters(filters), q: find });
      return path + query + hashOf(seq);
    }
  }
}

function hashOf(seq: number | undefined): string {
  return seq === undefined ? "" : `#m-${seq}`;
}

function queryOf(query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
