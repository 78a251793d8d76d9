/**
 * Makes something with state of its own that outlives whoever asks for it first. Made
 * inside a derived value without this, its state would count as that value's own, and
 * the value would not follow it. Such things hold no derived values themselves: those
 * would end with whoever happened to ask first.
 */
export function lasting<T>(make: () => T): T {
  const made: T[] = [];
  const release = $effect.root(() => {
    made.push(make());
  });
  release();
  return made[0] as T;
}
