import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Issue } from "../../../src/store/issues.ts";
import { at, local } from "./days.ts";
import { aStage, type Stage } from "./stage.ts";

// The bot is switched off while deadlines pass. When it comes back the unit is reminded first; four office hours later the
// highest rung of each ladder is reported, once.

let stage: Stage;
beforeEach(async () => {
  stage = await aStage("2020-06-15T09:00");
  stage.emptied();
});
afterEach(() => stage.close());

const silent = (differs: Parameters<Stage["issueIn"]>[1] = {}): Promise<Issue> =>
  stage.issueIn("assigned", { title: "裸土", due: "2020-06-19", firstDue: "2020-06-19", ...differs });
const rungsOf = ({ id }: Issue) => stage.eventsOf(id).map(({ step }) => step);
/** What the issue's clock has sent: who, what, when. */
const sent = () =>
  (
    stage.raw
      .prepare(
        `select person.name, outbox.title, outbox.created_at as at from outbox join person on person.id = person_id
         where job = 'issue-deadlines' and kind = 'post' and title like '%裸土%' and outbox.key not like 'fold/%' order by outbox.id`,
      )
      .all() as { name: string; title: string; at: number }[]
  ).map(({ name, title, at }) => `${local(at).slice(5, 16)} ${name} ${title.split("：")[0]}`);

/** The top of both ladders, in one message. */
const TOPS = ["ack-3", "overdue-3"];
const TOLD = "逾期未签收（报市攻坚办）、整改超期（报市攻坚办）";

test("away for a fortnight: the unit's reminder first, then the highest rung of each ladder in one message", async () => {
  const issue = await silent();
  await stage.office.wakesAt("2020-07-01T10:00");
  expect(rungsOf(issue)).toEqual([]);
  expect(sent()).toEqual([
    "07-01T10:00 海安联络员 整改超期提醒（已超期12天）",
    "07-01T10:00 住建联络员 整改超期提醒（已超期12天）",
  ]);
  await stage.office.wakesAt("2020-07-01T13:59");
  expect(rungsOf(issue)).toEqual([]);
  await stage.office.wakesAt("2020-07-01T14:00");
  expect(rungsOf(issue)).toEqual(TOPS);
  expect(sent().slice(2)).toEqual([`07-01T14:00 督查 ${TOLD}`, `07-01T14:00 市办 ${TOLD}`]);
  const before = sent().length;
  await stage.office.wakesAt("2020-07-01T14:05");
  expect(sent()).toHaveLength(before);
  // The 2nd and the 4th working day have passed meanwhile.
  await stage.office.wakesAt("2020-07-06T09:00");
  expect(sent().slice(before)).toEqual([
    "07-06T09:00 海安联络员 整改超期提醒（已超期17天）",
    "07-06T09:00 住建联络员 整改超期提醒（已超期17天）",
    "07-06T09:00 市领导 建议挂牌督办",
    "07-06T09:00 市办 建议挂牌督办",
  ]);
  expect(rungsOf(issue)).toEqual(TOPS);
});

test("the bot that was away has reported to the top what the bot that was there has", async () => {
  const there = await aStage("2020-06-15T09:00");
  there.emptied();
  const issue = await there.issueIn("assigned", { due: "2020-06-19", firstDue: "2020-06-19" });
  await there.office.advanceTo("2020-07-01T14:00");
  const same = await silent();
  await stage.office.wakesAt("2020-07-01T10:00");
  await stage.office.wakesAt("2020-07-01T14:00");
  expect(there.eventsOf(issue.id).map(({ step }) => step)).toEqual([
    "ack-1",
    "ack-2",
    "ack-3",
    "overdue-1",
    "overdue-2",
    "overdue-3",
  ]);
  const rungs = (of: Stage, id: number) => {
    const { ack_rung, mend_rung } = of.issue(id);
    return { ack_rung, mend_rung };
  };
  expect(rungs(stage, same.id)).toEqual(rungs(there, issue.id));
  const kinds = (of: Stage, id: number) => of.openClockOf(id).map(({ kind, at }) => `${kind} ${local(at)}`);
  expect(kinds(stage, same.id)).toEqual(kinds(there, issue.id));
  there.close();
});

describe("coming back at night or on a holiday", () => {
  test("leaves what isn't grave for the next morning of work", async () => {
    const issue = await silent();
    // The night before 端午; the Sunday after it is worked.
    await stage.office.wakesAt("2020-06-25T02:00");
    expect([rungsOf(issue), sent()]).toEqual([[], []]);
    await stage.office.wakesAt("2020-06-27T12:00");
    expect([rungsOf(issue), sent()]).toEqual([[], []]);
    await stage.office.wakesAt("2020-06-28T09:00");
    expect([rungsOf(issue), sent().length]).toEqual([[], 2]);
    await stage.office.wakesAt("2020-06-28T13:00");
    expect(rungsOf(issue)).toEqual(["ack-3", "overdue-2"]);
  });

  test("speaks at once of what is", async () => {
    const issue = await silent({ level: "重大" });
    await stage.office.wakesAt("2020-06-25T02:00");
    expect(rungsOf(issue)).toEqual(TOPS);
    // Of something grave the lead is told with the unit, and nobody waits.
    expect(sent()).toEqual([
      "06-25T02:00 海安联络员 整改超期提醒（已超期6天）",
      "06-25T02:00 住建联络员 整改超期提醒（已超期6天）",
      "06-25T02:00 海安领导 整改超期提醒（已超期6天）",
      `06-25T02:00 督查 ${TOLD}`,
      `06-25T02:00 市办 ${TOLD}`,
    ]);
  });
});

test("switched off and on again every day, nothing comes twice", async () => {
  const issue = await silent();
  for (const day of ["16", "17", "18", "19", "22", "23", "24", "28", "29", "30"])
    for (const hour of ["08:59", "09:00", "09:01", "17:30"])
      await stage.office.wakesAt(`2020-06-${day}T${hour}`);
  expect(rungsOf(issue)).toEqual(["ack-1", "ack-2", "ack-3", "overdue-1", "overdue-2", "overdue-3"]);
  const lines = sent();
  expect(new Set(lines).size).toBe(lines.length);
  const unit = lines.filter((line) => line.includes("海安联络员"));
  expect(unit).toEqual([
    // Two are due at once, half of the time to acknowledge and three days before the deadline: the latter speaks.
    "06-16T09:00 海安联络员 整改期限提醒",
    "06-18T09:00 海安联络员 整改期限提醒",
    "06-19T09:00 海安联络员 今日到期提醒",
    // The 1st, 2nd and 4th working day: 25 to 27 June are holidays, Sunday the 28th is worked.
    ...["22", "23", "28"].map(
      (day) => `06-${day}T09:00 海安联络员 整改超期提醒（已超期${Number(day) - 19}天）`,
    ),
  ]);
});

test("a reminder that another speaks for is heard when it comes again, and people of another post hear their own", async () => {
  const issue = await stage.issueIn("rectifying", {
    title: "裸土",
    due: "2020-06-16",
    firstDue: "2020-06-16",
    extensionDue: "2020-06-30",
    extensionBy: await stage.id("海安联络员"),
  });
  await stage.office.wakesAt("2020-06-18T10:00");
  const told = () => sent().filter((line) => !line.includes("（报"));
  expect(told().toSorted()).toEqual(
    [
      "06-18T10:00 住建联络员 整改超期提醒（已超期2天）",
      "06-18T10:00 海安联络员 整改超期提醒（已超期2天）",
      "06-18T10:00 市办 延期申请待审批提醒",
    ].toSorted(),
  );
  const open = stage.openClockOf(issue.id).map(({ kind, at }) => `${kind} ${local(at).slice(5, 16)}`);
  expect(open).toEqual(expect.arrayContaining(["overdue 06-22T09:00", "extension 06-19T09:00"]));
  expect(stage.openClockOf(issue.id).filter((row) => row.at <= at("2020-06-18T10:00"))).toEqual([]);
});

test("an issue that is late when its suspension ends: its unit is reminded with the next morning, then it is reported", async () => {
  const issue = await stage.issueIn("suspended", {
    resumeState: "rectifying",
    suspendedOn: "2020-06-15",
    suspendedUntil: "2020-06-21",
    due: "2020-06-10",
    firstDue: "2020-06-10",
  });
  await stage.office.wakesAt("2020-06-22T09:00");
  expect(stage.issue(issue.id)).toMatchObject({ state: "rectifying", due: "2020-06-17", mend_rung: 0 });
  await stage.office.advanceTo("2020-06-23T13:00");
  expect(rungsOf(issue)).toEqual(["resume", "overdue-2"]);
});

test("one that comes every day isn't silenced for good by one that comes once", async () => {
  // To be mended on the day: the first reminder that it is late comes before half of the time to acknowledge has passed.
  const issue = await silent({
    due: "2020-06-15",
    firstDue: "2020-06-15",
    assignedAt: at("2020-06-15T11:00"),
  });
  await stage.bot.store.write((w) => w.issueClock.set(issue.id, [], 0));
  await stage.office.wakesAt("2020-06-15T12:00");
  await stage.office.wakesAt("2020-06-16T12:00");
  const unit = () => sent().filter((line) => line.includes("海安联络员"));
  expect(unit()).toEqual(["06-16T12:00 海安联络员 待签收提醒"]);
  await stage.office.wakesAt("2020-06-17T09:00");
  expect(unit().at(-1)).toBe("06-17T09:00 海安联络员 整改超期提醒（已超期2天）");
});

test("a suspension that ended meanwhile ends now, and the days away count as suspended", async () => {
  const issue = await stage.issueIn("suspended", {
    resumeState: "rectifying",
    suspendedOn: "2020-06-15",
    suspendedUntil: "2020-06-17",
    due: "2020-06-19",
    firstDue: "2020-06-19",
  });
  await stage.office.wakesAt("2020-06-22T10:00");
  expect(stage.issue(issue.id)).toMatchObject({ state: "rectifying", due: "2020-06-28", suspended_on: null });
  expect(rungsOf(issue)).toEqual(["resume"]);
});
