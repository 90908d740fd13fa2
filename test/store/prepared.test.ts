import { eq, sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { connectionOf, type Db, openConnection, withDrizzle } from "../../src/store/open.ts";
import { nounOn, prepared, preparedFor, preparedForEach } from "../../src/store/prepared.ts";
import { account, inbox, person, setting } from "../../src/store/schema.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";

/** How often each query of `noun` was built. */
const built: Record<string, number> = {};
const building = <T>(name: string, query: T): T => {
  built[name] = (built[name] ?? 0) + 1;
  return query;
};

/** Queries of every kind that the store declares. */
const noun = (db: Db) => ({
  value: prepared(() =>
    building(
      "value",
      db
        .select()
        .from(setting)
        .where(eq(setting.key, sql.placeholder("key"))),
    ),
  ),
  accounts: prepared(() =>
    building(
      "accounts",
      db.select().from(person).leftJoin(account, eq(account.personId, person.id)).orderBy(person.id).limit(1),
    ),
  ),
  put: preparedFor((row: { key: string; value: string }) =>
    building("put", db.insert(setting).values(row).returning({ value: setting.value })),
  ),
  called: preparedForEach((names: readonly string[]) =>
    building(
      `called ${names.length}`,
      db
        .select({ name: person.name })
        .from(person)
        .where(sql`${person.name} in ${[...names]}`),
    ),
  ),
});

async function aConnection(): Promise<Db> {
  const connection = openConnection(await aDatabaseIn(aFolder()));
  onTestFinished(() => void connection.close());
  return withDrizzle(connection);
}

test("a query is built once in a process, and each connection asks its own database", async () => {
  const [first, second] = [await aConnection(), await aConnection()];
  const renamed = { name: "第一任" };
  await first.update(person).set(renamed).where(eq(person.id, 1));
  const told: unknown[] = [];
  for (const [at, db] of [first, second].entries()) {
    const { value, accounts, put, called } = nounOn(noun, db, () => undefined);
    told.push({
      put: await put({ key: "mine", value: `of ${at}` }),
      value: (await value({ key: "mine" }))[0]?.value,
      // A join that finds nothing is null as a whole, on whatever connection.
      accounts: (await accounts()).map((row) => [row.person.name, row.account]),
      called: [await called(["第一任"]), await called(["第一任", "市办"])],
    });
  }
  const [theirs] = await second.select({ name: person.name }).from(person).where(eq(person.id, 1));
  expect(told).toEqual([
    {
      put: [{ value: "of 0" }],
      value: "of 0",
      accounts: [["第一任", null]],
      called: [[renamed], expect.arrayContaining([renamed])],
    },
    {
      put: [{ value: "of 1" }],
      value: "of 1",
      accounts: [[theirs?.name, null]],
      called: [[], [{ name: "市办" }]],
    },
  ]);
  expect(built).toEqual({ value: 1, accounts: 1, put: 1, "called 1": 1, "called 2": 1 });
});

test("what no noun declares is built by whoever asks it", async () => {
  const [first, second] = [await aConnection(), await aConnection()];
  const all = (db: Db) => prepared(() => db.select().from(setting).where(eq(setting.key, "demo")));
  await first.update(setting).set({ value: "0" }).where(eq(setting.key, "demo"));
  expect([await all(first)(), await all(second)()]).toEqual([
    [{ key: "demo", value: "0" }],
    [{ key: "demo", value: "1" }],
  ]);
  // Nor is it counted among the queries of the noun that was made last.
  nounOn(noun, await aConnection(), () => undefined);
  void all(first);
  expect(() => nounOn(noun, second, () => undefined)).not.toThrow();
});

test("a noun that declares other queries on another connection is no noun", async () => {
  const db = await aConnection();
  let isFirst = true;
  const changing = (on: Db) => {
    const all = () => prepared(() => on.select().from(setting));
    const queries = isFirst ? [all()] : [all(), all()];
    isFirst = false;
    return queries;
  };
  nounOn(changing, db, () => undefined);
  expect(() => nounOn(changing, db, () => undefined)).toThrow(
    "changing declares 2 queries, and 1 on another connection",
  );
});

test("what a column translates is translated in each filling, and what it takes as it comes is stored so", async () => {
  const db = await aConnection();
  const put = preparedFor((row: typeof inbox.$inferInsert) => db.insert(inbox).values(row));
  const message = { platform: "terminal", payload: "{}", receivedAt: 7 };
  for (const passing of [true, false]) put({ ...message, externalId: `said ${passing}`, passing });
  const stored = `select external_id, received_at, passing from inbox order by id desc limit 2`;
  expect(connectionOf(db).prepare(stored).raw().all()).toEqual([
    ["said false", 7, 0],
    ["said true", 7, 1],
  ]);
});
