import type { Role, View } from "$api/types";
import { write } from "../../../route/route";
import type { Words } from "$words/words.svelte";
import { mayManage } from "../../settings/roles";
import { tabName } from "../status";

/** What an empty list says, and where one may go from there. */
export interface EmptyWords {
  says: string;
  hint: string;
  step: { label: string; href: string } | undefined;
}

interface Ground {
  bot: string;
  role: Role | undefined;
  /** The address of a view's list. */
  listAddress: (view: View) => string;
}

/** Why a view holds nothing: for some of them that is good news. */
export function emptyWords(t: Words["t"], view: View, { bot, role, listAddress }: Ground): EmptyWords {
  const to = (view: View) => ({
    label: t("list.goTo", { tab: tabName(t, view, bot) }),
    href: listAddress(view),
  });
  /** A page of the settings, for whoever may change something there. */
  const setUp = (label: string, page: "widget" | "bot") =>
    mayManage(role) ? { label, href: write({ name: "settings", page, item: undefined }) } : undefined;
  const words: Record<View, EmptyWords> = {
    inbox: {
      says: t("empty.inbox"),
      hint: t("empty.inboxHint"),
      step: setUp(t("empty.setUpWidget"), "widget"),
    },
    unassigned: { says: t("empty.unassigned"), hint: t("empty.unassignedHint"), step: to("assigned") },
    assigned: { says: t("empty.assigned"), hint: t("empty.assignedHint"), step: to("unassigned") },
    resolved: { says: t("empty.resolved"), hint: t("empty.resolvedHint"), step: to("unresolved") },
    unresolved: { says: t("empty.unresolved"), hint: t("empty.unresolvedHint"), step: to("resolved") },
    jetbot: {
      says: t("empty.jetbot", { bot }),
      hint: t("empty.jetbotHint"),
      step: setUp(t("empty.setUpBot"), "bot"),
    },
    archive: { says: t("empty.archive"), hint: t("empty.archiveHint"), step: to("resolved") },
  };
  return words[view];
}
