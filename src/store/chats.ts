import { and, asc, desc, eq, inArray, ne } from "drizzle-orm";
import type { PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { chat, dialog } from "./schema.ts";

/** A bound group or channel, or one topic of it. Neither region nor department: the office's own. */
export type Chat = typeof chat.$inferSelect;
export type GroupIdentity = Pick<Chat, "platform" | "workspace" | "chatKey">;
/** A group, or a topic of it. */
export type ChatIdentity = GroupIdentity & { topic?: string };
/** A form being filled question by question; `fields` and `answers` are JSON. */
export type DialogRow = typeof dialog.$inferSelect;

const ofGroup = (identity: GroupIdentity) =>
  and(
    eq(chat.platform, identity.platform),
    eq(chat.workspace, identity.workspace),
    eq(chat.chatKey, identity.chatKey),
  );
const same = (identity: ChatIdentity) => and(ofGroup(identity), eq(chat.topic, identity.topic ?? ""));

export function chatReads(db: Db) {
  const bound = prepared(() => db.select().from(chat).where(eq(chat.active, true)).orderBy(asc(chat.id)));
  return {
    async byId(id: number): Promise<Chat | null> {
      return (await db.select().from(chat).where(eq(chat.id, id)))[0] ?? null;
    },
    async byIdentity(identity: ChatIdentity): Promise<Chat | null> {
      return (await db.select().from(chat).where(same(identity)))[0] ?? null;
    },
    /** What is bound of a group: the group itself and its topics, those that take nothing any more too. */
    async ofGroup(identity: GroupIdentity): Promise<Chat[]> {
      return db.select().from(chat).where(ofGroup(identity)).orderBy(asc(chat.id));
    },
    /** What is said in a place is about: its own topic where that is bound, otherwise the whole group. */
    async over(identity: ChatIdentity): Promise<Chat | null> {
      const isOver = and(ofGroup(identity), inArray(chat.topic, ["", identity.topic ?? ""]));
      const bound = await db
        .select()
        .from(chat)
        .where(and(isOver, eq(chat.active, true)))
        .orderBy(desc(chat.topic));
      return bound[0] ?? null;
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
      const { regionId = null, departmentId = null, boundBy, boundAt, title = null } = row;
      const set = { regionId, departmentId, boundBy, boundAt, active: true, ...(title ? { title } : {}) };
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
    /**
     * A place goes on as another one: a group under a new id, a topic in its group. Where that is bound already, its own
     * binding stands and the old one ends. @returns the row under which it goes on.
     */
    async move(old: Chat, to: Pick<Chat, "chatKey" | "topic">): Promise<Chat> {
      const there = and(same({ ...old, ...to }), ne(chat.id, old.id));
      const [standing] = await db.select().from(chat).where(there);
      if (standing?.active) {
        await db.update(chat).set({ active: false }).where(eq(chat.id, old.id));
        return standing;
      }
      if (standing === undefined) {
        await db.update(chat).set(to).where(eq(chat.id, old.id));
        return { ...old, ...to };
      }
      const { regionId, departmentId, boundBy, boundAt, active } = old;
      const set = { regionId, departmentId, boundBy, boundAt, active };
      await db.update(chat).set({ active: false }).where(eq(chat.id, old.id));
      await db.update(chat).set(set).where(there);
      return { ...standing, ...set };
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
