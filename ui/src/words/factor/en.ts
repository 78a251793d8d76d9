import type { Message } from "../message";

/** What two-step verification says where it is set up, besides the common words. */
export const en = {
  "factor.title": "Two-step verification",
  "factor.about":
    "After your password, signing in asks for a code that an app on your phone shows. Somebody who knows your password still can't get in",
  "factor.off": "Off",
  "factor.since": "On since {date}",
  "factor.left": { one: "{n} recovery code left", other: "{n} recovery codes left" },
  "factor.few": "Make new recovery codes before you run out",
  "factor.required": "Your team requires it of everyone",
  "factor.turnOn": "Turn on",
  "factor.turnOff": "Turn off",
  "factor.renew": "Make new recovery codes",
  "factor.isOn": "Two-step verification is on",
  "factor.isOff": "Two-step verification is off",
  "factor.notLoaded": "It couldn't be loaded: {why}",

  "factor.first": "First, your password",
  "factor.continue": "Continue",
  "factor.scan": "Scan this with an authenticator app on your phone",
  "factor.apps": "Any will do, such as Google Authenticator, Microsoft Authenticator, Aegis or 1Password",
  "factor.picture": "QR code for an authenticator app",
  "factor.byHand": "Can't scan it? Type this key into the app:",
  "factor.openApp": "Open in an app on this device",
  "factor.code": "Code that the app shows",
  "factor.codeHint": "6 digits; a new one comes every 30 seconds",
  "factor.others": "Your other sessions will be signed out",
  "factor.wrong":
    "This code isn't right. Enter the one that the app shows now. If that doesn't help, check the clock of your phone",
  "factor.tooLate": "This took too long. Begin again with your password",
  "factor.copyKey": "Copy the key",

  "factor.codes": "Recovery codes",
  "factor.codesHint":
    "If you lose your phone, these let you in; each works once. They won't be shown again, so keep them in a safe place",
  "factor.copy": "Copy",
  "factor.copied": "Copied",
  "factor.download": "Download",
  "factor.done": "I have saved them",
  "factor.file": "Parley recovery codes of {email}, made {date}. Each works once",
  "factor.fileName": "parley-recovery-codes.txt",

  "factor.confirmOff": "Turn two-step verification off?",
  "factor.confirmOffHint": "Your password alone will then be enough to sign in",
  "factor.confirmRenew": "Make new recovery codes?",
  "factor.confirmRenewHint": "The codes you have now will stop working",

  "factor.mustTitle": "Set up two-step verification",
  "factor.must":
    "Your team requires two-step verification. Set it up to go on; what you have written is kept",

  "factor.has": "Two-step verification",
  "factor.hasNot": "Password only",
  "factor.resetShort": "Remove",
  "factor.reset": "Remove two-step verification",
  "factor.resetOf": "Remove two-step verification: {name}",
  "factor.confirmReset": "Remove the two-step verification of this agent: {name}?",
  "factor.confirmResetHint":
    "For somebody who lost both phone and recovery codes. Make sure that it is really them who ask: from then on their password is enough",
  "factor.wasReset": "Two-step verification removed: {name}",
  "factor.rule": "Require two-step verification of everyone",
  "factor.ruleHint": "Agents who don't have it set it up when they next sign in or do anything",
  "factor.ruleOwn": "Turn on your own first, in your profile",
  "factor.ruleOwner": "Only owners can change this",
  "factor.count": { one: "{n} of {all} agents has it", other: "{n} of {all} agents have it" },
} as const satisfies Record<string, Message>;
