import { eq, sql } from "drizzle-orm";
import type { LedgerWord } from "../domain/plan/pack-ledger.ts";
import type { PlatformName } from "./inbox.ts";
import type { Db } from "./open.ts";
import { given, prepared } from "./prepared.ts";
import { setting } from "./schema.ts";

/**
 * The installation's single values. `demo`: "1" on a demonstration database; `demo-clock`: its time in ms UTC;
 * `sealed`: "1" once the audit log has been sealed beside the database;
 * `clock-seen`: the latest that a running office's clock was seen at, ms UTC;
 * `clock-back`: where it stood when it was last set back, ms UTC;
 * `ledger-words`: what ledgers may call things, as JSON;
 * `plan-files`: the hash of what the plan pack was made of, and the pack's id;
 * `…-contact`: when a platform was last in touch, ms UTC of the machine's clock;
 * `people-day`: the office's day whose changes of people are worked off; `outage/…`: whether one is `begun` or `over`;
 * `erasures`: requests to erase somebody's data that nobody has decided, as JSON;
 * `lost-answers/…`: whose answers were lost while a platform was away, as JSON.
 */
export type SettingKey =
  | "demo"
  | "demo-clock"
  | "clock-seen"
  | "clock-back"
  | "plan"
  | "plan-files"
  | "demo-data"
  | "ledger-words"
  | "people-day"
  | "sealed"
  | "erasures"
  | `${string}-contact`
  | `outage/${PlatformName}/${string}`
  | `lost-answers/${PlatformName}`;

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
    /** The words of ledgers that the office has added. */
    async ledgerWords(): Promise<LedgerWord[]> {
      const [row] = await byKey({ key: "ledger-words" });
      return row === undefined ? [] : (JSON.parse(row.value) as LedgerWord[]);
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
    async setLedgerWords(words: readonly LedgerWord[]): Promise<void> {
      await upsert({ key: "ledger-words", value: JSON.stringify(words) });
    },
  };
}
