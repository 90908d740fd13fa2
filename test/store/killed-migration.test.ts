import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { isCurrent, rowCounts } from "../../src/store/open.ts";
import { openStore } from "../../src/store/store.ts";
import { chanceOf } from "../support/chance.ts";
import { OWN_START } from "../support/child.ts";
import { anOldDatabase } from "../support/old-database.ts";
import { until } from "../support/until.ts";

const full = process.env.TEST_FULL === "1";
const [KILLS, ROWS] = full ? [30, 10_000] : [2, 1_000];
const root = join(import.meta.dirname, "../..");

/** A database of the second migration with so many rows beside its own. */
function anOldDatabaseOf(rows: number): string {
  const { file, raw } = anOldDatabase();
  const add = raw.prepare(
    "insert into inbox (platform, external_id, payload, received_at, state) values ('slack', ?, '{}', 0, 'done')",
  );
  raw.transaction(() => {
    for (let nth = 0; nth < rows; nth++) add.run(`old/${nth}`);
  })();
  raw.close();
  return file;
}

const code = (file: string) =>
  `import { migrateDatabase } from "./src/store/open.ts"; migrateDatabase(${JSON.stringify(file)}); console.log("whole");`;
const migrating = (file: string) =>
  spawn(process.execPath, [...OWN_START, "--input-type=module-typescript", "-e", code(file)], { cwd: root });

test(`killed ${KILLS} times in the midst of its migrations, a database of ${ROWS} rows comes up whole with the next start`, async ({
  annotate,
}) => {
  const old = anOldDatabaseOf(ROWS);
  const raw = new Database(old, { readonly: true });
  const before = rowCounts(raw);
  raw.close();
  const { next } = chanceOf(20200615);
  let inTheMidst = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const file = `${old}.${kill}`;
    copyFileSync(old, file);
    const child = migrating(file);
    const gone = once(child, "exit");
    await until(() => existsSync(`${file}.migrating`));
    await new Promise((resolve) => setTimeout(resolve, next() * 120));
    child.kill("SIGKILL");
    await gone;
    if (!isCurrent(file)) inTheMidst++;

    openStore(file).close();
    const after = new Database(file);
    expect(after.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(after.pragma("foreign_key_check")).toEqual([]);
    const counts = rowCounts(after);
    expect([...before].filter(([table, rows]) => (counts.get(table) ?? 0) < rows)).toEqual([]);
    after.close();
    expect(isCurrent(file)).toBe(true);
    for (const end of ["", "-wal", "-shm", ".migrating"]) rmSync(`${file}${end}`, { force: true });
  }
  if (full) expect(inTheMidst).toBeGreaterThan(KILLS / 4);
  await annotate(`${inTheMidst} of ${KILLS} kills before it was done`);
});
