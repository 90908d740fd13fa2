import { and, asc, eq, inArray, isNotNull, ne, or } from "drizzle-orm";
import type { IssueId } from "../domain/ids.ts";
import { differingBits, nearParts, type PictureLook } from "../domain/picture-look.ts";
import type { Db } from "./open.ts";
import { evidence, pictureLook } from "./schema.ts";

export type Evidence = typeof evidence.$inferSelect;
export type EvidenceKind = Evidence["kind"];

/** Where a piece of evidence belongs. */
export type Placed = { issueId: IssueId; round: number; kind: EvidenceKind };

/** Which pictures are the same, or nearly. */
export function twinReads(db: Db) {
  return {
    /**
     * The picture handed in for an issue, by anybody, that this one is the same as or nearly: in `bits` of 64 at most. Of the
     * pictures of its own kind that came for the same round none is meant: a camera takes several of one thing.
     */
    async twinOf(
      { id, sha256, sentSha256, width }: Evidence,
      { issueId, round, kind }: Placed,
      bits: number,
    ): Promise<Evidence | null> {
      if (width === null) return null;
      const handedIn = and(
        isNotNull(evidence.issueId),
        isNotNull(evidence.width),
        ne(evidence.id, id),
        or(ne(evidence.issueId, issueId), ne(evidence.round, round), ne(evidence.kind, kind)),
      );
      const [same] = await db
        .select()
        .from(evidence)
        .where(and(handedIn, or(eq(evidence.sentSha256, sentSha256), eq(evidence.sha256, sha256))))
        .orderBy(asc(evidence.id))
        .limit(1);
      if (same !== undefined) return same;
      const [seen] = await db.select().from(pictureLook).where(eq(pictureLook.sha256, sha256));
      const look = seen === undefined ? null : lookIn(seen);
      if (look === null) return null;
      const [a, b, c, d] = look.map(nearParts) as [number[], number[], number[], number[]];
      const near = await db
        .select({ row: evidence, seen: pictureLook })
        .from(pictureLook)
        .innerJoin(evidence, eq(evidence.sha256, pictureLook.sha256))
        .where(
          and(
            or(
              inArray(pictureLook.a, a),
              inArray(pictureLook.b, b),
              inArray(pictureLook.c, c),
              inArray(pictureLook.d, d),
            ),
            handedIn,
          ),
        );
      const differing = near.map(({ row, seen: other }) => ({
        row,
        by: differingBits(look, lookIn(other) ?? [0, 0, 0, 0]),
      }));
      const [nearest] = differing
        .filter(({ by }) => by <= bits)
        .toSorted((one, other) => one.by - other.by || one.row.id - other.row.id);
      return nearest?.row ?? null;
    },
  };
}

/** Null of a picture that shows nothing. */
function lookIn({ a, b, c, d }: typeof pictureLook.$inferSelect): PictureLook | null {
  return a === null || b === null || c === null || d === null ? null : [a, b, c, d];
}
