import { createHash } from "node:crypto";
import { workDeadlines } from "../src/scheduler/deadlines.ts";
import type { Connection } from "../src/store/open.ts";
import { benchOffice } from "./office.ts";
import { type Finding, median, type Size, sized } from "./side-by-side.ts";
import { longestStretch } from "./stretch.ts";

/** The morning on which the second rung of all of them falls due, with the next reminder of their units. */
const MORNING = "2020-06-18T09:00";

/**
 * One tick with 2,000 overdue issues: reminders of their units, reports to the office. Beside it the same rows by prepared
 * statements, one transaction for each ten issues, with a message for each person and nothing decided.
 */
export async function tick(size: Size): Promise<Finding[]> {
  const issues = sized(size, 2000, 50);
  const runs = { ours: [] as number[], reference: [] as number[], stretch: [] as number[] };
  for (let round = 0; round < sized(size, 3, 1); round++) {
    const office = await benchOffice({ now: MORNING, prepare: (raw) => overdue(raw, issues) });
    const by = await benchOffice({ now: MORNING, prepare: (raw) => overdue(raw, issues) });
    const before = process.cpuUsage();
    runs.stretch.push(await longestStretch(() => workDeadlines(office.bot)));
    runs.ours.push(cpuSince(before));
    const then = process.cpuUsage();
    byHand(by.raw);
    runs.reference.push(cpuSince(then));
    office.close();
    by.close();
  }
  const name = `a tick with ${issues} overdue issues`;
  return [
    { name: `${name}, CPU`, unit: "ms", ours: median(runs.ours), reference: median(runs.reference) },
    { name: `${name}, longest synchronous stretch`, unit: "ms", ours: median(runs.stretch), aim: 100 },
  ];
}

const cpuSince = (before: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** Issues in mending, due three working days ago, reported once. */
function overdue(raw: Connection, count: number): void {
  const regions = raw
    .prepare("select id from region where kind not in ('city', 'town', 'bureau') and valid_to is null")
    .pluck()
    .all();
  const at = Date.parse("2020-06-01T09:00:00+08:00");
  const now = Date.parse(`${MORNING}:00+08:00`);
  const issue = raw.prepare(
    `insert into issue (no, title, source, level, region_id, state, created_at, assigned_at, acknowledged_at, due, first_due,
       term_from, moved_at, mend_rung, mend_reminded_at)
     values (?, '裸土未覆盖', '部门督查', '一般', ?, 'rectifying', ?, ?, ?, '2020-06-15', '2020-06-15', '2020-06-01', ?, 1, ?)`,
  );
  const entry = raw.prepare("insert into issue_clock (issue_id, kind, at, first_at) values (?, ?, ?, ?)");
  raw.transaction(() => {
    for (let n = 0; n < count; n++) {
      const id = issue.run(
        `T-${n}`,
        regions[n % regions.length],
        at,
        at,
        at,
        at,
        now - 86_400_000,
      ).lastInsertRowid;
      entry.run(id, "overdue", now, now - 86_400_000);
      entry.run(id, "overdue-2", now, null);
    }
  })();
}

/** What the tick leaves behind, written without a question asked. */
function byHand(raw: Connection): void {
  const now = Date.parse(`${MORNING}:00+08:00`);
  const due = raw
    .prepare(
      "select id, issue_id as issue, kind from issue_clock where state = 'open' and at <= ? order by issue_id",
    )
    .all(now) as { id: number; issue: number; kind: string }[];
  const settle = raw.prepare("update issue_clock set state = 'done', done_at = ? where id = ?");
  const next = raw.prepare("insert into issue_clock (issue_id, kind, at, first_at) values (?, ?, ?, ?)");
  const mark = raw.prepare("update issue set mend_rung = 2, moved_at = ? where id = ?");
  const event = raw.prepare(
    "insert into issue_event (issue_id, at, step, from_state, to_state) values (?, ?, ?, 'rectifying', 'rectifying')",
  );
  const audit = raw.prepare(
    `insert into audit (at, actor, act, subject, outcome, detail, previous_hash, hash)
     values (?, '定时任务', 'issue-deadlines', ?, 'done', ?, ?, ?)`,
  );
  const notice = raw.prepare("insert into issue_notice (person_id, issue_id, clock_id) values (?, ?, ?)");
  const outbox = raw.prepare(
    `insert into outbox (key, person_id, class, title, job, slot, created_at)
     values (?, ?, 'must-arrive', '整改超期', 'issue-deadlines', ?, ?)`,
  );
  const people = raw.prepare("select id from person limit 12").pluck().all() as number[];
  let previous = raw.prepare("select hash from audit order by id desc limit 1").pluck().get() as string;
  for (let from = 0; from < due.length; from += 20)
    raw.transaction(() => {
      for (const { id, issue, kind } of due.slice(from, from + 20)) {
        settle.run(now, id);
        if (kind === "overdue") next.run(issue, kind, now + 86_400_000, now);
        else {
          mark.run(now, issue);
          event.run(issue, now, kind);
        }
        const detail = JSON.stringify({ kind, due: now });
        const hash = createHash("sha256").update(previous).update(detail).digest("hex");
        audit.run(now, `issue:${issue}`, detail, previous, hash);
        previous = hash;
        notice.run(people[id % people.length], issue, id);
      }
    })();
  for (const person of people) outbox.run(`bench/${person}`, person, now, now);
}
