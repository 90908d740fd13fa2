import { and, count, desc, eq, gte, isNull, lt, max, or, type SQL, sql } from "drizzle-orm";
import type { EpochMs } from "../domain/ids.ts";
import { numberFrom } from "../domain/plan/number-pattern.ts";
import type { Db } from "./open.ts";
import { prepared, preparedFor } from "./prepared.ts";
import { documentNumber, person } from "./schema.ts";

export type DocumentNumber = typeof documentNumber.$inferSelect;
type NewNumber = Omit<typeof documentNumber.$inferInsert, "id" | "no" | "ordinal" | "voidAt" | "voidWhy">;

/** Which rows of the register. All given conditions hold; `text` stands in the number or the title. */
export type NumberFilter = { kind?: string; from?: EpochMs; to?: EpochMs; text?: string };

/** The register of numbered papers. */
export function numberReads(db: Db) {
  const ofSubject = prepared(() =>
    db
      .select()
      .from(documentNumber)
      .where(eq(documentNumber.subject, sql.placeholder("subject")))
      .orderBy(documentNumber.id),
  );
  const newestOf = prepared(() =>
    db
      .select({ no: documentNumber.no })
      .from(documentNumber)
      .where(
        and(
          eq(documentNumber.subject, sql.placeholder("subject")),
          eq(documentNumber.kind, sql.placeholder("kind")),
          isNull(documentNumber.voidAt),
        ),
      )
      .orderBy(desc(documentNumber.id))
      .limit(1),
  );
  return {
    /** Every number that something was given, in their order, void ones too. */
    async of(subject: string): Promise<DocumentNumber[]> {
      return ofSubject({ subject });
    },
    /** The newest number of a kind that something has and that isn't void. */
    async newestOf(kind: string, subject: string): Promise<string | null> {
      return (await newestOf({ kind, subject }))[0]?.no ?? null;
    },
    /** A page of the register, newest first, each with who gave the number; `total` counts all of them. */
    async list(filter: NumberFilter, limit: number, offset = 0) {
      const where = conditions(filter);
      const total = (await db.select({ n: count() }).from(documentNumber).where(where))[0]?.n ?? 0;
      const rows = await db
        .select({ row: documentNumber, by: person.name })
        .from(documentNumber)
        .leftJoin(person, eq(person.id, documentNumber.personId))
        .where(where)
        .orderBy(desc(documentNumber.at), desc(documentNumber.id))
        .limit(limit)
        .offset(offset);
      return { rows: rows.map(({ row, by }) => ({ ...row, by })), total };
    },
  };
}

export function numberWrites(db: Db) {
  const newest = prepared(() =>
    db
      .select({ n: max(documentNumber.ordinal) })
      .from(documentNumber)
      .where(
        and(
          eq(documentNumber.pattern, sql.placeholder("pattern")),
          eq(documentNumber.year, sql.placeholder("year")),
        ),
      ),
  );
  const insert = preparedFor((row: typeof documentNumber.$inferInsert) =>
    db.insert(documentNumber).values(row).returning(),
  );
  return {
    /** Gives the next number of a pattern and year, in the transaction of what it is given to: no other can be it. */
    async give(row: NewNumber): Promise<DocumentNumber> {
      const { pattern, year } = row;
      const ordinal = ((await newest({ pattern, year }))[0]?.n ?? 0) + 1;
      const no = numberFrom(pattern, year, ordinal);
      return (await insert({ ...row, ordinal, no }))[0] as DocumentNumber;
    },
    /** What was taken back: its number of this kind stays in the register, with the reason. */
    async cancel(subject: string, kind: string, { at, why }: { at: EpochMs; why: string }): Promise<void> {
      await db
        .update(documentNumber)
        .set({ voidAt: at, voidWhy: why })
        .where(
          and(
            eq(documentNumber.subject, subject),
            eq(documentNumber.kind, kind),
            isNull(documentNumber.voidAt),
          ),
        );
    },
  };
}

function conditions({ kind, from, to, text }: NumberFilter): SQL | undefined {
  const like = text === undefined ? null : `%${text.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
  return and(
    kind === undefined ? undefined : eq(documentNumber.kind, kind),
    from === undefined ? undefined : gte(documentNumber.at, from),
    to === undefined ? undefined : lt(documentNumber.at, to),
    like === null
      ? undefined
      : or(
          sql`${documentNumber.no} like ${like} escape '\\'`,
          sql`${documentNumber.title} like ${like} escape '\\'`,
        ),
  );
}
