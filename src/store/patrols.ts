import { and, asc, between, desc, eq, inArray, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { IsoDate } from "../domain/air/day.ts";
import type { IssueId, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import type { Evidence } from "./picture-twins.ts";
import { evidence, patrol, patrolPhoto, person } from "./schema.ts";

/** A patrol with who went (李四代张三), and its pictures in the order in which they came. */
export type Patrol = typeof patrol.$inferSelect & {
  by: string;
  behalf: string | null;
  photos: readonly Evidence[];
};

const chief = alias(person, "chief");

/** Who patrolled which station, and what they found. */
export function patrolReads(db: Db) {
  const whole = async (where: ReturnType<typeof and>): Promise<Patrol[]> => {
    const rows = await db
      .select({ row: patrol, by: person.name, behalf: chief.name })
      .from(patrol)
      .innerJoin(person, eq(person.id, patrol.personId))
      .leftJoin(chief, eq(chief.id, patrol.forId))
      .where(where)
      .orderBy(asc(patrol.at), asc(patrol.id));
    const ids = rows.map(({ row }) => row.id);
    const photos = await db
      .select({ patrolId: patrolPhoto.patrolId, row: evidence })
      .from(patrolPhoto)
      .innerJoin(evidence, eq(evidence.id, patrolPhoto.evidenceId))
      .where(inArray(patrolPhoto.patrolId, ids))
      .orderBy(asc(evidence.id));
    const of = Map.groupBy(photos, ({ patrolId }) => patrolId);
    return rows.map(({ row, by, behalf }) => ({
      ...{ ...row, by, behalf },
      photos: (of.get(row.id) ?? []).map((photo) => photo.row),
    }));
  };
  const byId = async (id: number): Promise<Patrol | null> => (await whole(eq(patrol.id, id)))[0] ?? null;
  return {
    byId,
    /** Patrols of some stations within [from, to], oldest first. */
    async of(stationIds: readonly string[], from: IsoDate, to: IsoDate): Promise<Patrol[]> {
      return whole(and(inArray(patrol.stationId, [...stationIds]), between(patrol.date, from, to)));
    },
    /** The patrol that a picture was taken on. */
    async ofPhoto(evidenceId: number): Promise<Patrol | null> {
      const [row] = await db.select().from(patrolPhoto).where(eq(patrolPhoto.evidenceId, evidenceId));
      return row === undefined ? null : byId(row.patrolId);
    },
    /** The patrol that a picture of the same bytes was sent for before. */
    async ofSamePhoto({ id, sentSha256 }: Pick<Evidence, "id" | "sentSha256">): Promise<Patrol | null> {
      const rows = await db
        .select({ id: evidence.id, patrolId: patrolPhoto.patrolId })
        .from(evidence)
        .innerJoin(patrolPhoto, eq(patrolPhoto.evidenceId, evidence.id))
        .where(eq(evidence.sentSha256, sentSha256))
        .orderBy(asc(evidence.id));
      const other = rows.find((row) => row.id !== id);
      return other === undefined ? null : byId(other.patrolId);
    },
    /** A person's newest patrol of a day of which nobody has said what it came to. */
    async unsaid(personId: PersonId, date: IsoDate): Promise<Patrol | null> {
      const [row] = await db
        .select({ id: patrol.id })
        .from(patrol)
        .where(and(eq(patrol.personId, personId), eq(patrol.date, date), isNull(patrol.outcome)))
        .orderBy(desc(patrol.id))
        .limit(1);
      return row === undefined ? null : byId(row.id);
    },
  };
}

export function patrolWrites(db: Db) {
  return {
    /** @returns the number of the new patrol. */
    async add(row: typeof patrol.$inferInsert): Promise<number> {
      return (await db.insert(patrol).values(row).returning({ id: patrol.id }))[0]?.id ?? 0;
    },
    async addPhoto(patrolId: number, evidenceId: number): Promise<void> {
      await db.insert(patrolPhoto).values({ patrolId, evidenceId });
    },
    /** Says what a patrol came to, once. @returns false when that was said before. */
    async settle(
      id: number,
      said: { outcome: "clear" } | { outcome: "found"; words: string; issueId: IssueId },
    ): Promise<boolean> {
      const rows = await db
        .update(patrol)
        .set(said)
        .where(and(eq(patrol.id, id), isNull(patrol.outcome)))
        .returning({ id: patrol.id });
      return rows.length === 1;
    },
  };
}
