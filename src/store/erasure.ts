import { and, eq, gt, inArray, isNotNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import { eraseFromWords } from "./erased-words.ts";
import type { Db } from "./open.ts";
import {
  account,
  activity,
  buttonToken,
  calendarFeed,
  dialog,
  inbox,
  invitation,
  lastQuestion,
  message,
  outbox,
  outboxCard,
  person,
  signIn,
  signInCode,
} from "./schema.ts";

/** How many of each were erased. */
export type Erased = {
  phones: number;
  accounts: number;
  signIns: number;
  calendars: number;
  messages: number;
  texts: number;
};

/** Stands in the place of an account's own key. */
const GONE = "erased/";

export function erasureWrites(db: Db) {
  const count = async (rows: Promise<unknown[]>) => (await rows).length;
  return {
    /**
     * Erases of somebody what they could be called, found or written to by, their ways in, what was said with them and when
     * they were there; and their name in what was written freely beside figures and acts. Name, posts, acts and the audit stay:
     * histories and papers rest on them.
     */
    async erase(personId: PersonId, at: EpochMs): Promise<Erased> {
      const theirs = await db
        .select()
        .from(account)
        .where(and(eq(account.personId, personId), sql`${account.userKey} not like ${`${GONE}%`}`));
      const names = await db.select({ id: person.id, name: person.name, phone: person.phone }).from(person);
      const who = names.find(({ id }) => id === personId);
      const others = names.filter(({ id }) => id !== personId).map(({ name }) => name);
      const texts = who === undefined ? 0 : await eraseFromWords(db, who, others);
      let messages = 0;
      for (const { platform, userKey } of theirs) {
        const from: SQL | undefined = or(
          sql`instr(${inbox.payload}, ${userKey}) > 0`,
          sql`${inbox.externalId} like ${`${userKey}/%`}`,
        );
        const answered = and(eq(inbox.state, "done"), gt(inbox.attempts, 0), ne(inbox.payload, "{}"));
        messages += await count(
          db
            .update(inbox)
            .set({ payload: "{}" })
            .where(and(eq(inbox.platform, platform), answered, from))
            .returning({ id: inbox.id }),
        );
      }
      messages += await count(
        db.delete(message).where(eq(message.personId, personId)).returning({ id: message.id }),
      );
      const isOver = inArray(outbox.state, ["sent", "folded", "settled", "failed"]);
      const over = db
        .select({ id: outbox.id })
        .from(outbox)
        .where(and(eq(outbox.personId, personId), isOver));
      await db.delete(outboxCard).where(inArray(outboxCard.outboxId, over));
      const signIns =
        (await count(db.delete(signIn).where(eq(signIn.personId, personId)).returning({ id: signIn.id }))) +
        (await count(
          db.delete(signInCode).where(eq(signInCode.personId, personId)).returning({ id: signInCode.id }),
        ));
      const calendars = await count(
        db.delete(calendarFeed).where(eq(calendarFeed.personId, personId)).returning({ id: calendarFeed.id }),
      );
      await db
        .update(account)
        .set({ userKey: sql`${GONE} || ${account.id}`, endedAt: sql`coalesce(${account.endedAt}, ${at})` })
        .where(eq(account.personId, personId));
      const phones =
        (await count(
          db
            .update(person)
            .set({ phone: null })
            .where(and(eq(person.id, personId), isNotNull(person.phone)))
            .returning({ id: person.id }),
        )) +
        (await count(
          db
            .update(invitation)
            .set({ phone: null })
            .where(
              and(
                or(eq(invitation.usedBy, personId), eq(invitation.personId, personId)),
                isNotNull(invitation.phone),
              ),
            )
            .returning({ id: invitation.id }),
        ));
      for (const table of [activity, lastQuestion, dialog, buttonToken])
        await db.delete(table).where(eq(table.personId, personId));
      return { phones, accounts: theirs.length, signIns, calendars, messages, texts };
    },
  };
}
