/** What else stands in a row's third line, and how much room there is. */
export interface Line {
  /** How wide the list is, in pixels. */
  width: number;
  /** Who has the conversation. */
  lead: string;
  /** How long the customer waits; empty where nobody does. */
  waiting: string;
  /** Whether it says that somebody looks at the conversation. */
  isWatched: boolean;
  /** How much larger the letters are than they are by themselves. */
  scale: number;
}

const mostTags = 2;

/** The width of a letter of the line, and what stands around the words, in pixels. */
const letter = 6.4;
const margins = 76;
const sign = 17;
const gap = 6;
const frame = 10;
const watcher = 41;
const rest = 23;

/** The least of a tag that still says something when it is cut short. */
const least = 40;

/**
 * How many of a conversation's tags are shown: as many as fit whole, for two halves of words
 * say less than one. Estimated from the letters, because a row is never measured.
 */
export function fitting(tags: readonly string[], line: Line): number {
  const wide = (text: string) => text.length * letter * line.scale;
  const whole = (tag: string) => gap + frame + wide(tag);
  const end = (line.waiting ? gap + wide(line.waiting) : 0) + (line.isWatched ? watcher : 0);
  const room = line.width - (margins + sign) * line.scale - wide(line.lead) - end;
  for (let count = Math.min(mostTags, tags.length); count > 0; count--) {
    const taken = tags.slice(0, count).reduce((sum, tag) => sum + whole(tag), 0);
    if (taken + (count < tags.length ? rest : 0) <= room) return count;
  }
  const isWorthIt = tags.length > 0 && room - (tags.length > 1 ? rest : 0) >= gap + frame + least;
  return isWorthIt ? 1 : 0;
}
