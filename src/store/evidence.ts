import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { IssueId, PersonId } from "../domain/ids.ts";
import type { PictureLook } from "../domain/picture-look.ts";
import type { Issue } from "./issues.ts";
import type { Db } from "./open.ts";
import { type Evidence, type EvidenceKind, type Placed, twinReads } from "./picture-twins.ts";
import { prepared } from "./prepared.ts";
import { evidence, issue, person, pictureLook } from "./schema.ts";

export type { Evidence, EvidenceKind } from "./picture-twins.ts";

/** A file that the vault has to hold: its content, what it is called, and the number of the issue that it belongs to. */
export type KeptFile = { sha256: string; name: string; no: string | null };

/** What is known of kept files; their bytes lie in the vault. */
export function evidenceReads(db: Db) {
  const ofIssue = prepared(() =>
    db
      .select({ row: evidence, by: person.name })
      .from(evidence)
      .leftJoin(person, eq(person.id, evidence.personId))
      .where(eq(evidence.issueId, sql.placeholder("issueId")))
      .orderBy(asc(evidence.id)),
  );
  const photos = prepared(() =>
    db
      .select({ kind: evidence.kind, n: count() })
      .from(evidence)
      .where(
        and(
          eq(evidence.issueId, sql.placeholder("id")),
          or(
            eq(evidence.kind, "before"),
            and(eq(evidence.kind, "after"), eq(evidence.round, sql.placeholder("round"))),
          ),
        ),
      )
      .groupBy(evidence.kind),
  );
  return {
    async byId(id: number): Promise<Evidence | null> {
      return (await db.select().from(evidence).where(eq(evidence.id, id)))[0] ?? null;
    },
    /**
     * Everything that the vault has to hold for issues, each content once, in the order in which it came. `terms` false: of a
     * database from before files had a term.
     */
    async keptFiles(terms = true): Promise<KeptFile[]> {
      const rows = await db
        .select({ sha256: evidence.sha256, name: evidence.name, no: issue.no })
        .from(evidence)
        .leftJoin(issue, eq(issue.id, evidence.issueId))
        .where(terms ? isNull(evidence.removedAt) : undefined)
        .orderBy(asc(evidence.id));
      return [...new Map(rows.map((row) => [row.sha256, row])).values()];
    },
    /** An issue's evidence in the order in which it came, with who sent it. */
    async of(issueId: IssueId): Promise<(Evidence & { by: string | null })[]> {
      const rows = await ofIssue({ issueId });
      return rows.map(({ row, by }) => ({ ...row, by }));
    },
    /** Names of the files of many issues at once with their rounds, in the order in which they came. */
    async namesOf(
      issueIds: readonly IssueId[],
    ): Promise<ReadonlyMap<IssueId, Pick<Evidence, "name" | "round" | "removedAt">[]>> {
      const { issueId, name, round, removedAt } = evidence;
      const rows = await db
        .select({ issueId, name, round, removedAt })
        .from(evidence)
        .where(inArray(evidence.issueId, [...issueIds]))
        .orderBy(asc(evidence.id));
      return Map.groupBy(rows, ({ issueId }) => issueId as IssueId);
    },
    /** Photos kept of an issue: of how it was before those of all rounds, of how it is after those of its present one. */
    async photosOf({
      id,
      round,
    }: {
      id: IssueId;
      round: number;
    }): Promise<{ before: number; after: number }> {
      const rows = await photos({ id, round });
      const of = (kind: EvidenceKind) => rows.find((row) => row.kind === kind)?.n ?? 0;
      return { before: of("before"), after: of("after") };
    },
    /** Of which pictures nobody knows yet what they look like, each content once. */
    async unseen(limit: number, after = ""): Promise<string[]> {
      const rows = await db
        .selectDistinct({ sha256: evidence.sha256 })
        .from(evidence)
        .leftJoin(pictureLook, eq(pictureLook.sha256, evidence.sha256))
        .where(
          and(
            isNotNull(evidence.width),
            isNull(evidence.removedAt),
            isNull(pictureLook.sha256),
            gt(evidence.sha256, after),
          ),
        )
        .orderBy(asc(evidence.sha256))
        .limit(limit);
      return rows.map(({ sha256 }) => sha256);
    },
    ...twinReads(db),
    /** Some pieces of evidence by their ids, each with its issue. */
    async byIds(ids: readonly number[]): Promise<{ row: Evidence; issue: Issue | null }[]> {
      if (ids.length === 0) return [];
      return db
        .select({ row: evidence, issue })
        .from(evidence)
        .leftJoin(issue, eq(issue.id, evidence.issueId))
        .where(inArray(evidence.id, [...ids]));
    },
    /** The newest file of a person, wherever it belongs. */
    async newestOf(personId: PersonId): Promise<Evidence | null> {
      const rows = await db
        .select()
        .from(evidence)
        .where(eq(evidence.personId, personId))
        .orderBy(desc(evidence.id))
        .limit(1);
      return rows[0] ?? null;
    },
    /** The files of one album of a platform, in order. */
    async ofAlbum(personId: PersonId, album: string): Promise<Evidence[]> {
      return db
        .select()
        .from(evidence)
        .where(and(eq(evidence.personId, personId), eq(evidence.album, album)))
        .orderBy(asc(evidence.id));
    },
  };
}

export function evidenceWrites(db: Db) {
  return {
    /** @returns the new row, or null when this message has brought this file before. */
    async add(row: typeof evidence.$inferInsert): Promise<Evidence | null> {
      return (await db.insert(evidence).values(row).onConflictDoNothing().returning())[0] ?? null;
    },
    /** Says to which issue a file belongs. @returns false when it belongs to one already. */
    async place(id: number, to: Placed & { twinId: number | null }): Promise<boolean> {
      const rows = await db
        .update(evidence)
        .set(to)
        .where(and(eq(evidence.id, id), isNull(evidence.issueId), isNull(evidence.removedAt)))
        .returning({ id: evidence.id });
      return rows.length === 1;
    },
    /** Keeps what a picture looks like; what is known of its content stays. */
    async see(sha256: string, look: PictureLook | null): Promise<void> {
      const [a = null, b = null, c = null, d = null] = look ?? [];
      await db.insert(pictureLook).values({ sha256, a, b, c, d }).onConflictDoNothing();
    },
    /** Where a file was taken, told after it was sent. */
    async locate(id: number, position: { latitude: number; longitude: number }): Promise<void> {
      await db.update(evidence).set(position).where(eq(evidence.id, id));
    },
  };
}
