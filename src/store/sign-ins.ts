import { and, asc, count, desc, eq, gt, isNull, lt, lte, sql } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import type { Person } from "./people.ts";
import { prepared } from "./prepared.ts";
import { account, invitation, person, signIn, signInCode } from "./schema.ts";

/** A browser that somebody has signed in with on a network. */
export type SignIn = typeof signIn.$inferSelect;
export type SignInCode = typeof signInCode.$inferSelect;

/** Codes that are no good any more are forgotten after a day. */
const FORGET_MS = 86_400_000;

export function signInReads(db: Db) {
  const holder = prepared(() =>
    db
      .select({ signIn, person })
      .from(signIn)
      .innerJoin(person, eq(person.id, signIn.personId))
      .innerJoin(account, eq(account.id, signIn.accountId))
      .where(
        and(
          eq(signIn.keyHash, sql.placeholder("keyHash")),
          isNull(signIn.endedAt),
          gt(signIn.expiresAt, sql.placeholder("now")),
          lte(signIn.createdAt, sql.placeholder("now")),
          eq(person.active, true),
          isNull(account.endedAt),
        ),
      ),
  );
  return {
    /**
     * Whose sign-in a cookie's key is at `now`: not once it has ended or run out, its member has left, or the account that it
     * rests on is theirs no longer.
     */
    async holder(keyHash: string, now: EpochMs): Promise<{ signIn: SignIn; person: Person } | null> {
      return (await holder({ keyHash, now }))[0] ?? null;
    },
    /** The sign-ins of a person that hold at `now`, oldest first. */
    async of(personId: PersonId, now: EpochMs): Promise<SignIn[]> {
      return db
        .select()
        .from(signIn)
        .where(and(eq(signIn.personId, personId), isNull(signIn.endedAt), gt(signIn.expiresAt, now)))
        .orderBy(asc(signIn.id));
    },
    async byId(id: number): Promise<SignIn | null> {
      return (await db.select().from(signIn).where(eq(signIn.id, id)))[0] ?? null;
    },
    /** The newest code that a browser may still use at `now`, or null. */
    async codeFor(browserHash: string, now: EpochMs): Promise<SignInCode | null> {
      const rows = await db
        .select()
        .from(signInCode)
        .where(
          and(
            eq(signInCode.browserHash, browserHash),
            isNull(signInCode.usedAt),
            gt(signInCode.expiresAt, now),
          ),
        )
        .orderBy(desc(signInCode.id))
        .limit(1);
      return rows[0] ?? null;
    },
    /** How many codes a person was sent after `since`. */
    async countCodes(personId: PersonId, since: EpochMs): Promise<number> {
      const rows = await db
        .select({ n: count() })
        .from(signInCode)
        .where(and(eq(signInCode.personId, personId), gt(signInCode.createdAt, since)));
      return rows[0]?.n ?? 0;
    },
    /** Whether a hash is that of a code which has been given out: an invitation's, or one to sign in with. */
    async isCode(hash: string): Promise<boolean> {
      const invited = await db
        .select({ id: invitation.id })
        .from(invitation)
        .where(eq(invitation.codeHash, hash));
      if (invited.length > 0) return true;
      const sent = await db
        .select({ id: signInCode.id })
        .from(signInCode)
        .where(eq(signInCode.codeHash, hash));
      return sent.length > 0;
    },
  };
}

export function signInWrites(db: Db) {
  return {
    /** A new code, in the place of those that the browser was sent before. */
    async addCode(row: typeof signInCode.$inferInsert): Promise<SignInCode> {
      await db.delete(signInCode).where(lt(signInCode.expiresAt, row.createdAt - FORGET_MS));
      await db
        .update(signInCode)
        .set({ expiresAt: row.createdAt })
        .where(and(eq(signInCode.browserHash, row.browserHash), gt(signInCode.expiresAt, row.createdAt)));
      return (await db.insert(signInCode).values(row).returning())[0] as SignInCode;
    },
    /** Counts a try of a code. @returns how many there have been. */
    async tried(id: number): Promise<number> {
      const rows = await db
        .update(signInCode)
        .set({ tries: sql`${signInCode.tries} + 1` })
        .where(eq(signInCode.id, id))
        .returning({ tries: signInCode.tries });
      return rows[0]?.tries ?? 0;
    },
    /** @returns false when it was used before. */
    async useCode(id: number, at: EpochMs): Promise<boolean> {
      const rows = await db
        .update(signInCode)
        .set({ usedAt: at })
        .where(and(eq(signInCode.id, id), isNull(signInCode.usedAt)))
        .returning({ id: signInCode.id });
      return rows.length === 1;
    },
    async begin(row: typeof signIn.$inferInsert): Promise<SignIn> {
      return (await db.insert(signIn).values(row).returning())[0] as SignIn;
    },
    /** @returns false when it had ended before. */
    async end(id: number, at: EpochMs): Promise<boolean> {
      const rows = await db
        .update(signIn)
        .set({ endedAt: at })
        .where(and(eq(signIn.id, id), isNull(signIn.endedAt)))
        .returning({ id: signIn.id });
      return rows.length === 1;
    },
    /** Ends whatever rests on an account, or on all of a person's. @returns how many sign-ins that were. */
    async endAll(whose: { personId: PersonId; accountId?: number }, at: EpochMs): Promise<number> {
      const rows = await db
        .update(signIn)
        .set({ endedAt: at })
        .where(
          and(
            eq(signIn.personId, whose.personId),
            whose.accountId === undefined ? undefined : eq(signIn.accountId, whose.accountId),
            isNull(signIn.endedAt),
            gt(signIn.expiresAt, at),
          ),
        )
        .returning({ id: signIn.id });
      return rows.length;
    },
  };
}
