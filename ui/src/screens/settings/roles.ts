import type { Role } from "$api/types";

const order: readonly Role[] = ["reporter", "agent", "admin", "owner"];

/** Whether a role may change the team and who belongs to it. */
export function mayManage(role: Role | undefined): boolean {
  return role === "admin" || role === "owner";
}

/** The roles that somebody may give, or take from one who has `from`: none above their own. */
export function grantable(own: Role | undefined, from: Role = "reporter"): Role[] {
  if (!own || !mayManage(own) || order.indexOf(from) > order.indexOf(own)) return [];
  return order.slice(0, order.indexOf(own) + 1).toReversed();
}
