import { z } from "zod";
import type { Context } from "../../chat/command.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import { figure, shortDate } from "../../chat/wording.ts";
import { changeWords } from "../../domain/air/change.ts";
import { pollutantLabel } from "../../domain/air/day.ts";
import { daysIn, periodOf } from "../../domain/period.ts";
import type { Tile } from "../../output/charts/tiles.ts";
import type { WeekBulletinSpec } from "../../output/charts/week-bulletin.ts";
import { lagOf, lagWords } from "../../plan/lagging.ts";
import type { Reader } from "../../store/store.ts";
import { type Air, yearOnYear } from "../period-air.ts";
import { METRICS } from "../ranking.ts";
import { type WeekPart, weekReport } from "../week-report.ts";
import { airChartFrame, chartPaper } from "./chart-paper.ts";

/** 战报: the week that the weekly notice tells of, on one screen of a phone. */
export const bulletinChart = chartPaper({
  name: "chart.week",
  params: z.object({ from: z.string(), to: z.string() }),
  async spec({ params: { from, to } }, context): Promise<WeekBulletinSpec | Refusal> {
    const { store, office, today } = context;
    const period = periodOf(Temporal.PlainDate.from(from), Temporal.PlainDate.from(to));
    const [part] = await weekReport(store, office, period, today);
    if (part === undefined || part.city === null)
      return refuse("no-data", `${period.label}没有可用的监测数据。`, ["战报 上周"]);
    const { city } = part;
    return {
      kind: "week-bulletin",
      title: "空气质量战报",
      subtitle: `${part.ruled.period.label}${city.now.complete ? "" : `，截至${shortDate(city.now.asOf)}`}`,
      ...airChartFrame(part.data, today),
      notes: [
        "位次按PM2.5均值公布值排列，同比为上年相同日期",
        ...(part.isWhole ? [] : ["只含现行标准下的日子"]),
      ],
      tiles: tilesOf(city),
      ranking: rankingOf(part),
      primary: { name: office.city.short, validDays: city.now.days.valid, days: city.now.primary },
      lines: await linesOf(context),
    };
  },
});

function tilesOf(city: Air): Tile[] {
  const { now } = city;
  const change = yearOnYear(city);
  const pollutant = (p: "PM2.5" | "O3_8h", stat: string): Tile => {
    const { value, unit } = now.pollutants[p];
    return {
      label: `${pollutantLabel(p)}${stat}`,
      value: value === null ? "不予统计" : figure(value),
      unit: value === null ? "" : unit,
      below: [`同比${changeWords(change[p])}`],
    };
  };
  return [
    pollutant("PM2.5", "均值"),
    pollutant("O3_8h", "90%位数"),
    {
      label: "优良天数比率",
      value: now.attainmentRatePct === null ? "不予统计" : figure(now.attainmentRatePct, 1),
      unit: now.attainmentRatePct === null ? "" : "%",
      below: [
        `${now.days.good}/${now.days.valid}天，同比${changeWords(change.attainmentRatePoints, "个百分点")}`,
      ],
    },
  ];
}

function rankingOf({ rows, ruled }: WeekPart): WeekBulletinSpec["ranking"] {
  const { title, unit, decimals } = METRICS["PM2.5"];
  const days = daysIn(ruled.period);
  return {
    metric: title,
    unit,
    decimals,
    rows: rows.flatMap(({ region, rank, tied, pm25, yearOnYearPct }) =>
      rank === null || pm25 === null
        ? []
        : [{ rank, tied, name: region.short, value: pm25, changePct: yearOnYearPct }],
    ),
    unranked: rows.flatMap(({ region, rank, validDays }) =>
      rank === null ? [{ name: region.short, reason: `有效天数不足（${validDays}/${days}天）` }] : [],
    ),
  };
}

/** What is open today, whichever week the air is of. */
async function linesOf({ store, office, now, today }: Context<Reader>): Promise<WeekBulletinSpec["lines"]> {
  const everywhere = office.pack.regions.map(({ id }) => id);
  const { open, overdue } = await store.issues.openIn(everywhere, today.toString(), now.epochMilliseconds);
  const late = overdue > 0 ? `，其中超期${overdue}件` : "";
  return [
    { label: "问题", text: open === 0 ? "没有待办问题" : `待办${open}件${late}（截至${shortDate(today)}）` },
    { label: "滞后", text: lagWords(await lagOf(store, office, today)) },
  ];
}
