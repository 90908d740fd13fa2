import { and, asc, eq, gt, isNull } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { invitation, person, post } from "./schema.ts";

/** What a second member of the office has to agree to: an invitation, or a change of post. */
type Granted = { kind: "invitation" | "post"; id: number };

export function grantReads(db: Db) {
  return {
    /** What waits for a second person at `now`, oldest first: invitations, then posts. */
    async open(now: EpochMs) {
      const columns = {
        role: invitation.role,
        regionId: invitation.regionId,
        departmentId: invitation.departmentId,
      };
      const invited = await db
        .select({ id: invitation.id, name: invitation.name, by: invitation.createdBy, ...columns })
        .from(invitation)
        .where(
          and(
            eq(invitation.needsSecond, true),
            isNull(invitation.secondBy),
            isNull(invitation.usedAt),
            gt(invitation.expiresAt, now),
          ),
        )
        .orderBy(asc(invitation.id));
      const posts = await db
        .select({
          id: post.id,
          name: person.name,
          by: post.createdBy,
          role: post.role,
          regionId: post.regionId,
          departmentId: post.departmentId,
        })
        .from(post)
        .innerJoin(person, eq(person.id, post.personId))
        .where(
          and(
            eq(post.needsSecond, true),
            isNull(post.secondBy),
            eq(post.state, "planned"),
            eq(person.active, true),
          ),
        )
        .orderBy(asc(post.id));
      return [
        ...invited.map((one) => ({ kind: "invitation" as const, ...one })),
        ...posts.map((one) => ({ kind: "post" as const, ...one })),
      ];
    },
  };
}

export function grantWrites(db: Db) {
  return {
    /** @returns false when somebody has decided before. */
    async agree({ kind, id }: Granted, by: PersonId, at: EpochMs): Promise<boolean> {
      const set = { secondBy: by, secondAt: at };
      const rows =
        kind === "invitation"
          ? await db
              .update(invitation)
              .set(set)
              .where(and(eq(invitation.id, id), isNull(invitation.secondBy)))
              .returning({ id: invitation.id })
          : await db
              .update(post)
              .set(set)
              .where(and(eq(post.id, id), isNull(post.secondBy), eq(post.state, "planned")))
              .returning({ id: post.id });
      return rows.length === 1;
    },
    /** Ends what waits before it holds. @returns false when somebody has decided before. */
    async refuse({ kind, id }: Granted, at: EpochMs): Promise<boolean> {
      const rows =
        kind === "invitation"
          ? await db
              .update(invitation)
              .set({ expiresAt: at })
              .where(and(eq(invitation.id, id), isNull(invitation.secondBy), gt(invitation.expiresAt, at)))
              .returning({ id: invitation.id })
          : await db
              .update(post)
              .set({ state: "ended" })
              .where(and(eq(post.id, id), isNull(post.secondBy), eq(post.state, "planned")))
              .returning({ id: post.id });
      return rows.length === 1;
    },
  };
}
