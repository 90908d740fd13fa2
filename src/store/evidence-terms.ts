import { and, asc, eq, inArray, isNotNull, isNull, lt, ne, not, or, sql } from "drizzle-orm";
import type { EpochMs } from "../domain/ids.ts";
import { ENDS } from "../domain/issues/states.ts";
import type { Db } from "./open.ts";
import { evidence, exemption, exposurePicture, issue, response, transfer, transferIssue } from "./schema.ts";

/** Ended before an instant, and so has what it goes on as. Its last line counts: what was reopened meanwhile has begun anew. */
const endedBefore = (since: EpochMs) =>
  and(
    inArray(issue.state, [...ENDS]),
    lt(issue.movedAt, since),
    sql`not exists (
      with recursive goes(id) as (
        select ${issue.mergedInto}
        union
        select further.merged_into from issue further join goes on further.id = goes.id
      )
      select 1 from issue heir join goes on heir.id = goes.id
      where heir.state not in ${ENDS} or heir.moved_at >= ${since}
    )`,
  );

/**
 * What papers show for good: an order the pictures of how it was found, the slip of a closing those of before and after, a
 * transfer all that was kept. Issued papers of their own kinds are bytes by themselves.
 */
function shownByPapers(db: Db) {
  const transferred = db
    .select({ id: transferIssue.issueId })
    .from(transferIssue)
    .innerJoin(transfer, eq(transfer.id, transferIssue.transferId))
    .where(ne(transfer.state, "refused"));
  const isPicture = isNotNull(evidence.width);
  return or(
    inArray(evidence.issueId, transferred),
    and(isPicture, eq(evidence.kind, "before"), sql`coalesce(${evidence.round}, 1) = 1`),
    and(isPicture, inArray(evidence.kind, ["before", "after"]), eq(issue.state, "closed")),
  );
}

export function evidenceTermWrites(db: Db) {
  const restedOn = [
    db.select({ id: exemption.evidenceId }).from(exemption).where(isNotNull(exemption.evidenceId)),
    db.select({ id: response.evidenceId }).from(response).where(isNotNull(response.evidenceId)),
    db.select({ id: exposurePicture.evidenceId }).from(exposurePicture),
  ];
  return {
    /**
     * Gives up the files of what ended before an instant, and those that belong to no issue and came before it: the rows stay
     * and say when. Nothing goes that an exemption, the order of a response, a 曝光 or an issue's papers rest on.
     * @returns how many, `most` at most.
     */
    async giveUp(since: EpochMs, at: EpochMs, most: number): Promise<number> {
      const rows = await db
        .select({ id: evidence.id })
        .from(evidence)
        .leftJoin(issue, eq(issue.id, evidence.issueId))
        .where(
          and(
            isNull(evidence.removedAt),
            lt(evidence.at, since),
            or(isNull(evidence.issueId), and(endedBefore(since), not(sql`(${shownByPapers(db)})`))),
            ...restedOn.map((ids) => not(inArray(evidence.id, ids))),
          ),
        )
        .orderBy(asc(evidence.id))
        .limit(most);
      const ids = rows.map(({ id }) => id);
      await db.update(evidence).set({ removedAt: at }).where(inArray(evidence.id, ids));
      return ids.length;
    },
  };
}
