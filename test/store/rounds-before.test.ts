import { expect, test } from "vitest";
import { openStore } from "../../src/store/store.ts";
import { anOldDatabase } from "../support/old-database.ts";

test("evidence of an earlier version has the round that its issue was in when it came", async () => {
  const { file, raw } = anOldDatabase();
  // Issue 7 was rejected, closed, and came back.
  const [rejected, reopened] = raw
    .prepare("select at from issue_event where issue_id = 7 and step in ('退回整改', '反弹重办') order by id")
    .pluck()
    .all() as [number, number];
  expect(reopened).toBeGreaterThan(rejected);
  raw.prepare("delete from evidence").run();
  const add = raw.prepare(
    `insert into evidence (id, issue_id, kind, at, sha256, sent_sha256, name, type, bytes, latitude, longitude)
     values (?, ?, ?, ?, ?, ?, 'a.jpg', 'image/jpeg', 1, ?, ?)`,
  );
  const sent = (id: number, issue: number | null, at: number, kind = "after", place = [null, null]) =>
    add.run(id, issue, kind, at, `${id}`, `${id}`, ...place);
  sent(1, 7, rejected - 1000, "before");
  sent(2, 7, rejected);
  sent(3, 7, rejected + 1000, "before", [32.5, 120.5] as never);
  sent(4, 7, reopened + 1000);
  sent(5, null, reopened + 1000, "other");
  raw.close();

  const store = openStore(file);
  const evidence = await Promise.all([1, 2, 3, 4, 5].map((id) => store.read((r) => r.evidence.byId(id))));
  // What came in the very instant of a rejection is what was rejected.
  expect(evidence.map((row) => row?.round)).toEqual([1, 1, 2, 3, null]);
  const issue = await store.read((r) => r.issues.byId(7 as never));
  expect(issue).toMatchObject({ round: 3, stages: 0, latitude: 32.5, longitude: 120.5 });
  expect((await store.read((r) => r.issues.byId(8 as never)))?.round).toBe(1);
  store.close();
});
