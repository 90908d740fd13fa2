import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/store.ts";
import { aFolder } from "../support/folder.ts";

const read = (path: string) => readFileSync(join(import.meta.dirname, "../..", path), "utf8");

test("letters of before the register keep their numbers in it, and those that weren't signed are void", () => {
  const file = join(aFolder(), "older.db");
  const raw = new Database(file);
  raw.pragma("foreign_keys = OFF");
  for (const path of [
    "drizzle/0000_spine.sql",
    "drizzle/0001_closed_loop.sql",
    "test/store/loop-in-words.sql",
  ])
    raw.exec(read(path));
  raw.exec("update transfer set no = '移送〔2020〕12号' where id = 2");
  raw.close();
  openStore(file).close();

  const after = new Database(file, { readonly: true });
  const rows = after
    .prepare("select pattern, year, ordinal, no, subject, void_why from document_number order by id")
    .all();
  after.close();
  const series = { pattern: "移送〔{year}〕{n}号", year: 2020 };
  expect(rows).toEqual([
    { ...series, ordinal: 1, no: "移送〔2020〕1号", subject: "transfer:1", void_why: "未获同意" },
    { ...series, ordinal: 12, no: "移送〔2020〕12号", subject: "transfer:2", void_why: null },
  ]);
});
