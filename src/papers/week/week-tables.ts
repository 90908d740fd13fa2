import { METRICS } from "../../air/ranking.ts";
import type { SheetTable } from "../../air/sheet-table.ts";
import { figure, NOT_DECOMPOSED } from "../../chat/wording.ts";
import { changeWords } from "../../domain/air/change.ts";
import { LEVELS } from "../../domain/air/levels.ts";
import type { FrozenPart, FrozenRow, WeekFacts } from "./week-facts.ts";
import {
  aimName,
  aimText,
  CITY,
  distanceWords,
  primaryDays,
  rankWords,
  shortDistance,
  targetRest,
} from "./week-words.ts";
import type { PlaceYear, WeekYear, YearStanding } from "./week-year.ts";

const end = (title: string) => ({ title, align: "end" as const });
const PM25 = `PM2.5（${METRICS["PM2.5"].unit}）`;

/** The counties on a phone: what is ranked, its changes, ozone and the rate. All else is in picture, Word and Excel. */
export const cardTable = ({ rows, isWhole }: FrozenPart): SheetTable => ({
  title: "",
  columns: [
    { title: "位次" },
    { title: "地区" },
    end(PM25),
    ...(isWhole ? [end("环比")] : []),
    end("同比"),
    end("O₃"),
    end("优良率（%）"),
  ],
  rows: rows.map((row) => [
    rankWords(row),
    row.county,
    figure(row.pm25),
    ...(isWhole ? [changeWords(row.weekOnWeekPct)] : []),
    changeWords(row.yearOnYearPct),
    figure(row.o3),
    figure(row.attainmentRatePct, 1),
  ]),
});

/** The week of city and counties, as Word and Excel have it. */
export const weekTable = (part: FrozenPart): SheetTable => ({
  title: `一周空气质量${part.isWhole ? "" : `（${part.label}）`}`,
  columns: [
    { title: "地区" },
    { title: "位次" },
    end("PM2.5"),
    ...(part.isWhole ? [end("环比")] : []),
    end("同比"),
    end("O₃"),
    end("优良/有效天"),
    end("优良率"),
    { title: "首要污染物" },
  ],
  rows: named(part).map(([name, row]) => [
    name,
    rankWords(row),
    figure(row.pm25),
    ...(part.isWhole ? [changeWords(row.weekOnWeekPct)] : []),
    changeWords(row.yearOnYearPct),
    figure(row.o3),
    `${row.goodDays}/${row.validDays}`,
    figure(row.attainmentRatePct, 1, "%"),
    primaryDays(row),
  ]),
});

/** What else is known of the week, for Excel: the days of each class, the changes of ozone and rate. */
export const moreTable = (part: FrozenPart): SheetTable => ({
  title: `级别和变化${part.isWhole ? "" : `（${part.label}）`}`,
  columns: [
    { title: "地区" },
    ...LEVELS.map((level) => end(level.class)),
    end("有效天"),
    end("O₃同比"),
    ...(part.isWhole ? [end("优良率环比")] : []),
    end("优良率同比"),
  ],
  rows: named(part).map(([name, row]) => [
    name,
    ...LEVELS.map((level) => String(row.levels[level.name])),
    String(row.validDays),
    changeWords(row.o3YearOnYearPct),
    ...(part.isWhole ? [changeWords(row.rateWeekOnWeekPoints, "个百分点")] : []),
    changeWords(row.rateYearOnYearPoints, "个百分点"),
  ]),
});

/** The year to date beside its targets. */
export const yearTable = (year: WeekYear): SheetTable => ({
  title: "今年累计和目标",
  columns: [
    { title: "地区" },
    end("PM2.5"),
    end("同比"),
    ...(year.hasTargets ? [{ title: "比约束性目标" }] : []),
    end("优良率"),
    end("同比"),
    ...(year.hasTargets ? [{ title: "比约束性目标" }] : []),
  ],
  rows: year.places.map((place) => [
    place.isCity ? CITY : place.county,
    figure(place.pm25),
    changeWords(place.pm25ChangePct),
    ...(year.hasTargets ? [aimCell(place, "pm25-mean")] : []),
    figure(place.attainmentRatePct, 1, "%"),
    changeWords(place.attainmentChangePoints, "个百分点"),
    ...(year.hasTargets ? [aimCell(place, "attainment-rate")] : []),
  ]),
});

function aimCell({ aims }: PlaceYear, indicator: YearStanding["indicator"]): string {
  const aim = aims.find((one) => one.indicator === indicator && one.kind === "constraint");
  return aim === undefined ? NOT_DECOMPOSED : `${shortDistance(aim)}（${aimText(aim)}）`;
}

/** What remains of the year for each target that there is. */
export const restTable = ({ places }: WeekYear): SheetTable => ({
  title: "目标差距",
  columns: [
    { title: "地区" },
    { title: "目标" },
    end("目标值"),
    end("累计"),
    { title: "差距" },
    { title: "剩余" },
  ],
  rows: places.flatMap((place) =>
    place.aims.map((aim) => [
      place.isCity ? CITY : place.county,
      aimName(aim),
      aimText(aim),
      figure(aim.toDate, 1, aim.indicator === "pm25-mean" ? "" : "%"),
      distanceWords(aim),
      targetRest(aim) || "—",
    ]),
  ),
});

/** Issues and lag, as Excel has them. */
export const workTable = ({ issues, lag, alerts }: WeekFacts): SheetTable => ({
  title: "问题和滞后",
  columns: [{ title: "项目" }, end("数量")],
  rows: [
    ["交办问题", String(issues.assigned)],
    ["应签收", String(issues.acknowledged.of)],
    ["按时签收", String(issues.acknowledged.met)],
    ["到期问题", String(issues.onTime.of)],
    ["按期整改", String(issues.onTime.met)],
    ...issues.overdue.map(({ county, n }) => [`逾期未整改（${county}）`, String(n)]),
    ...(alerts === undefined ? [] : [["站点异常", String(alerts.begun)]]),
    ...(alerts?.causes ?? []).map(([cause, n]) => [`站点异常原因（${cause}）`, String(n)]),
    ["滞后或未报任务", String(lag.total)],
    ...lag.tasks.map(({ measure, indicator, level, behindPct }) => [
      `${level === "灰" ? "未报" : level}：任务${measure} ${indicator}`,
      behindPct === null ? "—" : `落后${behindPct.toFixed(1)}%`,
    ]),
  ],
});

/** All of a notice's tables, a sheet each. */
export const allTables = (facts: WeekFacts): SheetTable[] =>
  [
    ...facts.parts.flatMap((part) => [weekTable(part), moreTable(part)]),
    ...(facts.year === null ? [] : [yearTable(facts.year), restTable(facts.year)]),
    workTable(facts),
  ].filter(({ rows }) => rows.length > 0);

export const named = ({ city, rows }: FrozenPart): [string, FrozenRow][] => [
  ...(city === null ? [] : [[CITY, city] as [string, FrozenRow]]),
  ...rows.map((row): [string, FrozenRow] => [row.county, row]),
];
