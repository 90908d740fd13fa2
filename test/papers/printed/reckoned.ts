import { expect, test } from "vitest";
import { changeWords } from "../../../src/domain/air/change.ts";
import { type AirDay, POLLUTANTS } from "../../../src/domain/air/day.ts";
import type { PrintedFigure } from "../../../src/domain/papers/figures.ts";
import type { MaterialFacts } from "../../../src/meetings/material.ts";
import type { WarningLetter } from "../../../src/papers/warning/letter.ts";
import {
  changedPct,
  changedPoints,
  controls,
  daysOf,
  ranks,
  reckon,
  restBad,
  restMean,
} from "../../support/reckoned.ts";
import { answerOf, office, papersOf, TARGETS } from "./story.ts";

type LagRow = { measure: string; indicator: string; county: string | null; actual: number | null };

const regionOf = (name: string) => {
  const { city } = office.bot.office;
  return name === "全市"
    ? city
    : (office.bot.office
        .regionsOf({ to: day("2020-07-09") }, day("2020-07-10"))
        .find(({ short }) => short === name) ?? city);
};
const day = (date: string) => Temporal.PlainDate.from(date);
const reckonOf = async (name: string, from: string, to: string) =>
  reckon(await daysOf(office, regionOf(name).id, from, to));
const papers = async (kind: string) => {
  const all = await papersOf(kind);
  for (const { print } of all) {
    const batches = await office.bot.store.read((r) => r.air.batchesOf(print?.restsOn ?? []));
    // The days in the file are those of its imports: none has come since.
    expect(print?.batches).toEqual(expect.arrayContaining(batches));
  }
  return all;
};
/** Each month of the first half of 2020 has the valid days that its mean needs (GB 3095-2012 table 4). */
const isWhole = (days: readonly AirDay[]) =>
  ["01", "02", "03", "04", "05", "06"].every((month) => {
    const known = days.filter((one) => one.date.slice(5, 7) === month && one["PM2.5"] !== null);
    return known.length >= (month === "02" ? 25 : 27);
  });
const under = (of: string, figures: readonly PrintedFigure[]) =>
  Object.fromEntries(figures.filter((one) => one.of === of).map(({ figure, value }) => [figure, value]));

test("what remains by month, quarter and year is what the targets leave of the days so far", async () => {
  let rows = 0;
  for (const { row, figures } of await papers("daily-sheet"))
    for (const [name, { mean, rate }] of Object.entries(TARGETS))
      for (const kind of ["约束性", "奋斗"] as const) {
        const on = day(row.lastDay).add({ days: 1 });
        const quarter = on.month - ((on.month - 1) % 3);
        const last2019 = await daysOf(office, regionOf(name).id, "2019-01-01", "2019-12-31");
        const control = controls(last2019, mean[kind]);
        const expected: Record<string, string> = {};
        for (const [level, first, months, target] of [
          ["月", on.month, 1, control(on.month, on.month)],
          ["季", quarter, 3, control(quarter, quarter + 2)],
          ["年", 1, 12, Number(mean[kind])],
        ] as const) {
          const from = on.with({ month: first, day: 1 });
          const end = from.add({ months }).subtract({ days: 1 });
          const so = await reckonOf(name, from.toString(), row.lastDay);
          const left = on.until(end, { largestUnit: "days" }).days + 1;

          const rest = restMean(target, so.pm25, left);
          const bad = restBad(rate[kind], so, left);
          expected[`剩余 ${level}剩余须≤`] = rest <= 0 ? "已不可能" : rest.toFixed(1);
          expected[`剩余 ${level}还可超标`] = bad < 0 ? `已突破${-bad}天` : `${bad}天`;
        }
        expect([row.key, name, kind, under(`${name}${kind}`, figures)]).toEqual([
          row.key,
          name,
          kind,
          expected,
        ]);
        rows += 1;
      }
  expect(rows).toBeGreaterThan(30);
});

test("a meeting's material has the month of every place, its ranking, pace and lag", async () => {
  const [material] = await papers("meeting-material");
  if (material === undefined) throw new Error("there is no material");
  const { air, ranking, pace, lagging: lag } = material.facts as MaterialFacts;
  const june = ["2020-06-01", "2020-06-30"] as const;
  expect(air.length).toBeGreaterThan(8);
  for (const { place, valid, values, rate } of air) {
    const own = await reckonOf(place, ...june);
    const decimals = (p: string) => (p === "CO" ? 1 : 0);
    expect([place, valid, ...values, rate]).toEqual([
      place,
      own.valid,
      ...POLLUTANTS.map((p) => own.published[p].toFixed(decimals(p))),
      own.ratePct.toFixed(1),
    ]);
  }
  const places = air.slice(1).map(({ place }) => place);
  const means = await Promise.all(
    places.map(async (key) => ({ key, value: (await reckonOf(key, ...june)).published["PM2.5"] })),
  );
  const placed = ranks(means);
  expect(ranking?.rows.length).toBe(places.length);
  for (const { name, rank, tied, value, changePct } of ranking?.rows ?? []) {
    const now = (await reckonOf(name, ...june)).published["PM2.5"];
    const then = (await reckonOf(name, "2019-06-01", "2019-06-30")).published["PM2.5"];
    expect([name, { rank, tied }, value, changePct]).toEqual([
      name,
      placed.get(name),
      now,
      changedPct(now, then),
    ]);
  }
  const [mean, rate] = pace;
  for (const [spec, is] of [
    [mean, "mean"],
    [rate, "rate"],
  ] as const)
    for (const { name, toDate, targets } of spec?.rows ?? []) {
      const place = name === office.bot.office.city.short ? "全市" : name;
      const so = await reckonOf(place, "2020-01-01", "2020-07-07");
      expect([name, toDate]).toEqual([name, is === "mean" ? so.pm25.oneDecimal : so.ratePct]);
      const own = TARGETS[place as keyof typeof TARGETS]?.[is];
      expect([name, targets.map(({ value }) => value)]).toEqual([
        name,
        own ? [Number(own.约束性), Number(own.奋斗)] : [],
      ]);
      for (const [i, { said }] of targets.entries()) {
        const target = own?.[i === 0 ? "约束性" : "奋斗"] ?? "0";
        const rest =
          is === "mean"
            ? `剩余177天均值须≤${restMean(Number(target), so.pm25, 177).toFixed(1)}`
            : `剩余177天最多再超标${restBad(target, so, 177)}天`;
        expect([name, said]).toEqual([name, expect.stringContaining(rest)]);
      }
    }
  expect(lag.map(([measure, indicator, county]) => [measure, indicator, county])).toEqual(
    (answerOf("滞后", "2020-07-08").rows as LagRow[]).map((row) => [
      row.measure,
      row.indicator,
      row.county ?? "全市",
    ]),
  );
  // Each of these stands among what a correction is held against.
  const printed = new Set(material.figures.map(({ of, figure, value }) => `${of} ${figure} ${value}`));
  for (const { name, rank, tied } of ranking?.rows ?? [])
    expect(printed).toContain(`${name} 2020年6月PM2.5位次 ${rank}${tied ? "并列" : ""}`);
  expect(printed).toContain(
    `海安 今年PM2.5均值 ${(await reckonOf("海安", "2020-01-01", "2020-07-07")).pm25.oneDecimal.toFixed(1)}`,
  );
  expect([...printed].some((figure) => figure.includes(lag[0]?.[1] ?? ""))).toBe(true);
});

test("a letter's air is the year so far against the same dates, its tasks are those of 滞后", async () => {
  const letters = await papers("warning-letter");
  expect(letters.length).toBeGreaterThan(1);
  const [now, then] = [
    ["2020-01-01", "2020-06-30"],
    ["2019-01-01", "2019-06-30"],
  ] as const;
  const places = office.bot.office
    .regionsOf({ to: day("2020-06-30") }, day("2020-07-01"))
    .map(({ short }) => short);
  const means: { key: string; value: number }[] = [];
  for (const key of places) {
    const days = await daysOf(office, regionOf(key).id, ...now);
    // A place that lacks a month has no rank.
    if (isWhole(days)) means.push({ key, value: reckon(days).published["PM2.5"] });
  }
  expect(means.length).toBeLessThan(places.length);
  for (const { row, facts, figures } of letters) {
    const { short, grounds } = facts as WarningLetter;
    const own = new Map(figures.map(({ of, figure, value }) => [`${of} ${figure}`, value]));
    if (row.regionId !== null) {
      const [a, b] = [await reckonOf(short, ...now), await reckonOf(short, ...then)];
      const [province] = await office.bot.store.read((r) =>
        r.provincialRanks
          .between("2020-06", "2020-06")
          .then((rows) => rows.filter(({ regionId }) => regionId === row.regionId)),
      );
      const rate = changeWords(changedPoints(a.ratePct, b.ratePct), "个百分点");
      expect([short, Object.fromEntries(own)]).toMatchObject([
        short,
        {
          [`${short} PM2.5`]: String(a.published["PM2.5"]),
          [`${short} PM2.5同比`]: changeWords(changedPct(a.published["PM2.5"], b.published["PM2.5"])),
          [`${short} 优良率`]: `${a.ratePct.toFixed(1)}%`,
          [`${short} 优良率同比`]: rate,
          [`${short} 全市位次`]: String(ranks(means).get(short)?.rank),
          [`${short} 全省位次`]: province?.rank == null ? "—" : String(province.rank),
        },
      ]);
      if (short === "海安") {
        // What 37.5 asks of the mean of 2019.
        const all = reckon(await daysOf(office, row.regionId, "2019-01-01", "2019-12-31")).pm25;
        const required = changedPct(37.5 * all.days, all.sum) ?? 0;
        expect(grounds.air?.mean?.required).toBe(Math.min(0, required));
      }
    }
    const red = answerOf("滞后", "2020-07-10").rows as (LagRow & { level: string })[];
    for (const task of grounds.tasks)
      expect(red).toContainEqual(
        expect.objectContaining({
          ...{ measure: task.no, indicator: task.name, county: task.county, level: "红" },
          behindPct: task.behindPct,
        }),
      );
  }
});

test("a 约谈 names the places and means of the province's lists", async () => {
  const [notice] = await papers("interview");
  const lists = await office.bot.store.read((r) => r.provincialRanks.between("2020-04", "2020-06"));
  const own = lists.filter(({ regionId }) => regionId === notice?.row.regionId);
  expect(own).toHaveLength(3);
  expect(notice?.figures).toEqual(
    own.flatMap(({ month, rank, total, tied, pm25 }) => [
      {
        ...{ of: "海安", figure: `${month}全省位次` },
        value: `${rank}/${total}${tied > 1 ? "（并列）" : ""}`,
      },
      { of: "海安", figure: `${month}PM2.5`, value: String((pm25 ?? 0) / 10) },
    ]),
  );
});
