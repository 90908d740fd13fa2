import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { CandidateUnit } from "./candidates.ts";
import type { OfficialPaperRow } from "./official-papers.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { issuedPaper, officialPaperAnswer } from "./schema.ts";

export type PaperAnswer = typeof officialPaperAnswer.$inferSelect;
/** What a unit has still to answer, and by which day. */
export type OwedAnswer = { answer: PaperAnswer; paper: OfficialPaperRow; due: string };

/** What units have answered to issued papers. */
export function paperAnswerReads(db: Db) {
  const ofPaper = prepared(() =>
    db
      .select()
      .from(officialPaperAnswer)
      .where(eq(officialPaperAnswer.paperId, sql.placeholder("paperId")))
      .orderBy(asc(officialPaperAnswer.id)),
  );
  const owed = prepared(() =>
    db
      .select({ answer: officialPaperAnswer, paper: issuedPaper })
      .from(officialPaperAnswer)
      .innerJoin(issuedPaper, eq(issuedPaper.id, officialPaperAnswer.paperId))
      .where(
        and(
          isNull(officialPaperAnswer.answeredAt),
          isNotNull(officialPaperAnswer.due),
          eq(issuedPaper.state, "issued"),
        ),
      )
      .orderBy(asc(officialPaperAnswer.due), asc(officialPaperAnswer.id)),
  );
  return {
    /** What is expected of each unit, and what it has answered. */
    async of(paperId: number): Promise<PaperAnswer[]> {
      return ofPaper({ paperId });
    },
    /** What is expected and hasn't come, the soonest due first; of papers that were withdrawn or corrected nothing is. */
    async owed(): Promise<OwedAnswer[]> {
      const rows = await owed();
      return rows.map(({ answer, paper }) => ({ answer, paper, due: answer.due ?? "" }));
    },
    /** Answers that promise something by a day, to some papers; the newest first. */
    async promised(paperIds: readonly number[]): Promise<PaperAnswer[]> {
      return db
        .select()
        .from(officialPaperAnswer)
        .where(
          and(inArray(officialPaperAnswer.paperId, [...paperIds]), isNotNull(officialPaperAnswer.promised)),
        )
        .orderBy(desc(officialPaperAnswer.answeredAt), desc(officialPaperAnswer.id));
    },
  };
}

export function paperAnswerWrites(db: Db) {
  return {
    async expect(rows: readonly (typeof officialPaperAnswer.$inferInsert)[]): Promise<void> {
      await db
        .insert(officialPaperAnswer)
        .values([...rows])
        .onConflictDoNothing();
    },
    async change(id: number, said: Partial<PaperAnswer>): Promise<void> {
      await db.update(officialPaperAnswer).set(said).where(eq(officialPaperAnswer.id, id));
    },
    /** A unit's promise; one that it makes again takes the place of the first. */
    async promise(
      paperId: number,
      { regionId, departmentId }: CandidateUnit,
      said: { cause: string; promised: string; answeredAt: EpochMs; answeredBy: PersonId },
    ): Promise<void> {
      const changed = await db
        .update(officialPaperAnswer)
        .set(said)
        .where(
          and(
            eq(officialPaperAnswer.paperId, paperId),
            regionId === null
              ? isNull(officialPaperAnswer.regionId)
              : eq(officialPaperAnswer.regionId, regionId),
            departmentId === null
              ? isNull(officialPaperAnswer.departmentId)
              : eq(officialPaperAnswer.departmentId, departmentId),
          ),
        )
        .returning({ id: officialPaperAnswer.id });
      if (changed.length === 0)
        await db.insert(officialPaperAnswer).values({ paperId, regionId, departmentId, ...said });
    },
  };
}
