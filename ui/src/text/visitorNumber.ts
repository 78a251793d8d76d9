/**
 * Four digits that are always the same for one visitor, to tell those apart who are seen
 * side by side. They are made of the id, so nothing has to count visitors; two may share
 * them, and a conversation's own number is what names it.
 */
export function visitorNumber(id: string): string {
  let sum = 0;
  for (const letter of id) sum = (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  return String(1000 + (sum % 9000));
}
