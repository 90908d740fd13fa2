import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { aFolder } from "./folder.ts";

const root = join(import.meta.dirname, "../..");

/** A database as an early version left it, with people, issues and their histories in words: open for whatever is to be added, without its foreign keys. */
export function anOldDatabase() {
  const file = join(aFolder(), "older.db");
  const raw = new Database(file);
  raw.pragma("foreign_keys = OFF");
  for (const path of [
    "drizzle/0000_spine.sql",
    "drizzle/0001_closed_loop.sql",
    "test/store/loop-in-words.sql",
  ])
    raw.exec(readFileSync(join(root, path), "utf8"));
  return { file, raw };
}
