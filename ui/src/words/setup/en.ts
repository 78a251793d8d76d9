import type { Message } from "../message";

/** What the first run says; English is what the others are held to. */
export const en = {
  "setup.title": "Set up Parley",
  "setup.steps": "Steps of the set-up",
  "setup.done": "Done",
  "setup.next": "Continue",
  "setup.back": "Back",
  "setup.skip": "Skip",
  "setup.closed": "Parley is already set up",
  "setup.badCode": "This link is not valid. Use the one that Parley printed when it started",
  "setup.required": "Fill this in",

  "setup.place": "Language",
  "setup.placeTitle": "Language and time zone",
  "setup.placeHint": "This page works once, with the code that Parley printed when it started",
  "setup.language": "Language",
  "setup.zone": "Time zone",
  "setup.zoneHint": "Your working hours go by it. There it is {time} now",
  "setup.zoneUnknown": "The server doesn't know this time zone. Choose another one",

  "setup.owner": "Admin",
  "setup.admin": "Create the first administrator",
  "setup.adminHint": "You can add the others later",
  "setup.name": "Your name",
  "setup.emailWrong": "Write an e-mail address such as ada@example.com",
  "setup.passwordShort": "At least 12 characters are needed",
  "setup.passwordWeak": "This password is easy to guess. Try a longer sentence",

  "setup.team": "Team",
  "setup.teamTitle": "Name your team and the bot",
  "setup.teamHint": "Customers see both names. You can change them later in the settings",
  "setup.teamName": "Team name",
  "setup.botName": "Bot's name",

  "setup.widget": "Chat",
  "setup.widgetTitle": "Put the chat on your website",
  "setup.widgetHint": "Paste this line before </body> on every page",
  "setup.snippet": "The line for your website",
  "setup.copy": "Copy",
  "setup.copied": "Copied",
  "setup.noSite": "The line is in the settings, under “Chat window”",
  "setup.demo": "Try with sample data",
  "setup.demoHint":
    "Fills your inbox with the conversations of an invented shop, in Turkish and English. One click removes them again",
  "setup.demoDone": "The sample data are in your inbox",
  "setup.finish": "Go to the inbox",
} as const satisfies Record<string, Message>;

export type SetupKey = keyof typeof en;
