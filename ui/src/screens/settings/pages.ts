import type { Component } from "svelte";
import type { Words } from "$words/words.svelte";
import type { SettingsPage } from "../../route/route";

export interface PageEntry {
  page: SettingsPage;
  name: (t: Words["t"]) => string;
  /** A page takes nothing: what it needs to know stands in the address. */
  load: () => Promise<{ default: Component }>;
}

export interface PageGroup {
  id: string;
  name: (t: Words["t"]) => string;
  pages: readonly PageEntry[];
}

// Loaded together, with words of their own.
const channels = () => import("./channels/Channels.svelte");
const admin = () => import("./admin/Admin.svelte");

/**
 * The pages as they stand in the navigation. A new one is a line here and its address in
 * route.ts; it is loaded when it is first opened.
 */
export const groups: readonly PageGroup[] = [
  {
    id: "personal",
    name: (t) => t("settings.personal"),
    pages: [
      { page: "profile", name: (t) => t("profile.title"), load: () => import("./ProfilePage.svelte") },
      {
        page: "appearance",
        name: (t) => t("appearance.title"),
        load: () => import("./AppearancePage.svelte"),
      },
      { page: "keyboard", name: (t) => t("keyboard.title"), load: () => import("./KeyboardPage.svelte") },
      { page: "replying", name: (t) => t("replying.title"), load: () => import("./ReplyingPage.svelte") },
      {
        page: "notifications",
        name: (t) => t("notify.title"),
        load: () => import("./notifications/NotificationsPage.svelte"),
      },
    ],
  },
  {
    id: "team",
    name: (t) => t("settings.team"),
    pages: [
      {
        page: "saved-replies",
        name: (t) => t("replies.title"),
        load: () => import("./replies/RepliesPage.svelte"),
      },
      { page: "agents", name: (t) => t("agents.title"), load: () => import("./AgentsPage.svelte") },
      { page: "teams", name: (t) => t("teams.title"), load: channels },
      { page: "team", name: (t) => t("team.title"), load: () => import("./TeamPage.svelte") },
      { page: "tags", name: (t) => t("settings.tags"), load: admin },
    ],
  },
  {
    id: "channels",
    name: (t) => t("settings.channels"),
    pages: [
      { page: "widget", name: (t) => t("settings.widget"), load: channels },
      { page: "bot", name: (t) => t("settings.bot"), load: channels },
      { page: "knowledge", name: (t) => t("settings.knowledge"), load: channels },
      { page: "rules", name: (t) => t("settings.rules"), load: channels },
      { page: "hours", name: (t) => t("settings.hours"), load: channels },
      { page: "resolving", name: (t) => t("settings.resolving"), load: channels },
      { page: "tokens", name: (t) => t("settings.tokens"), load: channels },
      { page: "webhooks", name: (t) => t("settings.webhooks"), load: channels },
    ],
  },
  {
    id: "parley",
    name: (t) => t("settings.parley"),
    pages: [
      { page: "audit", name: (t) => t("settings.audit"), load: admin },
      { page: "backup", name: (t) => t("settings.backup"), load: admin },
      { page: "about", name: (t) => t("about.title"), load: () => import("./AboutPage.svelte") },
    ],
  },
];

/** The entry of a page. */
export function entryOf(page: SettingsPage): PageEntry {
  const entry = groups.flatMap((group) => group.pages).find((entry) => entry.page === page);
  if (!entry) throw new Error(`no entry for the page ${page}`);
  return entry;
}
