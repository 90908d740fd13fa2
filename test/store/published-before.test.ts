import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/store.ts";
import { aFolder } from "../support/folder.ts";

const read = (path: string) => readFileSync(join(import.meta.dirname, "../..", path), "utf8");

test("the weekly notices that an earlier version has sent are known: of which week, their figures not", async () => {
  const file = join(aFolder(), "older.db");
  const raw = new Database(file);
  raw.pragma("foreign_keys = OFF");
  for (const path of [
    "drizzle/0000_spine.sql",
    "drizzle/0001_closed_loop.sql",
    "test/store/loop-in-words.sql",
  ])
    raw.exec(read(path));
  const monday = Date.parse("2020-06-15T09:00:00+08:00");
  const run = raw.prepare("insert into job_run (job, slot, state, at, deliveries) values (?, ?, ?, 0, ?)");
  raw.prepare("delete from job_run").run();
  run.run("weekly-notice", monday, "ran", 12);
  run.run("weekly-notice", monday + 7 * 86_400_000, "skipped", 0);
  run.run("weekly-notice", monday + 14 * 86_400_000, "ran", 0);
  run.run("lagging-warning", monday, "ran", 12);
  raw.close();
  const store = openStore(file);
  expect(await store.read((r) => r.officialPapers.issuedSince(0))).toMatchObject([
    {
      row: {
        ...{ kind: "weekly-notice", slot: monday, title: "空气质量周通报（2020-06-08至2020-06-14）" },
        ...{ firstDay: "2020-06-08", lastDay: "2020-06-14", state: "issued", issuedAt: monday },
      },
      print: { restsOn: [["2020-06-08", "2020-06-14"]], batches: [], facts: null, figures: null },
    },
  ]);
  store.close();
});
