import type { Context } from "../chat/command.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Reader } from "../store/store.ts";

/** The moment at which a paper was issued, by the data of this one: what it would print had they been known. */
export function whenIssued<S extends Reader>(
  { issuedAt, draftedAt }: Pick<OfficialPaperRow, "issuedAt" | "draftedAt">,
  context: Context<S>,
): Context<S> {
  const now = Temporal.Instant.fromEpochMilliseconds(issuedAt ?? draftedAt);
  return { ...context, now, today: context.office.today(now) };
}
