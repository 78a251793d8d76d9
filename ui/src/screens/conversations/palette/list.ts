import { sorts } from "$desk/order";
import type { Sort } from "$api/types";
import type { Says } from "../keys/table";
import type { Narrowing } from "../list/narrow/narrowing";
import type { Command } from "./command";

const sortNames: Record<Sort, Says> = {
  newest: (t) => t("sort.newest"),
  oldest: (t) => t("sort.oldest"),
  waiting: (t) => t("sort.waiting"),
};

/** How the list is narrowed and ordered; what it is already is not offered. */
export function listCommands(narrowing: Narrowing): Command[] {
  const { filters } = narrowing;
  const filter = (id: string, says: Says, isOn: boolean, act: () => void): Command => ({
    id: `filter-${id}`,
    group: "list",
    icon: isOn ? "x" : "filter",
    says: (t) => (isOn ? t("filter.remove", { filter: says(t) }) : t("palette.filter", { filter: says(t) })),
    act,
  });
  const isAny = narrowing.count > 0 || filters.mine || filters.unread;
  return [
    narrowing.mayBeAssigned || filters.mine
      ? filter(
          "mine",
          (t) => t("filter.mine"),
          filters.mine,
          () => narrowing.turnMine(),
        )
      : [],
    filter(
      "unread",
      (t) => t("filter.unread"),
      filters.unread,
      () => narrowing.turnUnread(),
    ),
    narrowing.mayHideResolved ? hidingResolved(narrowing) : [],
    isAny ? clearing(narrowing) : [],
    sorts
      .filter((sort) => sort !== narrowing.sort)
      .map((sort): Command => ({
        id: `sort-${sort}`,
        group: "list",
        icon: "arrowUpDown",
        says: (t) => `${t("list.sort")}: ${sortNames[sort](t)}`,
        act: () => narrowing.order(sort),
      })),
  ].flat();
}

function hidingResolved(narrowing: Narrowing): Command {
  const isOn = narrowing.hidesResolved;
  return {
    id: "filter-resolved",
    group: "list",
    icon: isOn ? "eye" : "eyeOff",
    says: (t) => t(isOn ? "filter.showResolved" : "filter.hideResolved"),
    act: () => narrowing.hideResolved(!isOn),
  };
}

function clearing(narrowing: Narrowing): Command {
  return {
    id: "filter-clear",
    group: "list",
    icon: "x",
    says: (t) => t("filter.clear"),
    act: () => narrowing.clear(),
  };
}
