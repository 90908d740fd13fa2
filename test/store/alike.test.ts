import Database from "better-sqlite3";
import { expect, test } from "vitest";
import type { IssueId } from "../../src/domain/ids.ts";
import { chanceOf } from "../support/chance.ts";
import { anOffice } from "../support/office.ts";

test("among 20,000 pictures one that differs in few bits is found by the indexes of its parts", async () => {
  const office = await anOffice();
  const { store } = office.bot;
  const { id: issueId } = (await store.read((r) => r.issues.byNo("NT-2020-000006"))) ?? { id: 0 as IssueId };
  const raw = new Database(office.file);
  const insert = raw.prepare(
    `insert into evidence (id, issue_id, kind, round, at, sha256, sent_sha256, name, type, bytes, width, height)
     values (?, ?, 'after', 9, 0, ?, ?, 'a.jpg', 'image/jpeg', 1, 9, 9)`,
  );
  const look = raw.prepare("insert into picture_look values (?, ?, ?, ?, ?)");
  const { below } = chanceOf(20200615);
  const part = () => below(2 ** 16);
  raw.transaction(() => {
    for (let id = 1000; id < 21_000; id++) {
      insert.run(id, issueId, `${id}`, `${id}`);
      look.run(`${id}`, part(), part(), part(), part());
    }
    // Two bits off in the first part, one in each of the others, as the new one is drawn below: five of 64.
    raw.prepare("update picture_look set a = ?, b = ?, c = ?, d = ? where sha256 = '15000'").run(3, 1, 1, 1);
    raw.prepare("update picture_look set a = ?, b = ?, c = ?, d = ? where sha256 = '15001'").run(7, 3, 3, 1);
    insert.run(30_000, issueId, "new", "new");
    look.run("new", 0, 0, 0, 0);
  })();
  const twin = async (bits: number) => {
    const mine = await store.read((r) => r.evidence.byId(30_000));
    if (mine === null) throw new Error("it isn't there");
    return store.read((r) => r.evidence.twinOf(mine, { issueId, round: 1, kind: "after" }, bits));
  };
  expect((await twin(5))?.id).toBe(15_000);
  // The nearest one is meant, and within the bound.
  expect(await twin(4)).toBeNull();
  expect((await twin(7))?.id).toBe(15_000);

  const plan = raw
    .prepare(
      "explain query plan select sha256 from picture_look where a in (1, 2) or b in (1, 2) or c in (1, 2) or d in (1, 2)",
    )
    .all() as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toMatch(
    /picture_look_a.*picture_look_b.*picture_look_c.*picture_look_d/,
  );
  raw.close();
  office.close();
});
