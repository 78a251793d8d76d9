import type { Language } from "../bridge";

/** What the launcher says, in both languages: it must speak before anything is loaded. */
export const launcherWords: Record<
  Language,
  Record<"open" | "close" | "dismiss" | "unread" | "title" | "greeting", string>
> = {
  tr: {
    open: "Sohbeti aç",
    close: "Sohbeti kapat",
    dismiss: "Karşılamayı gizle",
    unread: "okunmamış mesaj: ",
    title: "Sohbet",
    greeting: "Merhaba! Size nasıl yardımcı olabiliriz?",
  },
  en: {
    open: "Open chat",
    close: "Close chat",
    dismiss: "Hide the greeting",
    unread: "unread messages: ",
    title: "Chat",
    greeting: "Hello! How can we help?",
  },
};
