import { eq, sql } from "drizzle-orm";
import type { PlatformName } from "./inbox.ts";
import type { Db } from "./open.ts";
import { given, prepared } from "./prepared.ts";
import { setting } from "./schema.ts";

/**
 * The installation's single values. `demo`: "1" on a demonstration database; `demo-clock`: its time in ms UTC;
 * `plan-files`: the hash of what the plan pack was made of, and the pack's id; `…-contact`: when a platform was last in
 * touch, ms UTC of the machine's clock; `outage/…`: whether one is `begun` or `over`.
 */
export type SettingKey =
  | "demo"
  | "demo-clock"
  | "plan"
  | "plan-files"
  | "demo-data"
  | `${string}-contact`
  | `outage/${PlatformName}/${string}`;

export function settingReads(db: Db) {
  const byKey = prepared(() =>
    db
      .select({ value: setting.value })
      .from(setting)
      .where(eq(setting.key, sql.placeholder("key"))),
  );
  return {
    /** The value, or null where it was never set. */
    async get(key: SettingKey): Promise<string | null> {
      return (await byKey({ key }))[0]?.value ?? null;
    },
  };
}

export function settingWrites(db: Db) {
  const upsert = prepared(() =>
    db
      .insert(setting)
      .values(given("key", "value"))
      .onConflictDoUpdate({ target: setting.key, set: { value: sql`excluded.value` } }),
  );
  return {
    async set(key: SettingKey, value: string): Promise<void> {
      await upsert({ key, value });
    },
  };
}
