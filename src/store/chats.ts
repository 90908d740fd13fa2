import { and, asc, eq } from "drizzle-orm";
import type { PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { chat, dialog } from "./schema.ts";

/** A bound group or channel. Neither region nor department: the office's own. */
export type Chat = typeof chat.$inferSelect;
export type ChatIdentity = Pick<Chat, "platform" | "workspace" | "chatKey">;
/** A form being filled question by question; `fields` and `answers` are JSON. */
export type DialogRow = typeof dialog.$inferSelect;

const same = (identity: ChatIdentity) =>
  and(
    eq(chat.platform, identity.platform),
    eq(chat.workspace, identity.workspace),
    eq(chat.chatKey, identity.chatKey),
  );

export function chatReads(db: Db) {
  const bound = prepared(() => db.select().from(chat).where(eq(chat.active, true)).orderBy(asc(chat.id)));
  return {
    async byId(id: number): Promise<Chat | null> {
      return (await db.select().from(chat).where(eq(chat.id, id)))[0] ?? null;
    },
    async byIdentity(identity: ChatIdentity): Promise<Chat | null> {
      return (await db.select().from(chat).where(same(identity)))[0] ?? null;
    },
    /** Every bound group that still takes messages. */
    async bound(): Promise<Chat[]> {
      return bound();
    },
    /** The form that a person is in the middle of, or null. */
    async dialogOf(personId: PersonId): Promise<DialogRow | null> {
      return (await db.select().from(dialog).where(eq(dialog.personId, personId)))[0] ?? null;
    },
  };
}

export function chatWrites(db: Db) {
  return {
    /** Binds a group, or changes what it is bound to. */
    async bind(row: typeof chat.$inferInsert): Promise<Chat> {
      const { regionId = null, departmentId = null, boundBy, boundAt } = row;
      const set = { regionId, departmentId, boundBy, boundAt, active: true };
      const bound = await db
        .insert(chat)
        .values(row)
        .onConflictDoUpdate({ target: [chat.platform, chat.workspace, chat.chatKey, chat.topic], set })
        .returning();
      return bound[0] as Chat;
    },
    /** The bot was removed or the group archived: nothing goes there until it is bound again. @returns false when it was parked before. */
    async park(id: number): Promise<boolean> {
      const rows = await db
        .update(chat)
        .set({ active: false })
        .where(and(eq(chat.id, id), eq(chat.active, true)))
        .returning({ id: chat.id });
      return rows.length === 1;
    },
    /** The platform has given a group a new id. */
    async rename(identity: ChatIdentity, chatKey: string): Promise<void> {
      await db.update(chat).set({ chatKey }).where(same(identity));
    },
    async saveDialog(row: DialogRow): Promise<void> {
      const { personId: _key, ...set } = row;
      await db.insert(dialog).values(row).onConflictDoUpdate({ target: dialog.personId, set });
    },
    async endDialog(personId: PersonId): Promise<void> {
      await db.delete(dialog).where(eq(dialog.personId, personId));
    },
  };
}
