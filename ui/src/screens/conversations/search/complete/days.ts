import { fold } from "$text/fold";
import type { Words } from "$words/words.svelte";
import { dayKey } from "$words/dates";

/** A day, a month or a year as a search takes it. */
export interface Day {
  slug: string;
  says: string;
}

const typedForms = [
  /^(?<y>\d{4})[-/](?<m>\d{2})[-/](?<d>\d{2})$/,
  /^(?<d>\d{1,2})[./](?<m>\d{1,2})[./](?<y>\d{4})$/,
];

/** The days that what is typed may mean: those one asks for most, or the day that is written. */
export function days(typed: string, now: number, words: Words): Day[] {
  const { t, dates, language } = words;
  const isTurkish = language === "tr";
  const today = new Date(now);
  const ago = (n: number): Day => ({
    slug: `${n}${isTurkish ? "g" : "d"}`,
    says: t("search.daysAgo", { n }),
  });
  const month = (back: number): Day => {
    const first = new Date(today.getFullYear(), today.getMonth() - back, 1);
    return { slug: dayKey(first.getTime()).slice(0, 7), says: dates.month(first.getTime()) };
  };
  const known: Day[] = [
    { slug: isTurkish ? "bugün" : "today", says: t("search.today") },
    { slug: isTurkish ? "dün" : "yesterday", says: t("search.yesterday") },
    ago(7),
    ago(30),
    month(0),
    month(1),
    { slug: String(today.getFullYear()), says: t("search.year", { year: String(today.getFullYear()) }) },
  ];
  const wanted = fold(typed.trim());
  const fitting = known.filter(
    ({ slug, says }) => fold(slug).startsWith(wanted) || fold(says).includes(wanted),
  );
  const ofAgo = /^(\d{1,4})[dg]$/.exec(wanted)?.[1];
  if (ofAgo !== undefined) return [ago(Number(ofAgo))];
  const day = dayIn(typed.trim());
  return day === undefined ? fitting : [{ slug: typed.trim(), says: dates.date(day) }];
}

/** The first moment of a day that is written in full, if it is one. */
function dayIn(text: string): number | undefined {
  for (const form of typedForms) {
    const { y, m, d } = form.exec(text)?.groups ?? {};
    const day = new Date(Number(y), Number(m) - 1, Number(d));
    if (day.getMonth() === Number(m) - 1 && day.getDate() === Number(d)) return day.getTime();
  }
  return undefined;
}
