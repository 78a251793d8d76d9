import type { Sort, View } from "$api/types";
import type { PreferencesKeeper } from "$desk/preferences.svelte";
import { noFilters, type Filters } from "../../../../route/filters";
import type { Router } from "../../../../route/router.svelte";
import { mayBeAssigned } from "../../../../route/route";
import { mayHideResolved, sortOf } from "../query";

/** Where a list is narrowed; each is asked anew at every change. */
export interface Place {
  view: () => View;
  filters: () => Filters;
  /** The conversation that is open. */
  number: () => number | undefined;
}

/** Narrows the list on the screen: the address says how, and the agent's own settings. */
export class Narrowing {
  readonly #place: Place;
  readonly #router: Router;
  readonly #preferences: PreferencesKeeper;

  constructor(place: Place, router: Router, preferences: PreferencesKeeper) {
    this.#place = place;
    this.#router = router;
    this.#preferences = preferences;
  }

  get filters(): Filters {
    return this.#place.filters();
  }

  get sort(): Sort {
    return sortOf(this.#place.view(), this.filters, this.#preferences.now);
  }

  /** Whether there is something resolved to hide, and whether it is hidden. */
  get mayHideResolved(): boolean {
    return mayHideResolved(this.#place.view());
  }

  get hidesResolved(): boolean {
    return this.mayHideResolved && this.#preferences.now.hideResolved;
  }

  /** Whether what the view holds may be an agent's, so that asking for one's own makes sense. */
  get mayBeAssigned(): boolean {
    return mayBeAssigned(this.#place.view());
  }

  /** How many filters are in use, beside those that have a button of their own. */
  get count(): number {
    const { agent, team, tag, channel, language, since, until } = this.filters;
    const given = [agent, team, tag, channel, language, since ?? until].filter((each) => each !== undefined);
    return given.length + (this.hidesResolved ? 1 : 0);
  }

  change(change: Partial<Filters>): void {
    const [view, number, filters] = [
      this.#place.view(),
      this.#place.number(),
      { ...this.filters, ...change },
    ];
    // It is carried from list to list, so it is the agent's own setting as well.
    if (change.mine !== undefined) this.#preferences.change({ mine: change.mine });
    this.#router.replace({ name: "conversations", view, number, filters, seq: undefined });
  }

  /** Shows one's own alone, or everybody's again. */
  turnMine(): void {
    this.change({ mine: !this.filters.mine, agent: undefined });
  }

  turnUnread(): void {
    this.change({ unread: !this.filters.unread });
  }

  hideResolved(isHidden: boolean): void {
    this.#preferences.change({ hideResolved: isHidden });
  }

  /** Orders the list, and keeps the order for its tab. */
  order(sort: Sort): void {
    this.#preferences.change({ sorts: { ...this.#preferences.now.sorts, [this.#place.view()]: sort } });
    this.change({ sort: sort === "newest" ? undefined : sort });
  }

  /** Takes every filter away; the order stays, unless it leaves conversations out itself. */
  clear(): void {
    if (this.hidesResolved) this.hideResolved(false);
    if (this.sort === "waiting") this.order("newest");
    this.change({ ...noFilters, sort: this.filters.sort });
  }
}
