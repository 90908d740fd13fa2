import { and, asc, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { EnterpriseId, EpochMs, PersonId } from "../domain/ids.ts";
import { type Capacity, inEachPost, type Mandate, type Named } from "../domain/posts.ts";
import { fitsRole, ROLES, type Role } from "../domain/roles.ts";
import type { PlatformName } from "./inbox.ts";
import { connectionOf, type Db } from "./open.ts";
import { prepared, preparedFor, preparedForEach } from "./prepared.ts";
import { account, CONSOLE, invitation, person, post, standIn } from "./schema.ts";

/** A member, in the main post; `beside`: the others that they may act in (`inEachPost`). */
export type Person = typeof person.$inferSelect & {
  beside?: readonly Capacity[];
  /** Set where this is somebody in the post of a person whom they stand in for. */
  behalf?: Named;
  /** Who stands in for them, and until when, while they are away. */
  away?: { by: Named; from: string; to: string };
};
export type Identity = { platform: PlatformName; workspace: string; userKey: string };
export type Invitation = typeof invitation.$inferSelect;
export type NewInvitation = typeof invitation.$inferInsert;
export type Account = typeof account.$inferSelect;

/** What the office says of a member, checked before it is stored: no CHECK of the database knows which roles there are. */
const membership = z
  .looseObject({
    role: z.enum(ROLES),
    regionId: z.string().nullable().default(null),
    departmentId: z.string().nullable().default(null),
    enterpriseId: z.int().nullable().default(null),
  })
  .refine(({ role, ...bound }) => fitsRole(role, bound), {
    message: "a role is bound to what it stands for and nothing else",
  });

export function peopleReads(db: Db) {
  const byId = prepared(() =>
    db
      .select()
      .from(person)
      .where(eq(person.id, sql.placeholder("id"))),
  );
  const byName = prepared(() =>
    db
      .select()
      .from(person)
      .where(eq(person.name, sql.placeholder("name"))),
  );
  const byAccount = prepared(() =>
    db
      .select({ person })
      .from(account)
      .innerJoin(person, eq(person.id, account.personId))
      .where(
        and(
          eq(account.platform, sql.placeholder("platform")),
          eq(account.workspace, sql.placeholder("workspace")),
          eq(account.userKey, sql.placeholder("userKey")),
          isNull(account.endedAt),
          eq(person.active, true),
        ),
      ),
  );
  const accountRows = prepared(() =>
    db
      .select()
      .from(account)
      .where(and(eq(account.personId, sql.placeholder("personId")), isNull(account.endedAt)))
      .orderBy(asc(account.id)),
  );
  const sidePosts = prepared(() =>
    db
      .select()
      .from(post)
      .where(and(eq(post.state, "holding"), eq(post.main, false)))
      .orderBy(asc(post.id)),
  );
  const standIns = prepared(() =>
    db
      .select({ row: standIn, absent: person })
      .from(standIn)
      .innerJoin(person, eq(person.id, standIn.personId))
      .where(and(eq(standIn.state, "holding"), eq(person.active, true)))
      .orderBy(asc(standIn.id)),
  );
  const named = prepared(() =>
    db
      .select({ id: person.id, name: person.name })
      .from(person)
      .where(eq(person.id, sql.placeholder("id"))),
  );
  // Mostly nobody has any, and every message asks: without drizzle (why: air.ts), and once for both.
  const anyBeside = connectionOf(db)
    .prepare(
      `select exists (select 1 from post where state = 'holding' and main = 0)
         or exists (select 1 from stand_in where state = 'holding')`,
    )
    .pluck();
  /** People with every post that they may act in today, and who stands in for them. */
  const whole = async (rows: readonly (typeof person.$inferSelect)[]): Promise<Person[]> => {
    if (rows.length === 0) return [];
    if (anyBeside.get() === 0) return [...rows];
    const [side, away] = [await sidePosts(), await standIns()];
    const own = (id: PersonId): Capacity[] =>
      side
        .filter(({ personId }) => personId === id)
        .map(({ role, regionId, departmentId }) => ({ role, regionId, departmentId }));
    return Promise.all(
      rows.map(async (row) => {
        const represented = away.filter((one) => one.row.byId === row.id);
        const beside = [
          ...own(row.id),
          ...represented.flatMap(({ absent: { id, name, role, regionId, departmentId } }) =>
            [{ role, regionId, departmentId }, ...own(id)].map((one) => ({ ...one, behalf: { id, name } })),
          ),
        ];
        const absence = away.find((one) => one.row.personId === row.id)?.row;
        const by = absence && (await named({ id: absence.byId }))[0];
        return {
          ...row,
          ...(beside.length > 0 ? { beside } : {}),
          ...(absence && by ? { away: { by, from: absence.from, to: absence.to } } : {}),
        };
      }),
    );
  };
  const byRoles = preparedForEach((roles: readonly Role[]) =>
    db
      .select()
      .from(person)
      .where(
        and(
          eq(person.active, true),
          or(
            inArray(person.role, [...roles]),
            // Who holds the role beside their main post, or stands in for somebody, is found by all of their posts.
            inArray(
              person.id,
              db
                .select({ id: post.personId })
                .from(post)
                .where(and(eq(post.state, "holding"), inArray(post.role, [...roles]))),
            ),
            inArray(
              person.id,
              db.select({ id: standIn.byId }).from(standIn).where(eq(standIn.state, "holding")),
            ),
          ),
        ),
      )
      .orderBy(asc(person.id)),
  );
  const active = prepared(() =>
    db.select().from(person).where(eq(person.active, true)).orderBy(asc(person.id)),
  );
  const everyone = prepared(() => db.select().from(person).orderBy(asc(person.id)));
  /** Every account of a person that still stands, in the order in which they were bound. */
  const accountsOf = async (personId: PersonId): Promise<Account[]> => accountRows({ personId });
  return {
    async byId(id: PersonId): Promise<Person | null> {
      return (await whole(await byId({ id })))[0] ?? null;
    },
    async byName(name: string): Promise<Person | null> {
      return (await whole(await byName({ name })))[0] ?? null;
    },
    /** The active person bound to a platform identity, or null for a stranger. */
    async byIdentity(identity: Identity): Promise<Person | null> {
      return (await whole((await byAccount(identity)).map((row) => row.person)))[0] ?? null;
    },
    /** Where a person can be reached on a platform: at the account that is meant, or the one bound last; or null. */
    async accountOn(personId: PersonId, platform: PlatformName, meant: number | null = null) {
      const accounts = (await accountsOf(personId)).filter((own) => own.platform === platform);
      return (meant === null ? accounts.at(-1) : accounts.find(({ id }) => id === meant)) ?? null;
    },
    accountsOf,
    /** Every platform that a person has an account on, in the order in which they were bound. */
    async platformsOf(personId: PersonId): Promise<PlatformName[]> {
      return [...new Set((await accountsOf(personId)).map(({ platform }) => platform))];
    },
    /** Everyone active, in the order in which they joined. */
    async all(): Promise<Person[]> {
      return whole(await active());
    },
    /** Who may act in a post of one of the roles: each in each such post, their own before those of whom they stand in for. */
    async withRoles(roles: readonly Role[]): Promise<Person[]> {
      const holders = (await whole(await byRoles(roles)))
        .flatMap(inEachPost)
        .filter(({ role }) => roles.includes(role));
      // A stand-in comes after everybody who holds the post by themselves.
      return [...holders.filter(({ behalf }) => !behalf), ...holders.filter(({ behalf }) => behalf)];
    },
    /** Somebody, if they are a member, and who stands in for them: whom what is meant for them reaches. */
    async reaching(id: PersonId): Promise<Person[]> {
      const meant = (await whole(await byId({ id })))[0];
      if (!meant?.active) return [];
      const by = meant.away === undefined ? [] : await whole(await byId({ id: meant.away.by.id }));
      const inTheirs = by.flatMap(inEachPost).filter(({ behalf }) => behalf?.id === id);
      return [meant, ...inTheirs.slice(0, 1)];
    },
    /** Contacts of enterprises who are members. */
    async contactsOf(enterpriseIds: readonly EnterpriseId[]): Promise<Person[]> {
      return whole(
        await db
          .select()
          .from(person)
          .where(and(eq(person.active, true), inArray(person.enterpriseId, [...enterpriseIds])))
          .orderBy(asc(person.id)),
      );
    },
    /** Everyone who is or has been a member. */
    async ever(): Promise<Person[]> {
      return whole(await everyone());
    },
    /** Whom an identity is bound to, also when they are no member any more. */
    async holderOf({ platform, workspace, userKey }: Identity): Promise<Person | null> {
      const rows = await db
        .select({ person })
        .from(account)
        .innerJoin(person, eq(person.id, account.personId))
        .where(
          and(
            eq(account.platform, platform),
            eq(account.workspace, workspace),
            eq(account.userKey, userKey),
            isNull(account.endedAt),
          ),
        );
      return rows[0]?.person ?? null;
    },
    /** An invitation by the hash of its code, whatever has become of it. */
    async invitation(codeHash: string): Promise<Invitation | null> {
      return (await db.select().from(invitation).where(eq(invitation.codeHash, codeHash)))[0] ?? null;
    },
    /** Invitations that may still be used at `now`, oldest first. */
    async openInvitations(now: EpochMs): Promise<Invitation[]> {
      return db
        .select()
        .from(invitation)
        .where(and(isNull(invitation.usedAt), gt(invitation.expiresAt, now)))
        .orderBy(asc(invitation.id));
    },
  };
}

export function peopleWrites(db: Db) {
  const insert = preparedFor((row: typeof person.$inferInsert) => db.insert(person).values(row).returning());
  return {
    /** @throws ZodError for a role that there isn't, or that is bound to what it doesn't stand for. */
    async add(row: typeof person.$inferInsert): Promise<Person> {
      membership.parse(row);
      return (await insert(row))[0] as Person;
    },
    /** From this instant somebody is no member any more. @returns false when they were none. */
    async leave(personId: PersonId, at: EpochMs): Promise<boolean> {
      const rows = await db
        .update(person)
        .set({ active: false, leftAt: at })
        .where(and(eq(person.id, personId), eq(person.active, true)))
        .returning({ id: person.id });
      return rows.length === 1;
    },
    /** @throws ZodError as `add` does. */
    async setMain(personId: PersonId, post: Mandate): Promise<void> {
      membership.parse(post);
      const { role, regionId, departmentId } = post;
      await db.update(person).set({ role, regionId, departmentId }).where(eq(person.id, personId));
    },
    async rename(personId: PersonId, name: string): Promise<void> {
      await db.update(person).set({ name }).where(eq(person.id, personId));
    },
    async setPhone(personId: PersonId, phone: string | null): Promise<void> {
      await db.update(person).set({ phone }).where(eq(person.id, personId));
    },
    /** What an invitation says of somebody, until it is used. @throws ZodError as `add` does. */
    async correct(id: number, change: Mandate & { phone?: string | null }): Promise<boolean> {
      membership.parse(change);
      const rows = await db
        .update(invitation)
        .set(change)
        .where(and(eq(invitation.id, id), isNull(invitation.usedAt)))
        .returning({ id: invitation.id });
      return rows.length === 1;
    },
    /** Somebody who had left is a member again, as who they were. */
    async comeBack(personId: PersonId): Promise<void> {
      await db.update(person).set({ active: true, leftAt: null }).where(eq(person.id, personId));
    },
    /** Binds a platform identity to a person; a binding is never moved to somebody else. */
    async bind(
      personId: PersonId,
      identity: Identity,
      at: EpochMs,
      invitationId: number | null = null,
    ): Promise<boolean> {
      const rows = await db
        .insert(account)
        .values({ ...identity, personId, createdAt: at, invitationId })
        .onConflictDoNothing()
        .returning({ id: account.id });
      return rows.length === 1;
    },
    /** Sends a person's pushes to another platform. */
    async pushTo(personId: PersonId, platform: PlatformName): Promise<void> {
      await db.update(person).set({ pushPlatform: platform }).where(eq(person.id, personId));
    },
    /** The chat platform that a person binds first takes their pushes; a choice made before stays. */
    async pushToFirst(personId: PersonId, platform: PlatformName): Promise<void> {
      await db
        .update(person)
        .set({ pushPlatform: platform })
        .where(and(eq(person.id, personId), eq(person.pushPlatform, CONSOLE)));
    },
    /** Hour of the office's day, 0 to 23, at which all that can wait comes as one message; null: each by itself. */
    async setDigest(personId: PersonId, digestHour: number | null): Promise<void> {
      await db.update(person).set({ digestHour }).where(eq(person.id, personId));
    },
    /** Hours of the office's day, 0 to 23, from which and until which a person is left in peace; null: never. */
    async setQuiet(personId: PersonId, hours: { from: number; to: number } | null): Promise<void> {
      const set = { quietFrom: hours?.from ?? null, quietTo: hours?.to ?? null };
      await db.update(person).set(set).where(eq(person.id, personId));
    },
    /** @throws ZodError as `add` does. */
    async invite(row: NewInvitation): Promise<Invitation> {
      membership.parse(row);
      return (await db.insert(invitation).values(row).returning())[0] as Invitation;
    },
    /** Ends an invitation before its time. */
    async withdraw(id: number, at: EpochMs): Promise<void> {
      await db
        .update(invitation)
        .set({ expiresAt: at })
        .where(and(eq(invitation.id, id), gt(invitation.expiresAt, at)));
    },
    async useInvitation(id: number, usedBy: PersonId, at: EpochMs): Promise<boolean> {
      const rows = await db
        .update(invitation)
        .set({ usedAt: at, usedBy })
        .where(and(eq(invitation.id, id), isNull(invitation.usedAt)))
        .returning({ id: invitation.id });
      return rows.length === 1;
    },
  };
}
