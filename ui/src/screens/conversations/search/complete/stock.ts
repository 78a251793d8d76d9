import type { Desk } from "$desk/desk.svelte";
import type { Stock } from "./values";

/** What values are completed from, as the page knows it now. */
export function stockOf({ people, teams, session, tags, search, clock, conversations }: Desk): Stock {
  const found = (search.page?.hits ?? []).map(({ conversation }) => conversation);
  const customers = [...found, ...conversations.seen()].map(({ customer }) => customer);
  return {
    agents: people.all.filter(({ active }) => active),
    teams: teams.all,
    me: session.agent?.id,
    tags: tags.all,
    customers: [...new Map(customers.map((customer) => [customer.id, customer])).values()],
    bot: session.botName,
    now: clock.now,
  };
}
