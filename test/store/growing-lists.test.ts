import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { inspectDatabase } from "../../src/store/inspection.ts";
import { openStore } from "../../src/store/store.ts";
import { anOldDatabase } from "../support/old-database.ts";

/** A database as an earlier version left it, whose lists of platforms, roles, kinds and states were CHECKs. */
function anOlderDatabase(): string {
  const { file, raw } = anOldDatabase();
  raw.exec(`
    insert into account (id, platform, user_key, person_id, created_at) values (77, 'slack', 'U1', 1, 5);
    insert into chat (id, platform, chat_key, bound_at) values (78, 'telegram', '-100', 6);
    insert into dialog (person_id, platform, token, fields, answers, at) values (1, 'telegram', 't', '[]', '{}', 7);
    insert into inbox (id, platform, external_id, payload, received_at) values (79, 'web', 'k/1', '{}', 8);
    insert into invitation (id, code_hash, name, role, created_at, expires_at) values (80, 'h', '王芳', 'office', 9, 10);
    insert into job_run (job, slot, state, at, deliveries) values ('weekly-notice', 1, 'ran', 11, 3);
    insert into county_target (region_id, indicator, constraint_value) values ('haian', 'pm25-mean', '36');
    insert into region_day (region_id, date, pm25, source) values ('haian', '2019-01-01', 35, 'import');
  `);
  raw.close();
  return file;
}

/** Every row of every table, by the columns that the older version had. */
function rowsOf(file: string, columns?: ReadonlyMap<string, readonly string[]>) {
  const raw = new Database(file, { readonly: true });
  const tables = raw
    .prepare(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name not like '\\_\\_%' escape '\\' order by name",
    )
    .pluck()
    .all() as string[];
  const known = new Map(
    (columns ? [...columns.keys()] : tables).map((table) => [
      table,
      columns?.get(table) ??
        (raw.pragma(`table_info(${table})`) as { name: string }[])
          .map(({ name }) => name)
          // One number that has become three, each ladder's own; and what stands in a table of its own.
          .filter((name) => name !== "escalation" && (table !== "outbox" || name !== "card")),
    ]),
  );
  const rows = new Map(
    [...known].map(([table, names]) => [
      table,
      raw.prepare(`select ${names.map((n) => `"${n}"`).join(", ")} from "${table}" order by 1, 2`).all(),
    ]),
  );
  const newest = raw.prepare("select name, seq from sqlite_sequence order by name").all();
  raw.close();
  return { known, rows, newest };
}

test("every row of a database with CHECKs is kept as it was, and ids go on where they were", () => {
  const file = anOlderDatabase();
  const before = rowsOf(file);
  openStore(file).close();
  const after = rowsOf(file, before.known);
  for (const [table, rows] of before.rows) {
    // Histories are put from words into ids by a migration of its own, and what is to come is reckoned anew.
    if (table !== "issue_event" && table !== "issue_clock")
      expect(after.rows.get(table), table).toEqual(rows);
    else expect(after.rows.get(table)).toHaveLength(rows.length);
  }
  expect(after.newest).toEqual(expect.arrayContaining(before.newest));
  const faults = inspectDatabase(file).filter(({ ok }) => !ok);
  expect(faults).toEqual([]);
});

test("a platform and a role that no version before has known need no change of any table", () => {
  const file = anOlderDatabase();
  openStore(file).close();
  const raw = new Database(file);
  const schema = () => raw.prepare("select sql from sqlite_schema order by name").all();
  const before = schema();
  raw.exec("insert into account (platform, user_key, person_id, created_at) values ('pigeon', 'P1', 1, 1)");
  raw.exec("insert into person (name, role, created_at) values ('新角色', 'observer', 1)");
  raw.exec("insert into inbox (platform, external_id, payload, received_at) values ('pigeon', '1', '{}', 1)");
  expect(schema()).toEqual(before);
  raw.close();
});
