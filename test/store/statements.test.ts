import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { openConnection, withDrizzle } from "../../src/store/open.ts";
import { setting } from "../../src/store/schema.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice | undefined;
afterAll(() => office?.close());

test("a text is compiled once, whoever asks for it how often, and gives rows or named columns as it is asked", async () => {
  office = await anOffice({ jobs: false });
  const connection = openConnection(office.file);
  const compiled: string[] = [];
  const prepare = connection.prepare.bind(connection);
  connection.prepare = ((text: string) => {
    compiled.push(text);
    return prepare(text);
  }) as typeof connection.prepare;
  const db = withDrizzle(connection);
  const built = () => db.select({ value: setting.value }).from(setting).where(eq(setting.key, "demo"));
  const written = () => db.all(sql.raw(`select "value" from "setting" where "setting"."key" = 'demo'`));
  const alike = () => db.all(sql`select "value" from "setting" where "setting"."key" = ${"demo"}`);
  for (let time = 0; time < 3; time++) {
    expect(await built()).toEqual([{ value: "1" }]);
    expect(await written()).toEqual([{ value: "1" }]);
    expect(await alike()).toEqual([{ value: "1" }]);
  }
  expect(built().toSQL().sql).toBe(`select "value" from "setting" where "setting"."key" = +?`);
  // Whoever asks for arrays leaves the next one rows.
  expect(await db.values(sql.raw(`select "value" from "setting" where "setting"."key" = 'demo'`))).toEqual([
    ["1"],
  ]);
  expect(await written()).toEqual([{ value: "1" }]);
  // The builder's text and the one written alike: once for columns, once for rows.
  expect(compiled).toHaveLength(3);
  expect(new Set(compiled).size).toBe(2);

  // What goes through many texts forgets the oldest, and asks it anew.
  for (let n = 0; n < 600; n++) await db.all(sql.raw(`select ${n} as n`));
  expect(await built()).toEqual([{ value: "1" }]);
  expect(await db.all(sql.raw("select 0 as n"))).toEqual([{ n: 0 }]);
  expect(compiled.filter((text) => text === "select 0 as n")).toHaveLength(2);
  connection.close();
});
