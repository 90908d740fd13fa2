import { and, asc, eq, inArray, lt, lte, sql } from "drizzle-orm";
import type { PersonId } from "../domain/ids.ts";
import { fitsRole } from "../domain/roles.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { post } from "./schema.ts";

export type PostRow = typeof post.$inferSelect;
export type NewPost = Omit<typeof post.$inferInsert, "id" | "state">;

/** Posts beside the present main ones: held at the same time, planned, held before. The office's clock begins and ends them. */
export function postReads(db: Db) {
  const toBegin = prepared(() =>
    db
      .select()
      .from(post)
      .where(and(eq(post.state, "planned"), lte(post.from, sql.placeholder("today"))))
      .orderBy(asc(post.from), asc(post.id)),
  );
  const toEnd = prepared(() =>
    db
      .select()
      .from(post)
      .where(and(eq(post.state, "holding"), lt(post.to, sql.placeholder("today"))))
      .orderBy(asc(post.id)),
  );
  const ofPerson = prepared(() =>
    db
      .select()
      .from(post)
      .where(eq(post.personId, sql.placeholder("personId")))
      .orderBy(asc(post.from), asc(post.id)),
  );
  return {
    async byId(id: number): Promise<PostRow | null> {
      return (await db.select().from(post).where(eq(post.id, id)))[0] ?? null;
    },
    /** Every post that somebody has had, holds beside the main one, or will have. */
    async of(personId: PersonId): Promise<PostRow[]> {
      return ofPerson({ personId });
    },
    /** Planned ones whose first day has come by a date. */
    async toBegin(today: string): Promise<PostRow[]> {
      return toBegin({ today });
    },
    /** Held ones whose last day has passed. */
    async toEnd(today: string): Promise<PostRow[]> {
      return toEnd({ today });
    },
  };
}

export function postWrites(db: Db) {
  return {
    async plan(row: NewPost): Promise<PostRow> {
      if (!fitsRole(row.role, { regionId: row.regionId ?? null, departmentId: row.departmentId ?? null }))
        throw new Error(`${row.role} is bound to what it doesn't stand for`);
      return (
        await db
          .insert(post)
          .values({ ...row, state: "planned" })
          .returning()
      )[0] as PostRow;
    },
    /** Writes down a main post that has given way to another. */
    async keepPast(row: NewPost): Promise<void> {
      await db.insert(post).values({ ...row, state: "ended" });
    },
    async begin(id: number): Promise<void> {
      await db.update(post).set({ state: "holding" }).where(eq(post.id, id));
    },
    /** Those that stand in somebody's own row from now on, as their main post. */
    async absorb(ids: readonly number[]): Promise<void> {
      await db.delete(post).where(inArray(post.id, [...ids]));
    },
    async end(ids: readonly number[], to: string): Promise<void> {
      await db
        .update(post)
        .set({ state: "ended", to })
        .where(and(inArray(post.id, [...ids]), inArray(post.state, ["planned", "holding"])));
    },
  };
}
