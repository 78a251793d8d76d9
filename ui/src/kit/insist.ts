/** How long to wait before what could not be fetched is asked for again, in milliseconds. */
const restBetween = 1000;
/** How long a part may be missing while the server answers, in milliseconds. */
const patience = 5000;

/** Nothing answers, and whoever asked does not want to wait. */
export class LineIsDown extends Error {}

/**
 * Fetches a part of the page, however long the line is down; where `waits` is false, it
 * throws LineIsDown then. Throws what was thrown where the server `answers` and the part is
 * missing, for a while: the server is newer than this page then, and only loading the page
 * again helps.
 */
export async function insist<T>(
  fetchPart: () => Promise<T>,
  answers: () => Promise<boolean>,
  waits = true,
): Promise<T> {
  let since: number | undefined;
  for (;;) {
    try {
      return await fetchPart();
    } catch (thrown) {
      if (!(await answers())) {
        if (!waits) throw new LineIsDown();
        since = undefined;
      } else if (Date.now() - (since ??= Date.now()) >= patience) throw thrown;
      await new Promise((done) => setTimeout(done, restBetween));
    }
  }
}
