import { and, asc, desc, eq, inArray, ne } from "drizzle-orm";
import type { EpochMs, IssueId, PersonId } from "../domain/ids.ts";
import { boxesText, type MaskBox, readBoxes } from "../domain/mask-boxes.ts";
import type { Exposing, ExposureState } from "../domain/papers/exposure-rule.ts";
import type { Db } from "./open.ts";
import { evidence, exposure, exposurePicture } from "./schema.ts";

/** A picture of a problem that is made public: the kept file, and what of it is covered. */
export type ExposurePicture = {
  evidenceId: number;
  sha256: string;
  name: string;
  width: number;
  height: number;
  boxes: readonly MaskBox[];
};
export type Exposure = Omit<typeof exposure.$inferSelect, "state" | "county"> & {
  state: ExposureState;
  county: Exposing["county"];
  pictures: readonly ExposurePicture[];
};

/** Problems that the office makes public. */
export function exposureReads(db: Db) {
  const withPictures = async (rows: readonly (typeof exposure.$inferSelect)[]): Promise<Exposure[]> => {
    if (rows.length === 0) return [];
    const found = await db
      .select({
        exposureId: exposurePicture.exposureId,
        evidenceId: exposurePicture.evidenceId,
        boxes: exposurePicture.boxes,
        sha256: evidence.sha256,
        name: evidence.name,
        width: evidence.width,
        height: evidence.height,
      })
      .from(exposurePicture)
      .innerJoin(evidence, eq(evidence.id, exposurePicture.evidenceId))
      .where(
        inArray(
          exposurePicture.exposureId,
          rows.map(({ id }) => id),
        ),
      )
      .orderBy(asc(exposurePicture.evidenceId));
    return rows.map((row) => ({
      ...row,
      state: row.state as ExposureState,
      county: row.county as Exposing["county"],
      pictures: found
        .filter(({ exposureId }) => exposureId === row.id)
        .map(({ exposureId: _, boxes, width, height, ...picture }) => {
          const read = readBoxes(boxes);
          if (!Array.isArray(read)) throw new Error(`exposure ${row.id} has unreadable boxes`);
          return { ...picture, boxes: read, width: width ?? 0, height: height ?? 0 };
        }),
    }));
  };
  return {
    async byId(id: number): Promise<Exposure | null> {
      const rows = await db.select().from(exposure).where(eq(exposure.id, id));
      return (await withPictures(rows))[0] ?? null;
    },
    async byIds(ids: readonly number[]): Promise<Exposure[]> {
      const rows = await db
        .select()
        .from(exposure)
        .where(inArray(exposure.id, [...ids]))
        .orderBy(asc(exposure.id));
      return withPictures(rows);
    },
    /** The newest of an issue that wasn't struck. */
    async ofIssue(issueId: IssueId): Promise<Exposure | null> {
      const rows = await db
        .select()
        .from(exposure)
        .where(and(eq(exposure.issueId, issueId), ne(exposure.state, "struck")))
        .orderBy(desc(exposure.id))
        .limit(1);
      return (await withPictures(rows))[0] ?? null;
    },
    /** All that weren't struck, in the order in which they were chosen. */
    async all(): Promise<Exposure[]> {
      const rows = await db
        .select()
        .from(exposure)
        .where(ne(exposure.state, "struck"))
        .orderBy(asc(exposure.id));
      return withPictures(rows);
    },
  };
}

export function exposureWrites(db: Db) {
  return {
    async add(row: {
      issueId: IssueId;
      text: string;
      chosenAt: EpochMs;
      chosenBy: PersonId;
    }): Promise<number> {
      const rows = await db
        .insert(exposure)
        .values({ ...row, state: "preparing" })
        .returning({ id: exposure.id });
      return rows[0]?.id as number;
    },
    async change(
      id: number,
      set: Partial<
        Pick<
          Exposure,
          | "state"
          | "text"
          | "informedAt"
          | "objectBy"
          | "county"
          | "objection"
          | "countyBy"
          | "countyAt"
          | "answer"
          | "decidedBy"
          | "decidedAt"
        >
      >,
    ): Promise<void> {
      await db.update(exposure).set(set).where(eq(exposure.id, id));
    },
    /** Takes a picture with what of it is covered; taken before, its boxes are others now. */
    async takePicture(
      id: number,
      evidenceId: number,
      boxes: readonly MaskBox[],
      by: { personId: PersonId; at: EpochMs },
    ): Promise<void> {
      const row = { boxes: boxesText(boxes), ...by };
      await db
        .insert(exposurePicture)
        .values({ exposureId: id, evidenceId, ...row })
        .onConflictDoUpdate({ target: [exposurePicture.exposureId, exposurePicture.evidenceId], set: row });
    },
    async leavePicture(id: number, evidenceId: number): Promise<void> {
      await db
        .delete(exposurePicture)
        .where(and(eq(exposurePicture.exposureId, id), eq(exposurePicture.evidenceId, evidenceId)));
    },
  };
}
