import type { Language } from "../bridge";

/** What the launcher says, in both languages: it must speak before anything is loaded. */
export const launcherWords: Record<
  Language,
  Record<"open" | "close" | "unread" | "title" | "greeting", string>
> = {
  tr: {
    open: "Sohbeti aç",
    close: "Sohbeti kapat",
    unread: "okunmamış mesaj: ",
    title: "Sohbet",
    greeting: "Merhaba! Size nasıl yardımcı olabiliriz?",
  },
  en: {
    open: "Open chat",
    close: "Close chat",
    unread: "unread messages: ",
    title: "Chat",
    greeting: "Hello! How can we help?",
  },
};
