import { figure } from "../../chat/wording.ts";
import { changeWords } from "../../domain/air/change.ts";
import { LEVELS } from "../../domain/air/levels.ts";
import type { PrintedFigure } from "../../domain/papers/figures.ts";
import type { FrozenPart, FrozenRow, WeekFacts } from "./week-facts.ts";
import { named } from "./week-tables.ts";
import { aimName, CITY, distanceWords, primaryDays, rankWords, targetRest } from "./week-words.ts";
import type { PlaceYear } from "./week-year.ts";

/** What a notice prints, figure by figure: the week, the year, the work; places last, since they change with others' figures. */
export const weekPrinted = (facts: WeekFacts): PrintedFigure[] => [
  ...facts.parts.flatMap((part) => figuresOf(part, (row) => ofWeek(row, part))),
  ...(facts.year?.places ?? []).flatMap((place) => listed(place.isCity ? CITY : place.county, ofYear(place))),
  ...listed("问题", ofIssues(facts)),
  ...listed("滞后任务", {
    合计: facts.lag.words,
    ...Object.fromEntries(
      facts.lag.tasks.map(({ measure, indicator, behindPct }) => [
        `任务${measure} ${indicator}`,
        figure(behindPct, 1, "%"),
      ]),
    ),
  }),
  ...facts.parts.flatMap((part) => figuresOf({ ...part, city: null }, (row) => ({ 位次: rankWords(row) }))),
];

const figuresOf = (part: FrozenPart, of: (row: FrozenRow) => Record<string, string>): PrintedFigure[] =>
  named(part).flatMap(([name, row]) =>
    listed(name, of(row)).map((one) => ({
      ...one,
      figure: part.isWhole ? one.figure : `${one.figure}（${part.label}）`,
    })),
  );

const listed = (of: string, figures: Record<string, string>): PrintedFigure[] =>
  Object.entries(figures).map(([name, value]) => ({ of, figure: name, value }));

const ofWeek = (row: FrozenRow, { isWhole }: FrozenPart) => ({
  "PM2.5": figure(row.pm25),
  优良率: figure(row.attainmentRatePct, 1, "%"),
  ...(isWhole ? { 环比: changeWords(row.weekOnWeekPct) } : {}),
  同比: changeWords(row.yearOnYearPct),
  有效天: String(row.validDays),
  优良天: String(row.goodDays),
  "O₃": figure(row.o3),
  "O₃同比": changeWords(row.o3YearOnYearPct),
  ...(isWhole ? { 优良率环比: changeWords(row.rateWeekOnWeekPoints, "个百分点") } : {}),
  优良率同比: changeWords(row.rateYearOnYearPoints, "个百分点"),
  首要污染物: primaryDays(row),
  ...Object.fromEntries(LEVELS.map((level) => [`${level.class}天`, String(row.levels[level.name])])),
});

const ofYear = (place: PlaceYear) => ({
  "累计PM2.5": figure(place.pm25),
  "累计PM2.5同比": changeWords(place.pm25ChangePct),
  累计优良率: figure(place.attainmentRatePct, 1, "%"),
  累计优良率同比: changeWords(place.attainmentChangePoints, "个百分点"),
  ...Object.assign(
    {},
    ...place.aims.map((aim) => ({
      [`${aimName(aim)}累计`]: figure(aim.toDate, 1),
      [`${aimName(aim)}差距`]: distanceWords(aim),
      [`${aimName(aim)}剩余`]: targetRest(aim) || "—",
    })),
  ),
});

const ofIssues = ({ issues: { assigned, acknowledged, onTime, overdue } }: WeekFacts) => ({
  交办: String(assigned),
  应签收: String(acknowledged.of),
  按时签收: String(acknowledged.met),
  到期: String(onTime.of),
  按期整改: String(onTime.met),
  ...Object.fromEntries(overdue.map(({ county, n }) => [`逾期未整改（${county}）`, String(n)])),
});
