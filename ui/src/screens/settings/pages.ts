import type { Role } from "$api/types";
import type { Key } from "$words/en";
import type { SettingsPage } from "../../route/route";

export interface PageEntry {
  page: SettingsPage;
  name: Key &
    (
      | "profile.title"
      | "appearance.title"
      | "keyboard.title"
      | "notify.title"
      | "replies.title"
      | "agents.title"
      | "team.title"
      | `settings.${"widget" | "bot" | "knowledge" | "rules" | "hours" | "resolving" | "tokens"}`
    );
}

/** The pages as they stand in the navigation, in their three groups. */
export const personal: readonly PageEntry[] = [
  { page: "profile", name: "profile.title" },
  { page: "appearance", name: "appearance.title" },
  { page: "keyboard", name: "keyboard.title" },
  { page: "notifications", name: "notify.title" },
];

export const shared: readonly PageEntry[] = [
  { page: "saved-replies", name: "replies.title" },
  { page: "agents", name: "agents.title" },
  { page: "team", name: "team.title" },
];

export const channels: readonly PageEntry[] = [
  { page: "widget", name: "settings.widget" },
  { page: "bot", name: "settings.bot" },
  { page: "knowledge", name: "settings.knowledge" },
  { page: "rules", name: "settings.rules" },
  { page: "hours", name: "settings.hours" },
  { page: "resolving", name: "settings.resolving" },
  { page: "tokens", name: "settings.tokens" },
];

/** Whether a page is one of those that are loaded together, with words of their own. */
export function isOfChannels(page: SettingsPage): boolean {
  return channels.some((entry) => entry.page === page);
}

const order: readonly Role[] = ["reporter", "agent", "admin", "owner"];

/** Whether a role may change the team and who belongs to it. */
export function mayManage(role: Role | undefined): boolean {
  return role === "admin" || role === "owner";
}

/** The roles that somebody may give, or take from one who has `from`: none above their own. */
export function grantable(own: Role | undefined, from: Role = "reporter"): Role[] {
  if (!own || !mayManage(own) || order.indexOf(from) > order.indexOf(own)) return [];
  return order.slice(0, order.indexOf(own) + 1).toReversed();
}
