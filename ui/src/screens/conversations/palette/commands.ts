import type { Conversation } from "$api/types";
import type { Desk } from "$desk/desk.svelte";
import { themes, type Theme } from "$desk/preferences";
import type { IconName } from "$kit/icons";
import { said } from "$text/said";
import { languages, type Language, type Words } from "$words/words.svelte";
import { noFilters, views } from "../../../route/route";
import type { Router } from "../../../route/router.svelte";
import type { Says } from "../keys/table";
import type { Doings } from "../shortcuts";
import { tabName } from "../status";
import { groups } from "../../settings/pages";

export interface Command {
  id: string;
  group: "here" | "go" | "people" | "look";
  says: Says;
  icon?: IconName;
  /** The shortcut that does the same, as kit/keys names it. */
  keys?: string;
  act: () => unknown;
}

/** What the commands act on. */
export interface Place {
  desk: Desk;
  words: Words;
  router: Router;
  doings: Doings;
  /** The conversation that is open. */
  conversation: Conversation | undefined;
  /** Asks with whom to begin a new conversation. */
  begin: () => void;
}

/** Everything that can be done from here, in the order in which it is shown when nothing is typed. */
export function commandsFor(place: Place): Command[] {
  return [
    ...(place.conversation ? hereCommands(place, place.conversation) : []),
    ...goCommands(place),
    ...(place.conversation ? peopleCommands(place, place.conversation) : []),
    ...lookCommands(place),
  ];
}

/** A command that is a shortcut too. */
function byKey(doings: Doings, group: Command["group"]) {
  return (keys: string, icon: IconName, says: Says): Command => ({
    id: `key-${keys}`,
    group,
    says,
    icon,
    keys,
    act: () => doings[keys]?.(),
  });
}

function hereCommands({ desk, words, doings }: Place, { number, state, archived }: Conversation): Command[] {
  const command = byKey(doings, "here");
  const details = command("c", "user", (t) => t("cust.title"));
  if (!desk.session.mayAct) return [details];
  const isOpen = state === "open" && !archived;
  const resolveAs = desk.categories.usable.map(({ id, name }): Command => ({
    id: `resolve-as-${id}`,
    group: "here",
    icon: "circleCheck",
    says: (t) => t("palette.resolveAs", { category: said(name, words.language) }),
    act: () => desk.actions.resolve(number, id),
  }));
  return [
    isOpen
      ? command("e", "circleCheck", (t) => t("action.resolve"))
      : command("e", "reopen", (t) => t("action.reopen")),
    ...(isOpen ? [command("Shift+e", "circleCheck", (t) => t("help.resolveNext")), ...resolveAs] : []),
    command("a", "userPlus", (t) => t("action.assign")),
    command("Shift+a", "userPlus", (t) => t("assign.me")),
    command("r", "send", (t) => t("help.reply")),
    command("m", "lock", (t) => t("help.note")),
    command("/", "bookmark", (t) => t("saved.title")),
    command("t", "tag", (t) => t("tags.add")),
    details,
    archived
      ? command("y", "archiveRestore", (t) => t("action.unarchive"))
      : command("y", "archive", (t) => t("action.archive")),
    command("Shift+u", "unread", (t) => t("action.markUnread")),
  ];
}

function goCommands({ desk, router, doings, begin }: Place): Command[] {
  const command = byKey(doings, "go");
  const bot = desk.session.botName;
  const beginning: Command = {
    id: "begin",
    group: "go",
    icon: "plus",
    says: (t) => t("begin.title"),
    act: begin,
  };
  return [
    ...views.map((view, i) => ({
      id: `view-${view}`,
      group: "go" as const,
      says: (t: Words["t"]) => tabName(t, view, bot),
      keys: String(i + 1),
      act: () =>
        router.go({ name: "conversations", view, number: undefined, filters: noFilters, seq: undefined }),
    })),
    ...(desk.session.mayAct ? [beginning] : []),
    command("n", "unread", (t) => t("help.nextUnread")),
    command("s", "search", (t) => t("keys.search")),
    ...groups
      .flatMap((group) => group.pages)
      .map(({ page, name }) => ({
        id: `settings-${page}`,
        group: "go" as const,
        icon: "settings" as const,
        says: (t: Words["t"]) => `${t("settings.title")}: ${name(t)}`,
        act: () => router.go({ name: "settings", page, item: undefined }),
      })),
  ];
}

function peopleCommands({ desk }: Place, { number, lead, agent_id, team_id }: Conversation): Command[] {
  if (!desk.session.mayAct) return [];
  const own = desk.session.agent?.id;
  const toTeams = desk.teams.all
    .filter((team) => team.id !== team_id || lead !== "nobody")
    .map((team): Command => ({
      id: `team-${team.id}`,
      group: "people",
      icon: "users",
      says: (t) => t("palette.assignToTeam", { team: team.name }),
      act: () => desk.actions.assignTeam(number, team.id),
    }));
  const toAgents = desk.people.assignable
    .filter((agent) => agent.id !== own && agent.id !== agent_id)
    .map((agent): Command => ({
      id: `assign-${agent.id}`,
      group: "people",
      icon: "userPlus",
      says: (t) => t("palette.assignTo", { agent: agent.name }),
      act: () => desk.actions.assign(number, agent.id),
    }));
  return [...toAgents, ...toTeams];
}

function lookCommands({ desk, words, doings }: Place): Command[] {
  const command = byKey(doings, "look");
  const themeNames: Record<Theme, Says> = {
    system: (t) => t("theme.system"),
    light: (t) => t("theme.light"),
    dark: (t) => t("theme.dark"),
  };
  const languageNames: Record<Language, Says> = { tr: (t) => t("lang.tr"), en: (t) => t("lang.en") };
  const speak = async (language: Language) => {
    await words.choose(language);
    await desk.session.speak(language).catch(() => undefined);
  };
  return [
    ...themes.map((theme) => ({
      id: `theme-${theme}`,
      group: "look" as const,
      says: (t: Words["t"]) => `${t("menu.theme")}: ${themeNames[theme](t)}`,
      act: () => desk.preferences.change({ theme }),
    })),
    ...languages.map((language) => ({
      id: `lang-${language}`,
      group: "look" as const,
      says: (t: Words["t"]) => `${t("menu.language")}: ${languageNames[language](t)}`,
      act: () => speak(language),
    })),
    command("?", "command", (t) => t("help.title")),
    {
      id: "sign-out",
      group: "look",
      icon: "logOut",
      says: (t) => t("auth.signOut"),
      act: () => desk.signOut(),
    },
  ];
}
