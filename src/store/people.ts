import { and, asc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { Platform } from "./inbox.ts";
import type { Db } from "./open.ts";
import { account, invitation, person, type ROLES } from "./schema.ts";

export type Role = (typeof ROLES)[number];
export type Person = typeof person.$inferSelect;
export type Identity = { platform: Platform; workspace: string; userKey: string };
export type Invitation = typeof invitation.$inferSelect;
export type Account = typeof account.$inferSelect;

export function peopleReads(db: Db) {
  const byId = db
    .select()
    .from(person)
    .where(eq(person.id, sql.placeholder("id")))
    .prepare();
  const byName = db
    .select()
    .from(person)
    .where(eq(person.name, sql.placeholder("name")))
    .prepare();
  const byAccount = db
    .select({ person })
    .from(account)
    .innerJoin(person, eq(person.id, account.personId))
    .where(
      and(
        eq(account.platform, sql.placeholder("platform")),
        eq(account.workspace, sql.placeholder("workspace")),
        eq(account.userKey, sql.placeholder("userKey")),
        eq(person.active, true),
      ),
    )
    .prepare();
  const accountRows = db
    .select()
    .from(account)
    .where(eq(account.personId, sql.placeholder("personId")))
    .orderBy(asc(account.id))
    .prepare();
  /** Every account of a person, in the order in which they were bound. */
  const accountsOf = async (personId: number): Promise<Account[]> => accountRows.execute({ personId });
  return {
    async byId(id: number): Promise<Person | null> {
      return (await byId.execute({ id }))[0] ?? null;
    },
    async byName(name: string): Promise<Person | null> {
      return (await byName.execute({ name }))[0] ?? null;
    },
    /** The active person bound to a platform identity, or null for a stranger. */
    async byIdentity(identity: Identity): Promise<Person | null> {
      return (await byAccount.execute(identity))[0]?.person ?? null;
    },
    /** Where a person can be reached on a platform: at the account that is meant, or the one bound last; or null. */
    async accountOn(personId: number, platform: Platform, meant: number | null = null) {
      const accounts = (await accountsOf(personId)).filter((own) => own.platform === platform);
      return (meant === null ? accounts.at(-1) : accounts.find(({ id }) => id === meant)) ?? null;
    },
    accountsOf,
    /** Every platform that a person has an account on, in the order in which they were bound. */
    async platformsOf(personId: number): Promise<Platform[]> {
      return [...new Set((await accountsOf(personId)).map(({ platform }) => platform))];
    },
    /** Everyone active, in the order in which they joined. */
    async all(): Promise<Person[]> {
      return db.select().from(person).where(eq(person.active, true)).orderBy(asc(person.id));
    },
    async withRoles(roles: readonly Role[]): Promise<Person[]> {
      return db
        .select()
        .from(person)
        .where(and(eq(person.active, true), inArray(person.role, [...roles])))
        .orderBy(asc(person.id));
    },
    /** An unused invitation by the hash of its code, whether or not it has expired. */
    async openInvitation(codeHash: string): Promise<Invitation | null> {
      return (
        (
          await db
            .select()
            .from(invitation)
            .where(and(eq(invitation.codeHash, codeHash), isNull(invitation.usedAt)))
        )[0] ?? null
      );
    },
    /** Whether a name is taken by a person, or promised by an invitation that is still valid at `now`. */
    async nameTaken(name: string, now: number): Promise<boolean> {
      if ((await byName.execute({ name })).length > 0) return true;
      const promised = await db
        .select({ id: invitation.id })
        .from(invitation)
        .where(
          and(eq(invitation.name, name), isNull(invitation.usedAt), sql`${invitation.expiresAt} > ${now}`),
        );
      return promised.length > 0;
    },
    async usedInvitation(codeHash: string): Promise<boolean> {
      const rows = await db
        .select({ id: invitation.id })
        .from(invitation)
        .where(and(eq(invitation.codeHash, codeHash), isNotNull(invitation.usedAt)));
      return rows.length > 0;
    },
  };
}

export function peopleWrites(db: Db) {
  return {
    async add(row: typeof person.$inferInsert): Promise<Person> {
      return (await db.insert(person).values(row).returning())[0] as Person;
    },
    /** Binds a platform identity to a person; a binding is never moved to somebody else. */
    async bind(personId: number, identity: Identity, at: number): Promise<boolean> {
      const rows = await db
        .insert(account)
        .values({ ...identity, personId, createdAt: at })
        .onConflictDoNothing()
        .returning({ id: account.id });
      return rows.length === 1;
    },
    /** Sends a person's pushes to another platform. */
    async pushTo(personId: number, platform: Platform): Promise<void> {
      await db.update(person).set({ pushPlatform: platform }).where(eq(person.id, personId));
    },
    /** The chat platform that a person binds first takes their pushes; a choice made before stays. */
    async pushToFirst(personId: number, platform: Platform): Promise<void> {
      await db
        .update(person)
        .set({ pushPlatform: platform })
        .where(and(eq(person.id, personId), eq(person.pushPlatform, "web")));
    },
    /** Hours of the office's day, 0 to 23, from which and until which a person is left in peace; null: never. */
    async setQuiet(personId: number, hours: { from: number; to: number } | null): Promise<void> {
      const set = { quietFrom: hours?.from ?? null, quietTo: hours?.to ?? null };
      await db.update(person).set(set).where(eq(person.id, personId));
    },
    async invite(row: typeof invitation.$inferInsert): Promise<void> {
      await db.insert(invitation).values(row);
    },
    async useInvitation(id: number, usedBy: number, at: number): Promise<boolean> {
      const rows = await db
        .update(invitation)
        .set({ usedAt: at, usedBy })
        .where(and(eq(invitation.id, id), isNull(invitation.usedAt)))
        .returning({ id: invitation.id });
      return rows.length === 1;
    },
  };
}
