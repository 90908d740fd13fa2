import { desc, eq } from "drizzle-orm";
import type { PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { handover } from "./schema.ts";

/** One thing that passes on: what it is, and who sees to it from then on; `to` empty: nobody yet. */
export type HandoverItem = {
  kind: "issue" | "draft" | "check" | "transfer" | "paper" | "post";
  no: string;
  title: string;
  what: string;
  due: string | null;
  to: string;
};
export type Handover = Omit<typeof handover.$inferSelect, "items"> & { items: readonly HandoverItem[] };

const read = ({ items, ...row }: typeof handover.$inferSelect): Handover => ({
  ...row,
  items: JSON.parse(items) as HandoverItem[],
});

/** What passed from somebody to others, as it stood then. */
export function handoverReads(db: Db) {
  return {
    async byId(id: number): Promise<Handover | null> {
      const rows = await db.select().from(handover).where(eq(handover.id, id));
      return rows[0] === undefined ? null : read(rows[0]);
    },
    /** The newest first. */
    async of(personId: PersonId): Promise<Handover[]> {
      const rows = await db
        .select()
        .from(handover)
        .where(eq(handover.personId, personId))
        .orderBy(desc(handover.id));
      return rows.map(read);
    },
  };
}

export function handoverWrites(db: Db) {
  return {
    async record({ items, ...row }: Omit<Handover, "id">): Promise<Handover> {
      const values = { ...row, items: JSON.stringify(items) };
      return read((await db.insert(handover).values(values).returning())[0] as typeof handover.$inferSelect);
    },
  };
}
