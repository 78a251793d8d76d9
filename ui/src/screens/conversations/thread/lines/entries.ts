import type { Message, Rating } from "$api/types";
import type { Outgoing } from "$desk/outgoing";
import { dayKey } from "$words/dates";

/** One line of the thread. */
export type Entry =
  | { type: "unread"; id: string }
  | { type: "events"; id: string; events: Message[] }
  | { type: "rating"; id: string; rating: Rating }
  | { type: "message"; id: string; message: Message; isFirst: boolean }
  | { type: "outgoing"; id: string; outgoing: Outgoing; isFirst: boolean };

/** The lines of one day, in the order of reading. */
export interface Day {
  /** yyyy-mm-dd */
  key: string;
  /** A moment of it. */
  at: number;
  entries: Entry[];
}

/** What is to be set out: a run of messages, and what stands among and behind them. */
export interface Setting {
  messages: readonly Message[];
  /** Whether the newest message is among them. */
  hasEnd: boolean;
  unreadFrom?: number | undefined;
  rating?: Rating | undefined;
  /** What is on its way; it comes behind the newest message. */
  outgoing: readonly Outgoing[];
}

/** Messages of one sender within this time stand under one name. */
const together = 5 * 60_000;

/**
 * Sets the messages out as they are shown: day by day, a line where the unread ones begin,
 * events that follow each other as one entry, the rating where it was given, and one name
 * over what one sender said in a row.
 */
export function daysOf(setting: Setting): Day[] {
  const { messages, hasEnd, unreadFrom } = setting;
  const book = new Book();
  let rating = setting.rating && ratingIn(messages, setting.rating);
  let previous: Message | undefined;
  for (const message of messages) {
    const at = Date.parse(message.at);
    if (rating && Date.parse(rating.at) < at) {
      book.enterRating(rating);
      rating = previous = undefined;
    }
    const isNewDay = book.open(at);
    if (message.seq === unreadFrom) book.enter({ type: "unread", id: "unread" });
    const isApart = isNewDay || message.seq === unreadFrom;
    if (message.kind === "event") book.enterEvent(message);
    else book.enter(entryOf(message, isApart || !belongsTogether(previous, message)));
    previous = message;
  }
  if (hasEnd && rating) book.enterRating(rating);
  if (hasEnd) book.enterAll(onTheirWay(messages, setting.outgoing));
  return book.days;
}

/** The days so far; lines are entered at the end of the last one. */
class Book {
  readonly days: Day[] = [];

  /** Goes on to the day of a moment, and tells whether it is a new one. */
  open(at: number): boolean {
    const key = dayKey(at);
    // A clock that runs slow does not turn the pages back.
    if (key <= (this.days.at(-1)?.key ?? "")) return false;
    this.days.push({ key, at, entries: [] });
    return true;
  }

  enter(entry: Entry): void {
    this.days.at(-1)?.entries.push(entry);
  }

  enterEvent(message: Message): void {
    const last = this.days.at(-1)?.entries.at(-1);
    if (last?.type === "events") last.events.push(message);
    else this.enter({ type: "events", id: `e-${message.seq}`, events: [message] });
  }

  enterRating(rating: Rating): void {
    this.open(Date.parse(rating.at));
    this.enter({ type: "rating", id: "rating", rating });
  }

  enterAll(outgoing: Outgoing[]): void {
    let previous: Outgoing | undefined;
    for (const each of outgoing) {
      const isFirst = this.open(each.at) || previous?.note !== each.note;
      this.enter({ type: "outgoing", id: each.id, outgoing: each, isFirst });
      previous = each;
    }
  }
}

/** The rating, unless it was given before the first of the messages. */
function ratingIn(messages: readonly Message[], rating: Rating): Rating | undefined {
  const first = messages[0];
  return first && first.at <= rating.at ? rating : undefined;
}

function entryOf(message: Message, isFirst: boolean): Entry {
  // The id of a message that this page sent stays what it was on its way: it is the same line.
  return { type: "message", id: message.client_id ?? `m-${message.seq}`, message, isFirst };
}

function belongsTogether(previous: Message | undefined, message: Message): boolean {
  return (
    previous?.kind === message.kind &&
    previous.author.id === message.author.id &&
    Date.parse(message.at) - Date.parse(previous.at) < together
  );
}

function onTheirWay(messages: readonly Message[], outgoing: readonly Outgoing[]): Outgoing[] {
  const arrived = new Set(messages.map((message) => message.client_id));
  return outgoing.filter((each) => !arrived.has(each.id));
}

/** The seq that a line stands for, or begins with; 0 for what is no message. */
export function lineOf(entry: Entry): number {
  if (entry.type === "message") return entry.message.seq;
  return entry.type === "events" ? (entry.events[0]?.seq ?? 0) : 0;
}
