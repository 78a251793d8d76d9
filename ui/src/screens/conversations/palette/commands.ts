import type { Conversation } from "$api/types";
import { standings, themes, type Standing, type Theme } from "$desk/preferences";
import { languages, type Language, type Words } from "$words/words.svelte";
import { listOf, views } from "../../../route/route";
import { groups } from "../../settings/pages";
import type { Says } from "../keys/table";
import type { Panels } from "../panels.svelte";
import { tabName } from "../status";
import { byKey, type Command, type Place } from "./command";
import { hereCommands, pickedCommands } from "./here";
import { listCommands } from "./list";

/** Everything that can be done from here, in the order in which it is shown when nothing is typed. */
export function commandsFor(place: Place): Command[] {
  const { conversation, panels, narrowing, many } = place;
  const isOne = conversation && panels && !many?.isMeant;
  return [
    ...(many?.isMeant ? pickedCommands(place, many) : []),
    ...(isOne ? hereCommands(place, conversation, panels) : []),
    ...(narrowing ? listCommands(narrowing) : []),
    ...goCommands(place),
    ...(isOne ? peopleCommands(place, conversation) : []),
    ...lookCommands(place),
  ];
}

function goCommands({ desk, router, doings, panels }: Place): Command[] {
  const command = byKey(doings, "go");
  const bot = desk.session.botName;
  const beginning = (panels: Panels): Command => ({
    id: "begin",
    group: "go",
    icon: "plus",
    says: (t) => t("begin.title"),
    act: () => (panels.isBeginning = true),
  });
  return [
    ...views.map((view, i) => {
      const keys = String(i + 1);
      return {
        id: `view-${view}`,
        group: "go" as const,
        says: (t: Words["t"]) => tabName(t, view, bot),
        ...(doings[keys] && { keys }),
        act: doings[keys] ?? (() => router.go(listOf(view, desk.preferences.now.mine))),
      };
    }),
    ...(panels && desk.session.mayAct ? [beginning(panels)] : []),
    ...command("n", "unread", (t) => t("help.nextUnread")),
    ...command("s", "search", (t) => t("keys.search")),
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

const themeNames: Record<Theme, Says> = {
  system: (t) => t("theme.system"),
  light: (t) => t("theme.light"),
  dark: (t) => t("theme.dark"),
};
const languageNames: Record<Language, Says> = { tr: (t) => t("lang.tr"), en: (t) => t("lang.en") };
const standingNames: Record<Standing, Says> = {
  auto: (t) => t("presence.auto"),
  online: (t) => t("presence.alwaysOnline"),
  away: (t) => t("presence.away"),
  offline: (t) => t("presence.seemOffline"),
};

function lookCommands({ desk, words, doings }: Place): Command[] {
  const command = byKey(doings, "look");
  const { preferences, session } = desk;
  const speak = async (language: Language) => {
    await words.choose(language);
    await session.speak(language).catch(() => undefined);
  };
  const choice = (id: string, says: Says, act: () => unknown): Command => ({ id, group: "look", says, act });
  return [
    ...standings
      .filter((standing) => standing !== preferences.now.standing)
      .map((standing) =>
        choice(
          `presence-${standing}`,
          (t) => `${t("presence.label")}: ${standingNames[standing](t)}`,
          () => preferences.change({ standing }),
        ),
      ),
    ...themes.map((theme) =>
      choice(
        `theme-${theme}`,
        (t) => `${t("menu.theme")}: ${themeNames[theme](t)}`,
        () => preferences.change({ theme }),
      ),
    ),
    ...languages.map((language) =>
      choice(
        `lang-${language}`,
        (t) => `${t("menu.language")}: ${languageNames[language](t)}`,
        () => speak(language),
      ),
    ),
    ...command("?", "keyboard", (t) => t("help.title")),
    {
      id: "sign-out",
      group: "look",
      icon: "logOut",
      says: (t) => t("auth.signOut"),
      act: () => desk.signOut(),
    },
  ];
}
