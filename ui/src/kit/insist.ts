/** How long to wait before what could not be fetched is asked for again, in milliseconds. */
const restBetween = 1000;

/**
 * Fetches a part of the page, however often it takes: a line that is down for a moment
 * leaves no gap in the screen. For what stays on the screen; a part that opens on a press
 * is asked for again by the next press.
 */
export async function insist<T>(fetchPart: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await fetchPart();
    } catch {
      await new Promise((done) => setTimeout(done, restBetween));
    }
  }
}
