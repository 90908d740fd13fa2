import { beforeAll, describe, expect, test } from "vitest";
import { WEEKLY_READERS } from "../../src/air/week-report.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn, anOffice } from "../support/office.ts";
import { runJson } from "../support/scripts.ts";

type Said = { job: string; title: string };
type Delivery = Said & { at: string; slot: string; audience: string; text: string; pieces?: Said[] };
type Played = { slots: Record<string, number>; deliveries: Delivery[] };

const full = process.env.TEST_FULL === "1";
/** What is played: from the first summer's month over a merger to the longest holiday, in the full run the whole year. */
const [FROM, TO] = full ? ["2020-01-01", "2020-12-31"] : ["2020-06-01", "2020-10-12"];
const DAYS = ["--from", FROM, "--to", TO] as const;
const NOTHING = { due: 0, ran: 0, caughtUp: 0, skipped: 0 };

let first: Played;
let second: Played;
let people: { name: string; role: string }[];

beforeAll(async () => {
  const office = await anOffice();
  people = (await office.bot.store.read((r) => r.people.all())).map(({ name, role }) => ({ name, role }));
  office.bot.store.close();
  first = (await runJson("play", DAYS, office.file)).json;
  second = (await runJson("play", DAYS, office.file)).json;
  office.close();
});

/** Days off of 2020 other than weekends, and weekends worked, as the State Council's notices have them. */
const OFF = /^2020-(01-(01|2[4-9]|3[01])|02-0[12]|04-0[4-6]|05-0[1-5]|06-2[567]|10-0[1-8])$/;
const WORKED = ["2020-01-19", "2020-04-26", "2020-05-09", "2020-06-28", "2020-09-27", "2020-10-10"];
const isOff = (day: Temporal.PlainDate) =>
  !WORKED.includes(day.toString()) && (day.dayOfWeek > 5 || OFF.test(day.toString()));

/** When the slots of some days go out: at nine o'clock of the office, on the next working day where the day is one off. */
function slotsOf2020(wanted: (day: Temporal.PlainDate) => boolean): string[] {
  const slots: string[] = [];
  for (const day of days()) {
    let goesOut = day;
    while (isOff(goesOut)) goesOut = goesOut.add({ days: 1 });
    if (wanted(day)) slots.push(`${goesOut}T09:00:00+08:00`);
  }
  return slots;
}
function* days() {
  for (let day = Temporal.PlainDate.from(FROM); day.toString() <= TO; day = day.add({ days: 1 })) yield day;
}

/** What a job has told whom, each as it stands in the message that it went out in. */
const told = (job: string) =>
  first.deliveries.flatMap((d) =>
    (d.pieces ?? [d])
      .filter((piece) => piece.job === job)
      .map(({ title }) => ({ at: d.at, audience: d.audience, title, text: d.text })),
  );

describe.each([
  {
    job: "weekly-notice",
    number: full ? 52 : 20,
    quiet: 0,
    slots: slotsOf2020((day) => day.dayOfWeek === 1),
    title: /^空气质量周通报（/,
  },
  {
    job: "lagging-warning",
    number: full ? 24 : 9,
    // Nothing lags before the middle of February.
    quiet: full ? 3 : 0,
    slots: slotsOf2020((day) => day.day === 1 || day.day === 16),
    title: /^任务滞后预警 .*（[1-9]\d*项）$/,
  },
])("2020 of $job", ({ job, number, quiet, slots, title }) => {
  test(`reaches the office ${number - quiet} times, at nine o'clock of its day or of the next working day`, () => {
    expect(slots).toHaveLength(number);
    const office = told(job).filter(({ audience }) => audience === "市办");
    expect(office.map(({ at }) => at)).toEqual(slots.slice(quiet));
    expect(new Set(told(job).map(({ at }) => at))).toEqual(new Set(slots.slice(quiet)));
  });

  test("tells nobody anything twice", () => {
    const all = told(job).map(({ at, audience, title }) => `${at} ${audience} ${title}`);
    expect(all.toSorted()).toEqual([...new Set(all)].toSorted());
  });

  test("says what it is", () => {
    expect(told(job).filter((d) => !title.test(d.title))).toEqual([]);
    expect(told(job).filter((d) => /undefined|null|NaN|\[object/.test(d.text))).toEqual([]);
  });
});

test("each weekly notice reaches counties, departments and the city, and nobody else", () => {
  const expected = people.filter((p) => WEEKLY_READERS.some((role) => role === p.role));
  expect(expected.length).toBeGreaterThan(40);
  // 港闸区 was no more from 28 July: nobody has said where its people belong.
  const isHere = (name: string, at: string) => !name.startsWith("港闸") || at < "2020-07-28";
  for (const [title, notices] of Map.groupBy(told("weekly-notice"), (d) => d.title))
    expect(notices.map((d) => d.audience).toSorted(), title).toEqual(
      expected
        .map(({ name }) => name)
        .filter((name) => isHere(name, notices[0]?.at ?? ""))
        .toSorted(),
    );
});

test("the lag warnings reach, beside the office, only whom something is asked of", () => {
  const warned = new Set(told("lagging-warning").map(({ audience }) => audience));
  const roles = new Set(people.filter(({ name }) => warned.has(name)).map(({ role }) => role));
  expect(roles).toEqual(new Set(["office", "county-lead", "county-liaison", "department-liaison"]));
});

test("every slot has run on time, the looks of each working day among them", () => {
  const { due } = first.slots;
  const workingDays = [...days()].filter((day) => !isOff(day)).length;
  expect(workingDays).toBe(full ? 249 : 91);
  expect(due).toBeGreaterThan(2 * workingDays);
  expect(first.slots).toEqual({ due, ran: due, caughtUp: 0, skipped: 0 });
});

test("there are a 约谈 to decide on, warnings before it, and months in which letters are proposed", () => {
  const titles = (job: string) => told(job).map(({ title }) => title);
  expect(titles("interview")).toContain("约谈候选：海安（连续3个月列全省后列）");
  expect(titles("warning-letter").length).toBeGreaterThan(3);
});

test("playing it again delivers nothing", () => {
  expect(second).toEqual({ slots: NOTHING, deliveries: [] });
});

describe("the weekly notice of one Monday", () => {
  const notice = (who: string) =>
    first.deliveries.find((d) => d.slot === "2020-06-08T09:00:00+08:00" && d.audience === who);

  /** The lines of the counties' table: a place first, a rate last. */
  const countyLines = (text = "") => text.split("\n").filter((line) => /^(\d+|—)\D* .*\d\.\d$/.test(line));

  test("covers last Monday to Sunday, with a line of the recipient's own", () => {
    expect(notice("海安领导")?.title).toBe("空气质量周通报（2020年6月1日至7日）");
    expect(notice("海安领导")?.text).toMatch(
      /海安：PM2.5 \d+微克\/立方米，O₃ \d+微克\/立方米，优良率[\d.]+%，位次\d+（并列），PM2.5环比.+、同比.+，首要污染物/,
    );
    expect(notice("市办")?.text).not.toMatch(/海安：PM2.5/);
  });

  test("lists every county with rank, mean, rate and both changes", () => {
    const table = countyLines(notice("市办")?.text);
    expect(table).toHaveLength(11);
    for (const line of table)
      expect(line).toMatch(
        /^\d+(（并列）)? +\S+ +\d+( +(上升[\d.]+%|下降[\d.]+%|持平|无法比较)){2} +\d+ +[\d.]+$/,
      );
  });

  test("after the merger 港闸 is a part of 崇川's line", () => {
    const late = first.deliveries.find(
      (d) => d.slot === "2020-08-10T09:00:00+08:00" && d.audience === "崇川联络员",
    );
    expect(late?.text).toContain("崇川：PM2.5");
    expect(countyLines(late?.text)).toHaveLength(10);
    expect(countyLines(late?.text).join()).not.toContain("港闸");
  });
});

describe("the lagging warning of one day", () => {
  const warning = (who: string) =>
    first.deliveries.find((d) => d.slot === "2020-06-16T09:00:00+08:00" && d.audience === who);

  test("gives the office the whole, a department what it leads, a county its own share", () => {
    expect(warning("市办")?.title).toMatch(/^任务滞后预警 全市 6月16日/);
    expect(warning("城管联络员")?.title).toMatch(/^任务滞后预警 城管 6月16日/);
    expect(warning("城管联络员")?.text).toContain("餐饮油烟治理项目");
    expect(warning("城管联络员")?.text).not.toContain("锅炉提标改造项目");
    expect(warning("如东联络员")?.text).toContain("（如东）");
    // Nothing of 海安's own lags: its people aren't written to.
    expect(warning("海安领导")).toBeUndefined();
  });
});

describe("a bot that was switched off", () => {
  test("catches up by policy: the newest notice if it is not too old, the rest is skipped and counted", async () => {
    const file = await aDatabaseIn(aFolder());
    const play = async (from: string, to: string): Promise<Played> =>
      (await runJson("play", ["--from", from, "--to", to], file)).json;
    expect((await play("2020-06-01", "2020-06-07")).slots).toMatchObject({ caughtUp: 0, skipped: 0 });

    // Off from 8 June to Wednesday, 24 June: three Mondays and the 16th have passed.
    const back = await play("2020-06-24", "2020-06-28");
    const { due, ran = 0, caughtUp = 0, skipped = 0 } = back.slots;
    expect(ran + caughtUp + skipped).toBe(due);
    expect([caughtUp, skipped].every((n) => n > 2)).toBe(true);
    const dropped = back.deliveries.filter((d) => d.text.includes("到点、没有发出"));
    expect(new Set(dropped.map((d) => d.audience))).toEqual(new Set(["市办"]));
    const [deadlines, notices] = [true, false].map((is) =>
      back.deliveries.filter((d) => d.job === (is ? "issue-deadlines" : "weekly-notice")),
    ) as [Played["deliveries"], Played["deliveries"]];
    expect(new Set(notices.map((d) => `${d.job} ${d.slot}`))).toEqual(
      new Set(["weekly-notice 2020-06-22T09:00:00+08:00"]),
    );
    // The office has it in one message with what else it is told at that moment.
    const reached = back.deliveries.flatMap((d) =>
      (d.pieces ?? [d]).flatMap(({ job, title }) => (job === "weekly-notice" ? [{ ...d, title }] : [])),
    );
    expect(reached).toHaveLength(50);
    expect(new Set(reached.map((d) => d.audience)).size).toBe(50);
    expect(new Set(reached.map((d) => d.title))).toEqual(new Set(["空气质量周通报（2020年6月15日至21日）"]));
    expect(new Set(reached.map((d) => d.at))).toEqual(new Set(["2020-06-24T00:00:00+08:00"]));
    // Issues' deadlines wait for the morning; four hours after the units' reminders the highest rung is reported.
    expect(new Set(deadlines.map((d) => d.at.slice(0, 16)))).toEqual(
      new Set(["2020-06-24T09:00", "2020-06-24T13:00", "2020-06-28T09:00"]),
    );
    const late = deadlines.filter((d) => d.text.includes("逾期未签收（报"));
    expect(new Set(late.map((d) => d.at.slice(0, 16)))).toEqual(new Set(["2020-06-24T13:00"]));
    for (const rung of ["报县区领导", "报市办"])
      expect(late.some((d) => d.text.includes(`逾期未签收（${rung}`))).toBe(false);

    // What was skipped stays skipped, also when the time is played again.
    expect(await play("2020-06-01", "2020-06-28")).toEqual({ slots: NOTHING, deliveries: [] });
  });
});
