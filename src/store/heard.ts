import { eq } from "drizzle-orm";
import type { Db } from "./open.ts";
import { heard } from "./schema.ts";

/** How a message was answered; `said` is the platform's own name of it, the same after edits. */
export type Heard = typeof heard.$inferSelect;

export function heardReads(db: Db) {
  return {
    async of(said: string): Promise<Heard | null> {
      return (await db.select().from(heard).where(eq(heard.said, said)))[0] ?? null;
    },
  };
}

export function heardWrites(db: Db) {
  return {
    /** Notes how a message was answered, in the place of what was noted of it before. */
    async note(row: Heard): Promise<void> {
      const { said: _key, ...set } = row;
      await db.insert(heard).values(row).onConflictDoUpdate({ target: heard.said, set });
    },
  };
}
