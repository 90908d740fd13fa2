import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import * as schema from "../../src/store/schema.ts";

const text = readFileSync(join(import.meta.dirname, "../../docs/privacy.md"), "utf8");
const said = [...text.slice(text.indexOf("## What is kept")).matchAll(/`([a-z_]+(?:\.[a-z_]+)?)`/g)].map(
  ([, name = ""]) => name,
);
const tables = Object.values(schema)
  .filter((one) => typeof one === "object" && !Array.isArray(one))
  .map((one) => getTableConfig(one as Parameters<typeof getTableConfig>[0]));

test("docs/privacy.md tells of each table, once, and of no other", () => {
  const named = said.filter((name) => !name.includes("."));
  expect(named.toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
});

test("the columns that docs/privacy.md names are there", () => {
  const columns = tables.flatMap((table) => table.columns.map(({ name }) => `${table.name}.${name}`));
  expect(said.filter((name) => name.includes(".") && !columns.includes(name))).toEqual([]);
});

test("whatever is called phone, contact or sender is named in docs/privacy.md", () => {
  const told = (table: string, column: string) =>
    said.includes(`${table}.${column}`) || (table === "issue_intake" && column === "sender");
  const untold = tables.flatMap((table) =>
    table.columns
      .filter(({ name }) => /phone|contact|sender|mail/.test(name) && !told(table.name, name))
      .map(({ name }) => `${table.name}.${name}`),
  );
  expect(untold).toEqual([]);
});
