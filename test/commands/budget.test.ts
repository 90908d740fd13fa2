import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import {
  decimal,
  evenly,
  floored,
  minus,
  over,
  plus,
  type Rational,
  ratio,
  times,
} from "../support/rational.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

type Day = { date: string; "PM2.5": number | null };
type Level = {
  level: string;
  period: { from: string; to: string };
  targets: Record<string, unknown>[];
  [key: string]: unknown;
};

/** A region's PM2.5 days as the file holds them: exact sum and number. */
async function known(region: string, from: string, to: string): Promise<{ sum: number; days: number }> {
  const days: Day[] = await office.bot.store.read((r) => r.air.days(region, from, to));
  const values = days.flatMap((day) => day["PM2.5"] ?? []);
  return { sum: values.reduce((a, b) => a + b, 0), days: values.length };
}
const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const monthOf = (year: number, month: number): [string, string] => {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return [first.toString(), first.with({ day: first.daysInMonth }).toString()];
};
/** T · C(month)/C(year) of 2019 by 2020's days, printed with one decimal. */
async function controlsOf(region: string, target: number): Promise<number[]> {
  const means: Rational[] = [];
  for (let month = 1; month <= 12; month++) {
    const { sum, days } = await known(region, ...monthOf(2019, month));
    means.push(ratio(sum, days));
  }
  const year = means.reduce((sum, mean, i) => plus(sum, times(mean, ratio(lengths[i] ?? 0, 366))), ratio(0));
  return means.map((mean) => evenly(over(times(ratio(target), mean), year), 1));
}

test("the city's month, quarter and year say what is left, as exact fractions of its days do", async () => {
  const { facts } = await office.says("市办", "预算");
  const city = office.bot.office.city.id;
  for (const [kind, target] of [
    ["constraint", 36],
    ["stretch", 35],
  ] as const) {
    const controls = await controlsOf(city, target);
    const quarter = [30, 31, 30].reduce(
      (sum, days, i) => plus(sum, times(decimal(controls[3 + i] ?? 0), ratio(days, 91))),
      ratio(0),
    );
    const held = { month: controls[5], quarter: evenly(quarter, 1), year: target };
    for (const { level, period, targets, ...level_ } of facts.levels as Level[]) {
      const { sum, days } = await known(city, period.from, "2020-06-14");
      const left = Temporal.PlainDate.from("2020-06-14").until(period.to, { largestUnit: "days" }).days;
      const t = held[level as keyof typeof held] as number;
      const rest = over(minus(times(decimal(t), ratio(days + left)), ratio(sum)), ratio(left));
      expect(level_).toMatchObject({
        remainingDays: left,
        validDays: days,
        pm25MeanUgM3: evenly(ratio(sum, days), 1),
      });
      expect(targets.find((one) => one.indicator === "pm25-mean" && one.kind === kind)).toMatchObject({
        targetUgM3: t,
        derived: level !== "year",
        remainingAllowableMeanUgM3: floored(rest, 1),
      });
    }
  }
});

test("bad days are counted down from what each period may have, exactly and rounded down", async () => {
  const { levels } = (await office.says("市办", "预算")).facts;
  const month = (await office.says("市办", "全市 6月")).facts;
  const year = (await office.says("市办", "全市")).facts;
  // (100 − 80.8) % of 30 and 366 days, (100 − 83) %.
  const expected = [
    [month, 30, 5, 5],
    [year, 366, 70, 62],
  ] as const;
  for (const [status, days, constraint, stretch] of expected) {
    const bad = status.days.valid - status.days.good;
    const level = levels.find((one: Level) => one.level === (days === 30 ? "month" : "year"));
    expect(level).toMatchObject({ badDays: bad, validAqiDays: status.days.valid });
    const left = (kind: string) =>
      level.targets.find(
        (t: { indicator: string; kind: string }) => t.indicator === "attainment-rate" && t.kind === kind,
      );
    expect(left("constraint").badDaysLeft).toBe(constraint - bad);
    expect(left("stretch").badDaysLeft).toBe(stretch - bad);
  }
});

test("the year's part of it is what the city's own card says", async () => {
  const { levels } = (await office.says("市办", "预算")).facts;
  const { targets } = (await office.says("市办", "全市")).facts;
  const year = levels.find((one: Level) => one.level === "year").targets;
  const onCard = targets.map((t: Record<string, unknown>) => [
    t.kind,
    t.toDate,
    t.remainingAllowableMean ?? t.badDaysLeft,
    t.state,
    t.note ?? null,
  ]);
  const here = year.map((t: Record<string, unknown>) => [
    t.kind,
    t.toDateUgM3 ?? t.toDatePct,
    t.remainingAllowableMeanUgM3 ?? t.badDaysLeft,
    t.state,
    t.note ?? null,
  ]);
  expect(here).toEqual(onCard);
});

test("今天 is held to the least of the three, by the name of the level; what is lost binds nobody", async () => {
  const { facts, text } = await office.says("市办", "今天要控制在多少");
  const of = (kind: string, level: string) =>
    facts.levels
      .find((one: Level) => one.level === level)
      .targets.find(
        (t: { indicator: string; kind: string }) => t.kind === kind && t.indicator === "pm25-mean",
      ).remainingAllowableMeanUgM3;
  for (const { kind, pm25LimitUgM3, bindingLevel } of facts.today) {
    const all = ["month", "quarter", "year"].map((level) => of(kind, level));
    expect(pm25LimitUgM3).toBe(Math.min(...all));
    expect(of(kind, bindingLevel)).toBe(pm25LimitUgM3);
  }
  expect(facts.today[1]).toMatchObject({
    kind: "stretch",
    bindingLevel: "quarter",
    badDaysLeft: 0,
    lost: [{ level: "quarter", indicator: "attainment-rate" }],
  });
  expect(text).toContain("今天PM2.5须控制在27.0µg/m³以内（本月要求最严）");
});

test("ozone's days are capped at nine tenths of last year's", async () => {
  const { ozoneDays } = (await office.says("市办", "预算")).facts;
  expect(ozoneDays.capDays).toBe(Math.floor((ozoneDays.lastYearDays * 90) / 100));
  expect(ozoneDays.leftDays).toBe(ozoneDays.capDays - ozoneDays.soFarDays);
});

test("a county without targets has none made up: 未分解, and the city's beside it", async () => {
  const { facts, text } = await office.says("海安联络员", "预算 海安");
  expect(facts).toMatchObject({ county: "海安", divided: false, today: [], ozoneDays: null });
  expect(facts.levels.map((one: Level) => one.targets)).toEqual([[], [], []]);
  expect(facts.city).toMatchObject({ county: "南通", divided: true });
  expect(text).toContain("未分解");
  expect(text).toContain("仅供参照");
});

test("a county's own targets are judged by its own season, and it is listed under the city's", async () => {
  const own = await anOffice();
  await importText(own, ["县区,指标,约束性,奋斗", "海安,PM2.5,38,37", "海安,优良率,79.5,81"]);
  const { facts } = await own.says("海安联络员", "预算 海安");
  expect(facts).toMatchObject({ divided: true });
  expect(facts.city).toBeUndefined();
  const month = facts.levels[0].targets.find((t: { kind: string }) => t.kind === "constraint");
  expect(month.targetUgM3).toBe((await controlsOf("haian", 38))[5]);
  const overview = await own.says("市办", "预算");
  expect(overview.facts.rows.find((row: { county: string }) => row.county === "海安").levels).toEqual(
    facts.levels,
  );
  own.close();
});

describe("a county with targets of its own for a month and a quarter", () => {
  let own: AnOffice;
  beforeAll(async () => {
    own = await anOffice();
    await importText(own, [
      "县区,指标,时段,约束性,奋斗",
      ...["海安,PM2.5,全年,38,37", "海安,优良率,全年,79.5,81", "海安,PM2.5,6月,21,", "海安,优良率,6月,90,"],
      ...[
        "如皋,PM2.5,二季度,35,",
        "启东,PM2.5,4月,30,",
        "启东,PM2.5,5月,29,",
        "启东,PM2.5,6月,28,",
        "启东,PM2.5,二季度,20,",
      ],
    ]);
  });
  afterAll(() => own.close());
  const levelsOf = async (county: string) => {
    const { facts, text } = await own.says("市办", `预算 ${county}`);
    const of = (level: string, kind = "constraint", indicator = "pm25-mean") =>
      (facts.levels as Level[])
        .find((one) => one.level === level)
        ?.targets.find((t) => t.indicator === indicator && t.kind === kind);
    return { facts, text, of };
  };

  test("the month's own goes before the one that is derived; what was not entered stays derived", async () => {
    const { facts, text, of } = await levelsOf("海安");
    const [, , , , , june] = await controlsOf("haian", 37);
    expect(of("month")).toMatchObject({ targetUgM3: 21, derived: false });
    expect(of("month", "stretch")).toMatchObject({ targetUgM3: june, derived: true });
    expect(of("quarter")).toMatchObject({ derived: true });
    expect(of("year")).toMatchObject({ targetUgM3: 38, derived: false });
    const { sum, days } = await known("haian", "2020-06-01", "2020-06-14");
    expect(of("month")?.remainingAllowableMeanUgM3).toBe(floored(ratio(21 * (days + 16) - sum, 16), 1));
    // A tenth of June's days may be bad, not the year's fifth.
    const month = facts.levels[0];
    expect(of("month", "constraint", "attainment-rate")).toMatchObject({
      ...{ targetPct: 90, derived: false },
      badDaysLeft: Math.floor((month.validAqiDays + 16) / 10) - month.badDays,
    });
    expect(facts.today[0]).toMatchObject({ bindingLevel: "month" });
    expect(text).toContain("本月要求最严");
    expect(text).toContain("6月PM2.5、优良率按录入的目标");
  });

  test("a county with a quarter's target alone is held to it, and to no year", async () => {
    const { facts, text, of } = await levelsOf("如皋");
    expect(facts.divided).toBe(true);
    expect([of("month"), of("year")]).toEqual([undefined, undefined]);
    expect(of("quarter")).toMatchObject({ targetUgM3: 35, derived: false });
    expect(facts.today).toMatchObject([{ kind: "constraint", bindingLevel: "quarter" }]);
    expect(text).toContain("本季度要求最严");
    const { facts: other } = await own.says("市办", "预算 如皋 7月");
    expect(other.divided).toBe(false);
  });

  test("a quarter and months that contradict each other are both shown, and the tighter binds", async () => {
    const { facts, text, of } = await levelsOf("启东");
    expect([of("month")?.targetUgM3, of("quarter")?.targetUgM3]).toEqual([28, 20]);
    expect(facts.conflicts).toEqual([
      { indicator: "pm25-mean", kind: "constraint", whole: "q2", parts: ["m04", "m05", "m06"] },
    ]);
    expect(text).toContain("PM2.5约束性目标二季度20与4月30、5月29、6月28不能同时完成");
    const rests = [of("month"), of("quarter")].map((t) => t?.remainingAllowableMeanUgM3 as number);
    const { pm25LimitUgM3, bindingLevel, lost } = facts.today[0];
    if (rests[1] !== undefined && rests[1] > 0)
      expect([pm25LimitUgM3, bindingLevel]).toEqual([rests[1], "quarter"]);
    else expect(lost).toEqual([{ level: "quarter", indicator: "pm25-mean" }]);
  });

  test("what if is judged by the month's own target, and by none of a level that has none", async () => {
    const { facts } = await own.says("市办", "预算 海安 本月剩余 PM2.5 40");
    expect(facts.whatIf.levels[0].targets[0]).toMatchObject({
      targetUgM3: 21,
      derived: false,
      isReference: false,
    });
    const quarter = (await own.says("市办", "预算 如皋 本月剩余 PM2.5 40")).facts.whatIf.levels;
    expect(quarter.map((one: { targets: unknown[] }) => one.targets.length)).toEqual([0, 1, 0]);
  });

  test("the daily sheet holds the county to the same", async () => {
    const { facts } = await own.says("市办", "日报 昨天");
    const ofHaian = facts.budgets.find(({ county }: { county: string }) => county === "海安");
    expect(ofHaian.levels[0].targets).toEqual((await levelsOf("海安")).facts.levels[0].targets);
    expect(facts.budgets.map(({ county }: { county: string }) => county)).toContain("如皋");
  });
});

test("a county that had no station last year has no control values, and its year all the same", async () => {
  const own = await anOffice();
  await importText(own, ["县区,指标,约束性,奋斗", "苏锡通园区,PM2.5,38,37"]);
  const { facts, text } = await own.says("市办", "预算 苏锡通园区");
  expect(facts.levels.map((one: Level) => one.targets.length)).toEqual([0, 0, 2]);
  expect(facts.levels[0].withoutControlValue).toEqual(["constraint", "stretch"]);
  expect(text).toContain("测算不出");
  own.close();
});

describe("months that are over or to come", () => {
  test("of a month that is over there is no budget, only how it ended; nothing follows for today", async () => {
    const { facts } = await office.says("市办", "预算 5月");
    expect(facts.today).toEqual([]);
    expect(facts.levels[0].targets.map((t: Record<string, unknown>) => [t.indicator, t.state])).toEqual([
      ["pm25-mean", "met"],
      ["attainment-rate", "unreachable"],
      ["pm25-mean", "met"],
      ["attainment-rate", "unreachable"],
    ]);
    expect(facts.levels[0].targets[0].remainingAllowableMeanUgM3).toBeNull();
  });

  test("of a month to come the rest may be its control value", async () => {
    const { facts } = await office.says("市办", "预算 12月");
    const [pm25] = facts.levels[0].targets;
    expect(pm25).toMatchObject({ remainingAllowableMeanUgM3: pm25.targetUgM3, toDateUgM3: null });
    expect(facts.levels[0]).toMatchObject({ validDays: 0, remainingDays: 31 });
  });
});

describe("假设", () => {
  test("预算 海安 12月 PM2.5 40: what the year comes to, and what the other days may have", async () => {
    const { facts, text } = await office.says("海安联络员", "预算 海安 12月 PM2.5 40");
    const so = await known("haian", "2020-01-01", "2020-06-14");
    const then = await known("haian", "2019-06-15", "2019-11-30");
    const sum = plus(ratio(so.sum + 31 * 40), times(ratio(169), ratio(then.sum, then.days)));
    const year = facts.whatIf.levels.at(-1);
    expect(year).toMatchObject({ level: "year", othersLeftDays: 169, othersAsLastYear: true });
    expect(year.comesToUgM3).toBe(evenly(over(sum, ratio(so.days + 200)), 1));
    // No target of its own: held against the city's, and said so.
    expect(year.targets.map((t: Record<string, unknown>) => [t.targetUgM3, t.isReference, t.met])).toEqual([
      [36, true, evenly(over(sum, ratio(so.days + 200)), 0) <= 36],
      [35, true, evenly(over(sum, ratio(so.days + 200)), 0) <= 35],
    ]);
    const rest = over(minus(ratio(36 * (so.days + 200)), ratio(so.sum + 31 * 40)), ratio(169));
    expect(year.targets[0].allowedForOthersUgM3).toBe(floored(rest, 1));
    expect(text).toContain("仅供参照");
  });

  test("本月剩余 is the days still to come, and the month has none beside them", async () => {
    const { facts } = await office.says("海安联络员", "预算 海安 本月剩余 PM2.5 40");
    const so = await known("haian", "2020-06-01", "2020-06-14");
    expect(facts.whatIf).toMatchObject({ of: "rest", pm25MeanUgM3: 40 });
    expect(facts.whatIf.levels[0]).toMatchObject({
      level: "month",
      othersLeftDays: 0,
      comesToUgM3: evenly(ratio(so.sum + 16 * 40, so.days + 16), 1),
    });
  });

  test("预算 全市 12月 超标 5天 leaves the other days the rest of the year's", async () => {
    const { facts } = await office.says("市领导", "预算 全市 12月 超标 5天");
    const { days } = (await office.says("市办", "全市")).facts;
    const bad = days.valid - days.good;
    expect(facts.whatIf).toMatchObject({ badDays: 5, of: "whole" });
    expect(facts.whatIf.levels.at(-1)).toMatchObject({
      badDays: bad + 5,
      othersLeftDays: 169,
      targets: [
        { targetPct: 80.8, badDaysLeftForOthers: 70 - bad - 5, met: true },
        { targetPct: 83, badDaysLeftForOthers: 62 - bad - 5, met: true },
      ],
    });
  });

  test.each([
    ["预算 12月 PM2.5 40.5微克", 40.5],
    ["预算 12月PM2.5均值为40", 40],
    ["/budget 2020-12 pm2.5 40", 40],
    ["预算 剩余 PM2.5 33", 33],
  ])("%s is understood", async (phrase, value) => {
    expect((await office.says("市办", phrase)).facts.whatIf.pm25MeanUgM3).toBe(value);
  });
});

test.each([
  ["预算 上周", "bad-period", "整月"],
  ["预算 2021", "no-data", "2021年"],
  ["预算 5月 PM2.5 20", "bad-period", "已经过完"],
  ["预算 6月 PM2.5 5", "bad-number", "不低于11.2"],
  ["预算 12月 PM2.5 0", "bad-number", "0至1000"],
  ["预算 12月 超标 40天", "bad-number", "0至31"],
  ["预算 本月 超标 3天", "bad-number", "已超标5天"],
  ["预算 本月剩余 超标 2.5天", "bad-number", "整数"],
  ["预算 本月剩余", "usage", "PM2.5 40"],
  ["预算 PM2.5 40", "usage", "哪一段"],
  ["预算 12月 PM2.5 40 超标 5天", "usage", "一次只能"],
  ["预算 海安 PM2.5 四十左右", "usage", "四十"],
])("%s is refused as %s, and says how to mend it", async (phrase, code, words) => {
  const refused = await office.says("市办", phrase);
  expect([refused.code, refused.message]).toEqual([code, expect.stringContaining(words)]);
});

test("a county's people ask for their own county and the city, not for another county", async () => {
  expect((await office.says("海安联络员", "预算 如东")).code).toBe("forbidden");
  expect((await office.says("海安联络员", "预算")).code).toBeNull();
});

test("on New Year's Day everything is still to come; in the next year there is no target", async () => {
  const january = await anOffice({ at: "2020-01-01T08:30" });
  const { facts } = await january.says("市办", "预算");
  expect(facts.levels.map((one: Level) => [one.validDays, one.remainingDays])).toEqual([
    [0, 31],
    [0, 91],
    [0, 366],
  ]);
  expect(facts.today[0]).toMatchObject({ pm25LimitUgM3: 36, bindingLevel: "year" });
  january.close();
  const next = await anOffice({ at: "2021-01-04T08:30" });
  expect((await next.says("市办", "预算")).code).toBe("no-data");
  next.close();
});
