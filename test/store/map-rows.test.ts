import { count, eq, getTableColumns, getTableName, is, isNull, max, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { alias, SQLiteTable } from "drizzle-orm/sqlite-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Db, openConnection, withDrizzle } from "../../src/store/open.ts";
import * as schema from "../../src/store/schema.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
let [ours, plain]: Db[] = [];
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T08:30" });
  await office.advanceTo("2020-06-23T08:30");
  ours = withDrizzle(openConnection(office.file));
  plain = drizzle({ client: openConnection(office.file) });
});
afterAll(() => office.close());

// Every kind of column that there is, as real rows have it.
const tables = Object.values(schema).flatMap((one) => (is(one, SQLiteTable) ? [one as SQLiteTable] : []));
const { person, issue, outbox } = schema;
const chief = alias(person, "chief");

test("tables enough have rows to look at", async () => {
  const filled = tables.filter((table) => (ours as Db).select().from(table).limit(1).all().length > 0);
  expect(filled.length).toBeGreaterThan(20);
});

test.each<[string, (db: Db) => PromiseLike<unknown>]>([
  ...tables.map((table): [string, (db: Db) => PromiseLike<unknown>] => [
    getTableName(table),
    (db) => db.select().from(table).limit(200),
  ]),
  [
    "a figure that has no name of its own",
    (db) => db.select({ n: count(), last: max(outbox.id) }).from(outbox),
  ],
  ["a figure with a name", (db) => db.select({ n: sql<number>`count(*)`.as("n") }).from(outbox)],
  [
    "a figure read as a column",
    (db) => db.select({ on: sql`max(active)`.mapWith(person.active) }).from(person),
  ],
  [
    "a column that a join has none of",
    (db) => db.select({ id: issue.id, by: chief.name }).from(issue).leftJoin(chief, isNull(chief.id)),
  ],
  [
    "a row of a table that a join has none of",
    (db) => db.select().from(outbox).leftJoin(chief, isNull(chief.id)).limit(9),
  ],
  [
    "rows of two tables",
    (db) =>
      db
        .select({ outbox, of: getTableColumns(person) })
        .from(outbox)
        .innerJoin(person, eq(person.id, outbox.personId)),
  ],
  [
    "rows of two tables, one of which a join has none of, with figures before and among its columns",
    (db) =>
      db
        .select({
          n: sql<number>`1`,
          of: { said: sql<string>`'x'`, id: chief.id, name: chief.name, active: chief.active },
          row: { title: outbox.title, lastError: outbox.lastError },
        })
        .from(outbox)
        .leftJoin(chief, eq(chief.id, sql`${outbox.personId} + ${outbox.id} % 2 * 1000`))
        .limit(50),
  ],
  [
    "a joined row whose first column may be null, and one of columns of two tables",
    (db) =>
      db
        .select({
          chief: { phone: chief.phone, id: chief.id },
          both: { name: chief.name, error: outbox.lastError, boss: person.name },
        })
        .from(outbox)
        .leftJoin(chief, eq(chief.id, sql`${outbox.personId} + ${outbox.id} % 2 * 1000`))
        .leftJoin(person, isNull(person.id))
        .limit(50),
  ],
  [
    "a table that joins another to its right",
    (db) => db.select().from(outbox).rightJoin(chief, isNull(outbox.id)).limit(9),
  ],
])("%s is read as drizzle reads it", async (_, ask) => {
  expect(await ask(ours as Db)).toStrictEqual(await ask(plain as Db));
});
