import { describe, expect, it } from "vitest";
import { listOf, noFilters, read, views, write, type Route } from "./route";

const at = (address: string) => read(new URL(address, "http://parley.test"));

describe("read", () => {
  it.each([
    "/Conversations/Main",
    "/conversations/main",
    "/CONVERSATIONS/MAIN/",
    "/conversations",
    "/Conversations/",
  ])("%s is the inbox", (address) => expect(write(at(address))).toBe("/conversations/inbox"));

  it("reads a conversation in a view with its filters and message", () => {
    const narrowed = "sort=waiting&mine=1&unread=1&tag=iade&channel=web&language=tr&since=7d";
    expect(at(`/conversations/assigned/1042?${narrowed}&q=kargo+ne#m-17`)).toEqual({
      name: "conversations",
      view: "assigned",
      number: 1042,
      filters: {
        sort: "waiting",
        mine: true,
        unread: true,
        tag: "iade",
        channel: "web",
        language: "tr",
        since: "7d",
        until: undefined,
      },
      seq: 17,
      find: "kargo ne",
    });
  });

  it("reads the other pages", () => {
    expect(at("/")).toEqual({ name: "home" });
    expect(at("/c/7")).toEqual({ name: "link", number: 7 });
    expect(at("/c/7#m-3")).toEqual({ name: "link", number: 7, seq: 3 });
    expect(at("/setup?code=abc")).toEqual({ name: "setup", code: "abc" });
    expect(at("/login?next=%2Fc%2F7")).toEqual({ name: "login", next: "/c/7" });
  });

  it.each(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", ""])(
    "does not follow %s after signing in",
    (next) =>
      expect(at(`/login?next=${encodeURIComponent(next)}`)).toEqual({ name: "login", next: undefined }),
  );

  it.each([
    "/conversations/nowhere",
    "/conversations/inbox/0",
    "/conversations/inbox/x",
    "/conversations/inbox/1/2",
    "/c/",
    "/c/-1",
    "/other",
  ])("%s is unknown", (address) => expect(at(address)).toEqual({ name: "unknown" }));

  it.each([
    "?sort=funny",
    "?mine=yes",
    "?tag=",
    "?since=soon",
    "?since=2026-02-30",
    "?until=7d",
    "?until=2026-2-3",
    "#m-x",
    "#12",
  ])("passes over %s", (rest) =>
    expect(at(`/conversations/inbox${rest}`)).toEqual({
      name: "conversations",
      view: "inbox",
      number: undefined,
      filters: noFilters,
      seq: undefined,
    }),
  );
});

describe("an agent's own list", () => {
  it("is not another's too", () => {
    expect(at("/conversations/inbox?mine=1&agent=x")).toMatchObject({
      filters: { mine: true, agent: undefined },
    });
  });

  it("is carried to where agents have something", () => {
    const addresses = views.map((view) => write(listOf(view, true)).replace("/conversations/", ""));
    expect(addresses.join(" ")).toBe(
      "inbox?mine=1 unassigned assigned?mine=1 resolved?mine=1 unresolved?mine=1 jetbot archive?mine=1",
    );
    expect(write(listOf("inbox", false))).toBe("/conversations/inbox");
  });
});

describe("write", () => {
  const routes: Route[] = [
    { name: "home" },
    { name: "login", next: "/conversations/inbox/3?mine=1" },
    { name: "setup", code: "x y&z" },
    { name: "setup", code: "", step: 3 },
    { name: "link", number: 12 },
    { name: "link", number: 12, seq: 4 },
    {
      name: "conversations",
      view: "assigned",
      number: undefined,
      filters: { ...noFilters, agent: "0198" },
      seq: undefined,
    },
    ...views.map((view): Route => ({
      name: "conversations",
      view,
      number: 5,
      filters: {
        ...noFilters,
        sort: "oldest",
        mine: true,
        tag: "çok & az",
        channel: "e-posta",
        language: "pt-BR",
        since: "2026-01-31",
        until: "2026-02-28",
      },
      seq: 9,
      find: "“kargo” & from:bot",
    })),
  ];
  it.each(routes)("can be read again: $name", (route) => expect(at(write(route))).toEqual(route));
});
