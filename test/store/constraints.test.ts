import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
let raw: Database.Database;
beforeAll(async () => {
  office = await anOffice();
  raw = new Database(office.file);
  raw.pragma("foreign_keys = ON");
});
afterAll(() => {
  raw.close();
  office.close();
});

/** The row would stand if nothing forbade it: each statement is undone. */
function fails(statement: string): string {
  try {
    raw.exec(`savepoint attempt; ${statement}`);
    return "";
  } catch (error) {
    return (error as Error).message;
  } finally {
    raw.exec("rollback to attempt; release attempt");
  }
}

test("a CHECK holds what will never have one more: a direction, an outcome, who a delivery is for", () => {
  const checks = raw.prepare("select sql from sqlite_schema where type = 'table'").pluck().all() as string[];
  const named = checks.flatMap((sql) =>
    [...sql.matchAll(/CONSTRAINT "(\w+)" CHECK/g)].map(([, name]) => name),
  );
  expect(named.sort()).toEqual([
    "audit_outcome",
    "message_direction",
    "official_paper_answer_unit",
    "outbox_recipient",
    "paper_candidate_unit",
    "person_scope",
  ]);
});

describe("a CHECK refuses", () => {
  test.each([
    [
      "one person bound to a county and a department",
      "update person set region_id = 'haian', department_id = 'zjj'",
    ],
    [
      "a delivery to nobody",
      "insert into outbox (key, class, title, created_at) values ('k', 'card', 't', 1)",
    ],
    [
      "an act that was neither done nor denied",
      "insert into audit (at, actor, act, outcome, detail, previous_hash, hash) values (1, 'x', 'y', 'maybe', '{}', 'p', 'h')",
    ],
  ])("%s", (_what, statement) => {
    expect(fails(statement)).toMatch(/CHECK constraint failed/);
  });
});

describe("evidence, histories and corrections are only added to:", () => {
  const [one, placed, gone] = [-1, -2, -3];
  beforeAll(() => {
    const add = raw.prepare(
      `insert into evidence (id, issue_id, kind, round, latitude, at, sha256, sent_sha256, name, type, bytes, removed_at)
       values (?, ?, 'other', 1, ?, 1, 'a', 'b', 'x.jpg', 'image/jpeg', 1, ?)`,
    );
    add.run(one, null, null, null);
    add.run(placed, 1, 31.9, null);
    add.run(gone, null, null, 5);
    raw.exec(
      "insert into revision (subject, before, after, at, batch_id) values ('x', '1', '2', 1, (select min(id) from batch))",
    );
  });
  test.each([
    ["what was sent", "update evidence set name = 'y.jpg' where id = -1", "evidence is append-only"],
    ["its hash", "update evidence set sha256 = 'c' where id = -1", "evidence is append-only"],
    ["who sent it", "update evidence set person_id = 1 where id = -1", "evidence is append-only"],
    [
      "the issue that it belongs to",
      "update evidence set issue_id = 2 where id = -2",
      "evidence is append-only",
    ],
    ["its round", "update evidence set round = 2 where id = -2", "evidence is append-only"],
    ["where it was taken", "update evidence set latitude = 32 where id = -2", "evidence is append-only"],
    ["that its file went", "update evidence set removed_at = null where id = -3", "evidence is append-only"],
    ["when its file went", "update evidence set removed_at = 6 where id = -3", "evidence is append-only"],
    [
      "anything beside that its file goes",
      "update evidence set removed_at = 6, issue_id = 1 where id = -1",
      "evidence is append-only",
    ],
    ["that it was there", "delete from evidence where id = -1", "evidence is append-only"],
    ["a history", "update issue_event set text = 'x' where id = 1", "histories of issues are append-only"],
    ["a line of it", "delete from issue_event where id = 1", "histories of issues are append-only"],
    ["what was corrected", "update revision set after = '3'", "revision log is append-only"],
    ["that it was", "delete from revision", "revision log is append-only"],
  ])("nobody changes %s", (_what, statement, why) => {
    expect(fails(statement)).toContain(why);
  });
  test.each([
    ["put to an issue once", "update evidence set issue_id = 1, kind = 'after', twin_id = -2 where id = -1"],
    ["given a place once", "update evidence set latitude = 32, longitude = 121 where id = -1"],
    ["given up once, wherever it belongs", "update evidence set removed_at = 7 where id in (-1, -2)"],
  ])("it may be %s", (_what, statement) => {
    expect(fails(statement)).toBe("");
  });
});

describe("a member is not stored with", () => {
  const codeHash = "h";
  test.each([
    ["a role that isn't one", { role: "mayor" as never }],
    ["a county's role and no county", { role: "county-lead" as const }],
    ["the city's role and a county", { role: "office" as const, regionId: "haian" }],
    ["a department's role and no department", { role: "department-liaison" as const }],
  ])("%s, nor invited", async (_what, given) => {
    const row = { name: "新人", createdAt: 1, ...given };
    await expect(office.bot.store.write(({ people }) => people.add(row))).rejects.toThrow(/role/);
    const invited = office.bot.store.write(({ people }) => people.invite({ ...row, codeHash, expiresAt: 2 }));
    await expect(invited).rejects.toThrow(/role/);
  });
});

describe("a foreign key refuses", () => {
  test.each([
    ["an issue of no region", "update issue set region_id = 'atlantis'"],
    ["a person of no department", "update person set department_id = 'none' where name = '住建联络员'"],
    [
      "a report on no indicator",
      "insert into progress (indicator_id, date, value, reported_at) values ('none', '2020-06-01', '1', 1)",
    ],
    [
      "air of no region",
      "insert into region_day (region_id, date, source) values ('atlantis', '2020-01-01', 'import')",
    ],
    ["to lose a person who has accounts", "delete from person where name = '海安点位长'"],
    ["to lose a region that has days", "delete from region where id = 'haian'"],
  ])("%s", (_what, statement) => {
    expect(fails(statement)).toMatch(/FOREIGN KEY constraint failed/);
  });
});

describe("a key refuses", () => {
  test.each([
    ["two people of one name", "insert into person (name, role, created_at) values ('市办', 'office', 1)"],
    ["two issues of one number", "update issue set no = 'NT-2020-000001'"],
    [
      "one delivery twice",
      "insert into outbox (key, person_id, class, title, created_at) values ('k', 1, 'card', 't', 1), ('k', 1, 'card', 't', 1)",
    ],
    [
      "one slot twice",
      "insert into job_run (job, slot, state, at, deliveries) values ('x', 1, 'ran', 1, 0), ('x', 1, 'ran', 1, 0)",
    ],
    [
      "one account of two people",
      "insert into account (platform, user_key, person_id, created_at) values ('web', 'k', 1, 1), ('web', 'k', 2, 1)",
    ],
  ])("%s", (_what, statement) => {
    expect(fails(statement)).toMatch(/UNIQUE constraint failed/);
  });
});

test("columns keep their type: a word is no concentration", () => {
  expect(fails("update region_day set pm25 = '高' where region_id = 'haian'")).toMatch(/cannot store TEXT/);
});
