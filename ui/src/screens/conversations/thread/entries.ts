import type { Message } from "$api/types";
import type { Outgoing } from "$desk/outgoing";
import { dayKey } from "$words/dates";

/** One line of the thread, in the order of reading. */
export type Entry =
  | { type: "day"; id: string; at: number; key: string }
  | { type: "unread"; id: string }
  | { type: "events"; id: string; events: Message[] }
  | { type: "message"; id: string; message: Message; isFirst: boolean }
  | { type: "outgoing"; id: string; outgoing: Outgoing; isFirst: boolean };

/** Messages of one sender within this time stand under one name. */
const together = 5 * 60_000;

/**
 * Sets the messages out as they are shown: a line where a day begins, a line where the
 * unread ones begin, events that follow each other as one entry, and one name over
 * what one sender said in a row. What is on its way comes last.
 */
export function entriesOf(
  messages: readonly Message[],
  outgoing: readonly Outgoing[],
  unreadFrom: number | undefined,
): Entry[] {
  const entries: Entry[] = [];
  let day = "";
  let previous: Message | undefined;
  for (const message of messages) {
    const at = Date.parse(message.at);
    const key = dayKey(at);
    if (key !== day) entries.push({ type: "day", id: `day-${key}`, at, key });
    if (message.seq === unreadFrom) entries.push({ type: "unread", id: "unread" });
    const isApart = key !== day || message.seq === unreadFrom;
    if (message.kind === "event") addEvent(entries, message);
    else entries.push(entryOf(message, isApart || !belongsTogether(previous, message)));
    day = key;
    previous = message;
  }
  return [...entries, ...onTheirWay(messages, outgoing)];
}

function entryOf(message: Message, isFirst: boolean): Entry {
  // The id of a message that this page sent stays what it was on its way: it is the same line.
  return { type: "message", id: message.client_id ?? `m-${message.seq}`, message, isFirst };
}

function addEvent(entries: Entry[], message: Message): void {
  const last = entries.at(-1);
  if (last?.type === "events") last.events.push(message);
  else entries.push({ type: "events", id: `e-${message.seq}`, events: [message] });
}

function belongsTogether(previous: Message | undefined, message: Message): boolean {
  return (
    previous?.kind === message.kind &&
    previous.author.id === message.author.id &&
    Date.parse(message.at) - Date.parse(previous.at) < together
  );
}

function onTheirWay(messages: readonly Message[], outgoing: readonly Outgoing[]): Entry[] {
  const arrived = new Set(messages.map((message) => message.client_id));
  const waiting = outgoing.filter((each) => !arrived.has(each.id));
  return waiting.map((each, i) => ({
    type: "outgoing",
    id: each.id,
    outgoing: each,
    isFirst: i === 0 || waiting[i - 1]?.note !== each.note,
  }));
}
