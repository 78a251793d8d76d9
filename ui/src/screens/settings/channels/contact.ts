import type { Site } from "$api/types";

/** What the server sets when a website first loads its widget. */
const ofContact = ["rev", "first_contact_at"];

/**
 * What is being edited of a site, with the first contact that was found meanwhile: that
 * is no change of somebody else's, which saving would run into. Undefined where there was
 * none, or where there was such a change, too.
 */
export function withContact(before: Site, found: Site, edited: Site): Site | undefined {
  const isOther = (Object.keys({ ...before, ...found }) as (keyof Site)[]).some(
    (key) => !ofContact.includes(key) && JSON.stringify(found[key]) !== JSON.stringify(before[key]),
  );
  const { rev, first_contact_at } = found;
  if (isOther || first_contact_at === undefined) return undefined;
  // In the order of what was found, so that the two compare as equal.
  const merged = { ...found, ...edited, rev, first_contact_at };
  if (!edited.logo) delete merged.logo;
  return merged;
}
