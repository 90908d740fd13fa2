import { expect, test } from "vitest";
import { openStore } from "../../src/store/store.ts";
import { anOldDatabase } from "../support/old-database.ts";

test("the weekly notices that an earlier version has sent are known: of which week, their figures not", async () => {
  const { file, raw } = anOldDatabase();
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
