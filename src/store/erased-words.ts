import { eq, getTableColumns, or, type SQL, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { withoutPerson } from "../domain/personal-data.ts";
import type { Db } from "./open.ts";
import {
  alertEpisode,
  alertEvent,
  dutyRecord,
  jobPause,
  meetingUnit,
  patrol,
  progress,
  responseCheck,
  responseExecution,
  responseReport,
  slotMove,
} from "./schema.ts";

/**
 * Where people write what they like beside figures and acts. What stands in the file of a case, in a paper or in the audit is no
 * part of it: that has to be shown as it was.
 */
const FREE_WORDS: readonly (readonly [SQLiteTable, ...string[]])[] = [
  [patrol, "words"],
  [alertEpisode, "causeWords"],
  [alertEvent, "text"],
  [progress, "note"],
  [dutyRecord, "place", "result", "withdrawnWhy"],
  [responseExecution, "text"],
  [responseReport, "text"],
  [responseCheck, "text"],
  [meetingUnit, "reason"],
  [slotMove, "reason"],
  [jobPause, "reason"],
];

/** Takes somebody's name and telephone number out of what was written freely. @returns in how many different texts they stood. */
export async function eraseFromWords(
  db: Db,
  person: { name: string; phone: string | null },
  others: readonly string[],
): Promise<number> {
  let texts = 0;
  for (const [table, ...keys] of FREE_WORDS)
    for (const key of keys) {
      const column = getTableColumns(table)[key];
      if (column === undefined) throw new Error(`there is no column ${key}`);
      // A number may be written with blanks in between: by its last four figures it is found all the same, of full width, too.
      const figures = person.phone?.slice(-4);
      const pieces = [person.name, ...(figures === undefined ? [] : [figures, fullWidth(figures)])];
      const named: SQL | undefined = or(...pieces.map((piece) => sql`instr(${column}, ${piece}) > 0`));
      const rows = await db
        .selectDistinct({ said: sql<string>`${column}` })
        .from(table)
        .where(named);
      for (const { said } of rows) {
        const left = withoutPerson(said, person, others);
        if (left === said) continue;
        await db
          .update(table)
          .set({ [key]: left })
          .where(eq(column, said));
        texts += 1;
      }
    }
  return texts;
}

const fullWidth = (figures: string) =>
  figures.replace(/\d/g, (figure) => String.fromCharCode(figure.charCodeAt(0) + 0xfee0));
