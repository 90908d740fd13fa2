import { eq, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { given, prepared } from "./prepared.ts";
import { heard } from "./schema.ts";

/** How a message was answered; `said` is the platform's own name of it, the same after edits. */
export type Heard = typeof heard.$inferSelect;

export function heardReads(db: Db) {
  const bySaid = prepared(() =>
    db
      .select()
      .from(heard)
      .where(eq(heard.said, sql.placeholder("said"))),
  );
  return {
    async of(said: string): Promise<Heard | null> {
      return (await bySaid({ said }))[0] ?? null;
    },
  };
}

export function heardWrites(db: Db) {
  const note = prepared(() =>
    db
      .insert(heard)
      .values(given("said", "state", "digest", "chat", "externalId", "at"))
      .onConflictDoUpdate({
        target: heard.said,
        set: {
          state: sql`excluded.state`,
          digest: sql`excluded.digest`,
          chat: sql`excluded.chat`,
          externalId: sql`excluded.external_id`,
          at: sql`excluded.at`,
        },
      }),
  );
  return {
    /** Notes how a message was answered, in the place of what was noted of it before. */
    async note(row: Heard): Promise<void> {
      await note(row);
    },
  };
}
