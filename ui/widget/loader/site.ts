import type { Language, Scheme } from "../bridge";

/** What the server writes into the loader in place of `__PARLEY_SITE__`. */
export interface Site {
  key: string;
  /** Parley's own origin, where the frame comes from. */
  origin: string;
  /** #rrggbb */
  color: string;
  position: "left" | "right";
  /** Distance from the window's edges, in pixels. */
  offset_x: number;
  offset_y: number;
  /** The shape of one of the icons. */
  launcher_icon: string;
  launcher_text?: Partial<Record<Language, string>>;
  hide_launcher?: boolean;
  scheme: Scheme;
  language: Language | "auto";
  texts?: Partial<Record<Language, { title?: string; greeting?: string }>>;
}
