import { and, eq, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { given, prepared } from "./prepared.ts";
import { lastQuestion } from "./schema.ts";

/** Whose question in which chat. */
export type QuestionPlace = { personId: number; place: string };

export function lastQuestionReads(db: Db) {
  const find = prepared(() =>
    db
      .select({ phrase: lastQuestion.phrase })
      .from(lastQuestion)
      .where(
        and(
          eq(lastQuestion.personId, sql.placeholder("personId")),
          eq(lastQuestion.place, sql.placeholder("place")),
        ),
      ),
  );
  return {
    /** The phrase that was answered with figures last, or null. */
    async of(asked: QuestionPlace): Promise<string | null> {
      return (await find(asked))[0]?.phrase ?? null;
    },
  };
}

export function lastQuestionWrites(db: Db) {
  const upsert = prepared(() =>
    db
      .insert(lastQuestion)
      .values(given("personId", "place", "phrase"))
      .onConflictDoUpdate({
        target: [lastQuestion.personId, lastQuestion.place],
        set: { phrase: sql`excluded.phrase` },
      }),
  );
  return {
    async set(asked: QuestionPlace & { phrase: string }): Promise<void> {
      await upsert(asked);
    },
  };
}
