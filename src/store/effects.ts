import { desc, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import { prepared } from "./prepared.ts";
import { effect } from "./schema.ts";

/** What was done once: who did which act when, what its answer was called, and what it was about. */
export type Effect = Omit<typeof effect.$inferSelect, "key">;

export function effectReads(db: Db) {
  const ofAny = prepared(() =>
    db
      .select()
      .from(effect)
      .where(sql`${effect.key} in (select value from json_each(${sql.placeholder("keys")}))`)
      .orderBy(desc(effect.key)),
  );
  return {
    /** What was done under one of these keys, with the key (the last by the alphabet of several), or null. */
    async of(keys: readonly string[]): Promise<(Effect & { key: string }) | null> {
      if (keys.length === 0) return null;
      return (await ofAny({ keys: JSON.stringify(keys) }))[0] ?? null;
    },
  };
}

export function effectWrites(db: Db) {
  return {
    /** Writes down what is being done, under each of its keys. @throws when one of them has had its effect before. */
    async record(keys: readonly string[], done: Effect): Promise<void> {
      if (keys.length === 0) return;
      await db.insert(effect).values(keys.map((key) => ({ key, ...done })));
    },
  };
}
