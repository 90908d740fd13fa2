import { and, asc, eq, gte } from "drizzle-orm";
import type { IsoDate } from "../domain/air/day.ts";
import type { PrintedFigure } from "../domain/papers/figures.ts";
import type { Db } from "./open.ts";
import { publication } from "./schema.ts";

/** What went out with figures: by which job for which slot, of which days, what those rest on, and what it said. */
export type Publication = {
  job: string;
  slot: number;
  /** What it was called. */
  title: string;
  firstDay: IsoDate;
  lastDay: IsoDate;
  restsOn: readonly (readonly [from: IsoDate, to: IsoDate])[];
  batches: readonly number[];
  /** Null where it went out before figures were kept. */
  figures: readonly PrintedFigure[] | null;
};

export function publicationReads(db: Db) {
  const read = (row: typeof publication.$inferSelect): Publication => ({
    ...row,
    restsOn: JSON.parse(row.restsOn),
    batches: JSON.parse(row.batches),
    figures: row.figures === null ? null : JSON.parse(row.figures),
  });
  return {
    /** What went out whose days end on `day` or later, oldest first: nothing rests on days that come after its own. */
    async since(day: IsoDate): Promise<Publication[]> {
      const rows = await db
        .select()
        .from(publication)
        .where(gte(publication.lastDay, day))
        .orderBy(asc(publication.slot));
      return rows.map(read);
    },
    async bySlot(job: string, slot: number): Promise<Publication | null> {
      const rows = await db
        .select()
        .from(publication)
        .where(and(eq(publication.job, job), eq(publication.slot, slot)));
      return rows[0] === undefined ? null : read(rows[0]);
    },
  };
}

export function publicationWrites(db: Db) {
  return {
    async add({ restsOn, batches, figures, ...row }: Publication): Promise<void> {
      await db.insert(publication).values({
        ...row,
        restsOn: JSON.stringify(restsOn),
        batches: JSON.stringify(batches),
        figures: figures === null ? null : JSON.stringify(figures),
      });
    },
  };
}
