import type { Sort, View } from "$api/types";
import { sorts } from "./order";

/** What an agent may set of the page for themselves. */
export interface Preferences {
  theme: Theme;
  density: Density;
  /** The text's size, in percent. */
  size: number;
  /** The skin tone of emoji: 0 for none, 1 (light) to 5 (dark). */
  tone: number;
  /** Whether single keys, without Ctrl or Cmd, are shortcuts. */
  singleKeys: boolean;
  /** Whether Enter sends; otherwise it starts a line, and Ctrl+Enter sends. */
  enterSends: boolean;
  /** How many seconds a reply rests, and can be taken back, before it goes. */
  sendDelay: SendDelay;
  /** What follows a reply to a conversation that nobody leads. */
  onReply: OnReply;
  /** What is shown once a conversation has left the list by what one did to it. */
  afterwards: Afterwards;
  /** What the team is told of one's being there. */
  standing: Standing;
  /** Whether the inbox leaves out what is resolved. */
  hideResolved: boolean;
  /** Whether lists show nothing but what is one's own. */
  mine: boolean;
  /** The order of each view's list, where it is not the newest first. */
  sorts: Partial<Record<View, Sort>>;
  /** Whose conversations are told about. */
  notifyOf: Scope;
  /** Whether the system's notices are shown. */
  desktop: boolean;
  sound: boolean;
  /** What is told about, and by which of the two. */
  occasions: Record<Occasion, Ways>;
  chime: Chime;
  /** How loud, from 0 to 100. */
  volume: number;
  /** Whether the page's title counts what waits. */
  titleCount: boolean;
  /** Whether the page's icon carries a dot when something came while one looked elsewhere. */
  iconDot: boolean;
}

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const densities = ["comfortable", "compact"] as const;
export type Density = (typeof densities)[number];

export const sendDelays = [0, 3, 5] as const;
export type SendDelay = (typeof sendDelays)[number];

export const afterwards = ["next", "previous", "stay", "list"] as const;
export type Afterwards = (typeof afterwards)[number];

/** auto: by whether anything moved lately */
export const standings = ["auto", "online", "away", "offline"] as const;
export type Standing = (typeof standings)[number];

/** opened: a conversation began, or the bot gave it to the team · message: a customer wrote again · assigned: one got a conversation */
export const occasions = ["opened", "message", "assigned"] as const;
export type Occasion = (typeof occasions)[number];

/** By which ways an occasion is told about. */
export interface Ways {
  desktop: boolean;
  sound: boolean;
}

/** mine: those one leads · unassigned: those and the ones nobody leads · all: every one */
export const scopes = ["mine", "unassigned", "all"] as const;
export type Scope = (typeof scopes)[number];

/** ask: one is asked to take it · take: one gets it · leave: it stays as it is */
export const onReplies = ["ask", "take", "leave"] as const;
export type OnReply = (typeof onReplies)[number];

export const chimes = ["drop", "bell", "knock"] as const;
export type Chime = (typeof chimes)[number];

export const smallest = 90;
export const largest = 125;

/** Reads what was kept, from whichever version of the page; what is missing or odd is as at first. */
export function readPreferences(kept: unknown): Preferences {
  const given = (typeof kept === "object" && kept !== null ? kept : {}) as Record<string, unknown>;
  return {
    theme: oneOf(themes, given["theme"], "system"),
    density: oneOf(densities, given["density"], "comfortable"),
    size: within(given["size"], smallest, largest, 100),
    tone: within(given["tone"], 0, 5, 0),
    singleKeys: given["singleKeys"] !== false,
    enterSends: given["enterSends"] !== false,
    sendDelay: oneOf(sendDelays, given["sendDelay"], 0),
    onReply: oneOf(onReplies, given["onReply"], "ask"),
    afterwards: oneOf(afterwards, given["afterwards"], "next"),
    standing: oneOf(standings, given["standing"], "auto"),
    hideResolved: given["hideResolved"] === true,
    mine: given["mine"] === true,
    sorts: readSorts(given["sorts"]),
    notifyOf: oneOf(scopes, given["notifyOf"], "unassigned"),
    desktop: given["desktop"] === true,
    sound: given["sound"] !== false,
    occasions: readOccasions(given["occasions"]),
    chime: oneOf(chimes, given["chime"], "drop"),
    volume: within(given["volume"], 0, 100, 60),
    titleCount: given["titleCount"] !== false,
    iconDot: given["iconDot"] !== false,
  };
}

function readSorts(kept: unknown): Partial<Record<View, Sort>> {
  const given = Object.entries(typeof kept === "object" && kept !== null ? kept : {});
  return Object.fromEntries(given.filter(([, sort]) => sorts.includes(sort as Sort)));
}

function readOccasions(kept: unknown): Record<Occasion, Ways> {
  const given = (typeof kept === "object" && kept !== null ? kept : {}) as Record<
    string,
    Partial<Ways> | null
  >;
  const ways = (occasion: Occasion): Ways => ({
    desktop: given[occasion]?.desktop !== false,
    sound: given[occasion]?.sound !== false,
  });
  return { opened: ways("opened"), message: ways("message"), assigned: ways("assigned") };
}

function oneOf<T extends string | number>(choices: readonly T[], given: unknown, otherwise: T): T {
  return choices.find((choice) => choice === given) ?? otherwise;
}

function within(given: unknown, least: number, most: number, otherwise: number): number {
  if (typeof given !== "number" || !Number.isFinite(given)) return otherwise;
  return Math.min(most, Math.max(least, Math.round(given)));
}
