import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/store.ts";
import { anOldDatabase } from "../support/old-database.ts";

test("letters of before the register keep their numbers in it, and those that weren't signed are void", () => {
  const { file, raw } = anOldDatabase();
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
