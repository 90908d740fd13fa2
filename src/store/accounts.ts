import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import type { Account, Identity, Invitation } from "./people.ts";
import { prepared } from "./prepared.ts";
import { account, invitation, outbox } from "./schema.ts";

/** An account and the code that made it; null where none did. */
export type MadeAccount = { account: Account; madeBy: Invitation | null };

export function accountReads(db: Db) {
  const at = prepared(() =>
    db
      .select()
      .from(account)
      .where(
        and(
          eq(account.platform, sql.placeholder("platform")),
          eq(account.workspace, sql.placeholder("workspace")),
          eq(account.userKey, sql.placeholder("userKey")),
          isNull(account.endedAt),
        ),
      ),
  );
  return {
    /** The account that stands for an identity, whether or not its holder is a member. */
    async at({ platform, workspace, userKey }: Identity): Promise<Account | null> {
      return (await at({ platform, workspace, userKey }))[0] ?? null;
    },
    /** An account by its number, also one that has ended, with the code that made it. */
    async made(id: number): Promise<MadeAccount | null> {
      const rows = await db
        .select({ account, madeBy: invitation })
        .from(account)
        .leftJoin(invitation, eq(invitation.id, account.invitationId))
        .where(eq(account.id, id));
      return rows[0] ?? null;
    },
    /** A person's accounts that still stand, in the order in which they were bound, with the codes that made them. */
    async of(personId: PersonId): Promise<MadeAccount[]> {
      return db
        .select({ account, madeBy: invitation })
        .from(account)
        .leftJoin(invitation, eq(invitation.id, account.invitationId))
        .where(and(eq(account.personId, personId), isNull(account.endedAt)))
        .orderBy(asc(account.id));
    },
  };
}

export function accountWrites(db: Db) {
  return {
    /** Ends an account: what waits for it is not sent any more. @returns false when it had ended before. */
    async end(id: number, at: EpochMs, why: string): Promise<boolean> {
      const rows = await db
        .update(account)
        .set({ endedAt: at })
        .where(and(eq(account.id, id), isNull(account.endedAt)))
        .returning({ id: account.id });
      if (rows.length === 0) return false;
      await db
        .update(outbox)
        .set({ state: "failed", lastError: why })
        .where(and(eq(outbox.accountId, id), inArray(outbox.state, ["pending", "ambiguous"])));
      return true;
    },
    /** A member of the office has looked into whose an account is. */
    async vouch(id: number, by: PersonId): Promise<void> {
      await db.update(account).set({ vouchedBy: by }).where(eq(account.id, id));
    },
  };
}
