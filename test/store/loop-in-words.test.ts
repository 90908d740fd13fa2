import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";
import { lineOf } from "../../src/issues/history.ts";
import { officeOf } from "../../src/office/office.ts";
import { openStore } from "../../src/store/store.ts";
import { readingsOf } from "../issues/readings.ts";
import { anOldDatabase } from "../support/old-database.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** A database as the version left it that stored words; what that version read off it stands beside its rows. */
function aDatabaseInWords(): string {
  const { file, raw } = anOldDatabase();
  raw.close();
  return file;
}
const historyOf = (file: string): Record<string, unknown>[] => {
  const raw = new Database(file, { readonly: true });
  const rows = raw.prepare("select * from issue_event order by id").all() as Record<string, unknown>[];
  raw.close();
  return rows;
};

test("a database whose histories hold words gives the same figures, histories and ledger as before", async () => {
  const file = aDatabaseInWords();
  const before = historyOf(file);
  const store = openStore(file);
  const office = officeOf(await loadPlanPack(join(root, "seeds/nantong-2020")));
  const readings = await readingsOf(store, office, Temporal.Instant.from("2020-07-20T02:00:00Z"));
  store.close();
  expect(JSON.parse(JSON.stringify(readings))).toEqual(JSON.parse(read("test/store/loop-in-words.json")));

  const after = historyOf(file);
  const but = (rows: Record<string, unknown>[]) =>
    rows.map(
      ({
        step: _step,
        region_id: _region,
        level: _level,
        for_id: _for,
        detail: _detail,
        due,
        from_state,
        ...rest
      }) => ({
        ...rest,
        from_state,
        due: from_state === null ? null : due,
      }),
    );
  expect(but(after)).toEqual(but(before));
  // What a history begins with says now whose it was, until when and at which level.
  const beginnings = after.filter((line) => line.from_state === null);
  expect(beginnings.filter((line) => [line.due, line.region_id, line.level].includes(null))).toEqual([]);
  // Each word has become one id, and no two the same one.
  const pairs = new Map(before.map(({ step }, i) => [step, after[i]?.step]));
  expect(pairs.size).toBe(37);
  expect(new Set(pairs.values()).size).toBe(37);
  for (const id of pairs.values()) expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
});

test("a word that no version has written is kept and shown as it is", async () => {
  const file = aDatabaseInWords();
  const raw = new Database(file);
  raw.exec("update issue_event set step = '现场会商' where id = 1");
  raw.close();
  openStore(file).close();
  const [line] = historyOf(file);
  expect(lineOf(String(line?.step))).toEqual({ says: "现场会商", setback: false });
});
