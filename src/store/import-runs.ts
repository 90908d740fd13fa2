import { and, eq } from "drizzle-orm";
import type { PlatformName } from "./inbox.ts";
import type { Db } from "./open.ts";
import { importRun, inbox } from "./schema.ts";

/** A file that is being imported, or was when the process was stopped. */
export type ImportRun = typeof importRun.$inferSelect;

export function importRunReads(db: Db) {
  return {
    /** The import that a message has begun and not ended. */
    async byInbound(inboxId: number): Promise<ImportRun | null> {
      return (await db.select().from(importRun).where(eq(importRun.inboxId, inboxId)))[0] ?? null;
    },
    /** Imports that a platform's messages had begun when the process was stopped, each with its message. */
    async brokenOff(platform: PlatformName) {
      return db
        .select({ run: importRun, row: inbox })
        .from(importRun)
        .innerJoin(inbox, eq(inbox.id, importRun.inboxId))
        .where(and(eq(inbox.platform, platform), eq(inbox.state, "received")));
    },
  };
}

export function importRunWrites(db: Db) {
  return {
    async begin(row: Omit<ImportRun, "id">): Promise<number> {
      const [begun] = await db.insert(importRun).values(row).returning({ id: importRun.id });
      if (begun === undefined) throw new Error("an import was not written down");
      return begun.id;
    },
    /** It is over, with whatever result: its sender is told by whoever has begun it. */
    async end(id: number): Promise<void> {
      await db.delete(importRun).where(eq(importRun.id, id));
    },
  };
}
