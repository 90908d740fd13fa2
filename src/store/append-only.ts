import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Connection, migrationsFolder } from "./open.ts";

// What is only ever added to: the audit log, the histories of issues, evidence, the revision log. Triggers of the migrations
// hold that, and whoever takes one away, or puts a weaker one in its place, is found by it.

/** Triggers that aren't as the migrations have made them, by name: gone, or others now. */
export function lostTriggers(connection: Connection): string[] {
  const found = new Map(
    (
      connection.prepare("select name, sql from sqlite_schema where type = 'trigger'").all() as {
        name: string;
        sql: string;
      }[]
    ).map(({ name, sql }) => [name, plain(sql)]),
  );
  return [...triggersMade()].filter(([name, sql]) => found.get(name) !== plain(sql)).map(([name]) => name);
}

/** Makes those anew that aren't as they were made. */
export function putBackTriggers(connection: Connection): void {
  const made = triggersMade();
  for (const name of lostTriggers(connection))
    connection.exec(`drop trigger if exists "${name}"; ${made.get(name) ?? ""}`);
}

/** The triggers of all migrations by their names: where two make one of a name, the newer one holds. */
function triggersMade(): ReadonlyMap<string, string> {
  const files = readdirSync(migrationsFolder)
    .filter((file) => file.endsWith(".sql"))
    .toSorted();
  const sql = files.map((file) => readFileSync(join(migrationsFolder, file), "utf8")).join("\n");
  return new Map(
    [...sql.matchAll(/CREATE TRIGGER `(\w+)` .*? END;/gs)].map(([statement, name = ""]) => [name, statement]),
  );
}

/** As it says whatever way it was written down: SQLite keeps the words of whoever made it. */
const plain = (sql: string): string =>
  sql
    .toLowerCase()
    .replaceAll(/[`"]|if not exists |;\s*$/g, "")
    .replaceAll(/\s+/g, " ");
