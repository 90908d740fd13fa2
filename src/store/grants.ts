import { and, asc, eq, gt, isNull } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { invitation } from "./schema.ts";

const { id, name, role, regionId, departmentId, createdBy } = invitation;

/** Invitations that wait for a second member of the office. */
export function grantReads(db: Db) {
  return {
    /** What waits at `now`, oldest first. */
    async open(now: EpochMs) {
      return db
        .select({ id, name, role, regionId, departmentId, by: createdBy })
        .from(invitation)
        .where(
          and(
            eq(invitation.needsSecond, true),
            isNull(invitation.secondBy),
            isNull(invitation.usedAt),
            gt(invitation.expiresAt, now),
          ),
        )
        .orderBy(asc(id));
    },
  };
}

export function grantWrites(db: Db) {
  const undecided = (which: number) => and(eq(id, which), isNull(invitation.secondBy));
  return {
    /** @returns false when somebody has decided before. */
    async agree(which: number, by: PersonId, at: EpochMs): Promise<boolean> {
      const set = { secondBy: by, secondAt: at };
      return (await db.update(invitation).set(set).where(undecided(which)).returning({ id })).length === 1;
    },
    /** Ends what waits before it holds. @returns false when somebody has decided before. */
    async refuse(which: number, at: EpochMs): Promise<boolean> {
      const rows = await db
        .update(invitation)
        .set({ expiresAt: at })
        .where(and(undecided(which), gt(invitation.expiresAt, at)))
        .returning({ id });
      return rows.length === 1;
    },
  };
}
