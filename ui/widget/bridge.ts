/*
 * What the loader (on the customer's page of some website) and the frame (on ours) say
 * to each other. Every message carries the nonce that the loader made for its frame;
 * both sides check it together with the window and the origin it comes from, and
 * neither takes an address, a token or a colour from a message.
 */

export type Language = "tr" | "en";
export type Scheme = "auto" | "light" | "dark";

/** The page that the visitor is on. */
export interface Page {
  url: string;
  title: string;
}

/** What the loader tells its frame, and what the last five carry as their site gave it: unchecked. */
export type ToFrame =
  | { type: "open" | "close"; given: { focus: boolean } }
  /** Whether the panel takes the whole screen. */
  | { type: "full"; given: boolean }
  | { type: "page"; given: Page }
  | { type: "setLanguage" | "identify" | "setAttributes" | "prefill" | "logout"; given: unknown };

/** What a website can listen for. `open` and `close` come from the loader itself. */
export interface Happening {
  ready: undefined;
  unread: { count: number };
  "message:sent": { conversation: string };
  "message:received": { conversation: string; from: "agent" | "bot" };
  handover: { conversation: string };
  resolved: { conversation: string };
  error: { code: string };
}

/** What the frame tells its loader. */
export type ToLoader =
  /** The panel was opened or closed: here by hand, which moves the focus, or in another tab. */
  | { type: "open" | "close"; detail: { focus: boolean } }
  /** Whether there is a conversation to come back to. */
  | { type: "known"; detail: boolean }
  | { [Name in keyof Happening]: { type: Name; detail: Happening[Name] } }[keyof Happening];

/** What the loader hands its frame in the address's fragment, which no server sees. */
export interface Boot {
  nonce: string;
  /** The website's origin: the only one that the frame speaks to. */
  origin: string;
  language: Language;
  scheme: Scheme;
  color: string;
  full: boolean;
  page: Page;
}
