import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { Db } from "./open.ts";
import { revision } from "./schema.ts";

export function revisionWrites(db: Db) {
  return {
    /** Keeps what a corrected value was: `subject` says of what, as `county_target/haian/pm25-mean`. */
    async add(row: {
      subject: string;
      before: unknown;
      after: unknown;
      personId: PersonId | null;
      at: EpochMs;
    }): Promise<void> {
      await db
        .insert(revision)
        .values({ ...row, before: JSON.stringify(row.before), after: JSON.stringify(row.after) });
    },
  };
}
