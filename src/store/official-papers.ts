import {
  and,
  asc,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  lte,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { IsoDate } from "../domain/air/day.ts";
import type { DepartmentId, EpochMs, PersonId, RegionId } from "../domain/ids.ts";
import type { CourseState } from "../domain/papers/course.ts";
import type { PrintedFigure } from "../domain/papers/figures.ts";
import type { KeptFile } from "./evidence.ts";
import type { Db } from "./open.ts";
import { prepared, preparedFor } from "./prepared.ts";
import {
  issuedPaper,
  officialPaperAct,
  officialPaperFile,
  officialPaperVersion,
  outbox,
  person,
} from "./schema.ts";

export type OfficialPaperRow = typeof issuedPaper.$inferSelect;
export type PaperFileRow = typeof officialPaperFile.$inferSelect;
/** An act with the names of whoever did it and of whom they did it for. */
export type PaperActRow = typeof officialPaperAct.$inferSelect & { by: string | null; behalf: string | null };

/** What a draft says and rests on. `facts` is null where it was issued before facts were kept. */
export type PaperVersion = {
  version: number;
  facts: object | null;
  figures: readonly PrintedFigure[] | null;
  restsOn: readonly (readonly [from: IsoDate, to: IsoDate])[];
  batches: readonly number[];
  digest: string;
  at: EpochMs;
};

/** Which papers. All given conditions hold; a paper is of a period that its last day lies in. */
export type PaperFilter = {
  kinds?: readonly string[];
  states?: readonly CourseState[];
  ids?: readonly number[];
  from?: IsoDate;
  to?: IsoDate;
};

export function officialPaperReads(db: Db) {
  const read = (row: typeof officialPaperVersion.$inferSelect): PaperVersion => ({
    ...row,
    facts: row.facts === null ? null : JSON.parse(row.facts),
    figures: row.figures === null ? null : JSON.parse(row.figures),
    restsOn: JSON.parse(row.restsOn),
    batches: JSON.parse(row.batches),
  });
  const withoutFiles = prepared(() =>
    db
      .select()
      .from(issuedPaper)
      .where(and(isNotNull(issuedPaper.issuedAt), isNull(issuedPaper.filesAt)))
      // By a plain id SQLite would go through all the papers that ever were, which are in that order already.
      .orderBy(sql`+${issuedPaper.id}`)
      .limit(sql.placeholder("limit")),
  );
  // For each reader of a paper its stamp is asked for anew.
  const absent = alias(person, "absent");
  const acts = prepared(() =>
    db
      .select({ row: officialPaperAct, by: person.name, behalf: absent.name })
      .from(officialPaperAct)
      .leftJoin(person, eq(person.id, officialPaperAct.personId))
      .leftJoin(absent, eq(absent.id, officialPaperAct.behalfId))
      .where(eq(officialPaperAct.paperId, sql.placeholder("paperId")))
      .orderBy(asc(officialPaperAct.id)),
  );
  const version = prepared(() =>
    db
      .select()
      .from(officialPaperVersion)
      .where(
        and(
          eq(officialPaperVersion.paperId, sql.placeholder("paperId")),
          eq(officialPaperVersion.version, sql.placeholder("version")),
        ),
      ),
  );
  const newest = (where: SQL | undefined) =>
    prepared(() => db.select().from(issuedPaper).where(where).orderBy(desc(issuedPaper.id)).limit(1));
  const stands = sql`${issuedPaper.state} <> 'withdrawn'`;
  const byId = newest(eq(issuedPaper.id, sql.placeholder("id")));
  const withKey = and(
    eq(issuedPaper.kind, sql.placeholder("kind")),
    eq(issuedPaper.key, sql.placeholder("key")),
    stands,
  );
  const ofKey = newest(and(withKey, sql`${issuedPaper.corrects} is null`));
  const newestOfKey = newest(withKey);
  const correctionOf = newest(and(eq(issuedPaper.corrects, sql.placeholder("id")), stands));
  return {
    async byId(id: number): Promise<OfficialPaperRow | null> {
      return (await byId({ id }))[0] ?? null;
    },
    /** The paper of a kind about something that wasn't withdrawn; those that correct it aside. */
    async ofKey(kind: string, key: string): Promise<OfficialPaperRow | null> {
      return (await ofKey({ kind, key }))[0] ?? null;
    },
    /** As `ofKey`, or the last of those that correct it. */
    async newestOfKey(kind: string, key: string): Promise<OfficialPaperRow | null> {
      return (await newestOfKey({ kind, key }))[0] ?? null;
    },
    /** The paper that corrects another and wasn't withdrawn. */
    async correctionOf(id: number): Promise<OfficialPaperRow | null> {
      return (await correctionOf({ id }))[0] ?? null;
    },
    /** A page of papers, the newest first; `total` counts all of them. */
    async list(filter: PaperFilter, limit: number, offset = 0) {
      const { kinds, states, ids, from, to } = filter;
      const where = and(
        kinds === undefined ? undefined : inArray(issuedPaper.kind, [...kinds]),
        states === undefined ? undefined : inArray(issuedPaper.state, [...states]),
        ids === undefined ? undefined : inArray(issuedPaper.id, [...ids]),
        from === undefined ? undefined : gte(issuedPaper.lastDay, from),
        to === undefined ? undefined : lte(issuedPaper.lastDay, to),
      );
      const total = (await db.select({ n: count() }).from(issuedPaper).where(where))[0]?.n ?? 0;
      if (total === 0) return { rows: [], total };
      const rows = await db
        .select()
        .from(issuedPaper)
        .where(where)
        .orderBy(desc(issuedPaper.id))
        .limit(limit)
        .offset(offset);
      return { rows, total };
    },
    /** Papers of a kind that were issued within [from, to) and still stand, in that order. */
    async issuedWithin(kind: string, from: EpochMs, to: EpochMs): Promise<OfficialPaperRow[]> {
      const { issuedAt, state } = issuedPaper;
      return db
        .select()
        .from(issuedPaper)
        .where(and(eq(issuedPaper.kind, kind), eq(state, "issued"), gte(issuedAt, from), lt(issuedAt, to)))
        .orderBy(asc(issuedAt), asc(issuedPaper.id));
    },
    async version(paperId: number, no: number): Promise<PaperVersion | null> {
      const [row] = await version({ paperId, version: no });
      return row === undefined ? null : read(row);
    },
    async acts(paperId: number): Promise<PaperActRow[]> {
      return (await acts({ paperId })).map(({ row, by, behalf }) => ({ ...row, by, behalf }));
    },
    async files(paperId: number): Promise<PaperFileRow[]> {
      return db
        .select()
        .from(officialPaperFile)
        .where(eq(officialPaperFile.paperId, paperId))
        .orderBy(asc(officialPaperFile.look));
    },
    /** The issued papers that somebody, or anybody of the same counties or department, was sent. */
    async sentTo({
      personId,
      regions,
      departmentId,
    }: {
      personId: PersonId;
      regions: readonly RegionId[];
      departmentId: DepartmentId | null;
    }): Promise<number[]> {
      const rows = await db
        .selectDistinct({ subject: outbox.subject })
        .from(outbox)
        .innerJoin(person, eq(person.id, outbox.personId))
        .where(
          and(
            like(outbox.subject, "paper:%"),
            or(
              eq(person.id, personId),
              inArray(person.regionId, [...regions]),
              departmentId === null ? undefined : eq(person.departmentId, departmentId),
            ),
          ),
        );
      return rows.map(({ subject }) => Number(subject?.slice("paper:".length)));
    },
    async file(paperId: number, look: string): Promise<PaperFileRow | null> {
      const where = and(eq(officialPaperFile.paperId, paperId), eq(officialPaperFile.look, look));
      return (await db.select().from(officialPaperFile).where(where))[0] ?? null;
    },
    /** Issued papers whose files aren't all made, oldest first. */
    async withoutFiles(limit: number): Promise<OfficialPaperRow[]> {
      return withoutFiles({ limit });
    },
    /** Everything that the vault has to hold for papers, each content once. */
    async keptFiles(): Promise<KeptFile[]> {
      const rows = await db
        .select({ sha256: officialPaperFile.sha256, name: officialPaperFile.name })
        .from(officialPaperFile)
        .orderBy(asc(officialPaperFile.paperId), asc(officialPaperFile.look));
      return [...new Map(rows.map((row) => [row.sha256, { ...row, no: null }])).values()];
    },
    /** Papers that were issued at a moment or later, oldest first: nothing rests on days that come after its issue. */
    async issuedSince(at: EpochMs): Promise<{ row: OfficialPaperRow; print: PaperVersion }[]> {
      const rows = await db
        .select({ row: issuedPaper, print: officialPaperVersion })
        .from(issuedPaper)
        .innerJoin(
          officialPaperVersion,
          and(
            eq(officialPaperVersion.paperId, issuedPaper.id),
            eq(officialPaperVersion.version, issuedPaper.version),
          ),
        )
        .where(and(gte(issuedPaper.issuedAt, at), inArray(issuedPaper.state, ["issued", "corrected"])))
        .orderBy(asc(issuedPaper.issuedAt), asc(issuedPaper.id));
      return rows.map(({ row, print }) => ({ row, print: read(print) }));
    },
  };
}

export type NewPaper = Omit<typeof issuedPaper.$inferInsert, "id">;

export function officialPaperWrites(db: Db) {
  const add = preparedFor((row: NewPaper) => db.insert(issuedPaper).values(row).returning());
  const addVersion = preparedFor((row: typeof officialPaperVersion.$inferInsert) =>
    db.insert(officialPaperVersion).values(row),
  );
  const change = preparedFor(({ id, ...to }: Partial<NewPaper> & { id: number }) =>
    db.update(issuedPaper).set(to).where(eq(issuedPaper.id, id)).returning(),
  );
  const note = preparedFor((act: typeof officialPaperAct.$inferInsert) =>
    db.insert(officialPaperAct).values(act),
  );
  return {
    async add(row: NewPaper): Promise<OfficialPaperRow> {
      return (await add(row))[0] as OfficialPaperRow;
    },
    async addVersion(paperId: number, { facts, figures, restsOn, batches, ...row }: PaperVersion) {
      await addVersion({
        paperId,
        ...row,
        facts: facts === null ? null : JSON.stringify(facts),
        figures: figures === null ? null : JSON.stringify(figures),
        restsOn: JSON.stringify(restsOn),
        batches: JSON.stringify(batches),
      });
    },
    async change(id: number, to: Partial<NewPaper>): Promise<OfficialPaperRow> {
      return (await change({ ...to, id }))[0] as OfficialPaperRow;
    },
    async note(act: typeof officialPaperAct.$inferInsert): Promise<void> {
      await note(act);
    },
    /** Keeps a file of an issued paper. @returns false when there was one: the first one stays. */
    async keepFile(file: typeof officialPaperFile.$inferInsert): Promise<boolean> {
      const rows = await db
        .insert(officialPaperFile)
        .values(file)
        .onConflictDoNothing()
        .returning({ look: officialPaperFile.look });
      return rows.length === 1;
    },
  };
}
