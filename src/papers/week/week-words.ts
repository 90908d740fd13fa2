import { Decimal } from "decimal.js";
import { KIND_WORDS } from "../../air/targets.ts";
import { figure, longDate, NOT_DECOMPOSED, plain, shortDate } from "../../chat/wording.ts";
import { changeWords } from "../../domain/air/change.ts";
import { POLLUTANTS, pollutantLabel } from "../../domain/air/day.ts";
import type { FrozenPart, FrozenRow, WeekFacts, WeekIssues } from "./week-facts.ts";
import type { PlaceYear, WeekYear, YearStanding } from "./week-year.ts";

export const CITY = "全市";

/** The city's week in a sentence. */
export function cityWords({ city, days, label, isWhole }: FrozenPart): string {
  const when = isWhole ? `上周（${label}）` : label;
  if (city === null) return `${when}全市没有有效监测数据。`;
  if (city.pm25 === null && city.attainmentRatePct === null)
    return `${when}全市有效天数不足（${city.validDays}/${days}天），不予统计。`;
  const onWeek = (change: string) => (isWhole ? `环比${change}，` : "");
  const mean =
    city.pm25 === null
      ? "PM2.5不予统计"
      : `PM2.5均值${city.pm25}微克/立方米，${onWeek(changeWords(city.weekOnWeekPct))}同比${changeWords(city.yearOnYearPct)}`;
  const o3 =
    city.o3 === null
      ? "O₃不予统计"
      : `O₃日最大8小时滑动平均第90百分位数${city.o3}微克/立方米，同比${changeWords(city.o3YearOnYearPct)}`;
  const rate =
    city.attainmentRatePct === null
      ? "优良天数比率不予统计"
      : `优良天数比率${figure(city.attainmentRatePct, 1, "%")}，同比${changeWords(city.rateYearOnYearPoints, "个百分点")}`;
  return `${when}全市${mean}；${o3}；${rate}；首要污染物${primaryDays(city)}。`;
}

/** The reader's own county in a sentence. */
export function ownWords(row: FrozenRow, { days, isWhole }: FrozenPart): string {
  const { county, pm25, attainmentRatePct: rate, o3 } = row;
  if (pm25 === null && rate === null) return `${county}：${scantWords(row, days)}，不予统计，不参与排名。`;
  return `${[
    `${county}：${pm25 === null ? "PM2.5不予统计" : `PM2.5 ${pm25}微克/立方米`}`,
    o3 === null ? "O₃不予统计" : `O₃ ${o3}微克/立方米`,
    rate === null ? "优良率不予统计" : `优良率${rate.toFixed(1)}%`,
    row.rank === null ? "不参与排名" : `位次${rankWords(row)}`,
    `PM2.5${isWhole ? `环比${changeWords(row.weekOnWeekPct)}、` : ""}同比${changeWords(row.yearOnYearPct)}`,
    `首要污染物${primaryDays(row)}`,
  ].join("，")}。`;
}

/** The year to date of a place in a sentence, with its targets as they stand. */
export function yearWords(
  place: PlaceYear,
  year: WeekYear,
  aims: readonly YearStanding[] = place.aims,
): string {
  const name = place.isCity ? CITY : place.county;
  const said = [
    `PM2.5均值${figure(place.pm25)}微克/立方米，同比${changeWords(place.pm25ChangePct)}`,
    `优良天数比率${figure(place.attainmentRatePct, 1, "%")}，同比${changeWords(place.attainmentChangePoints, "个百分点")}`,
  ];
  const without = year.hasTargets && !place.isCity ? `。年度目标${NOT_DECOMPOSED}` : "";
  const against = aims.length > 0 ? `。${aims.map(aimWords).join("；")}` : without;
  return `${sinceWords(year)}${name}${place.pm25 === null && place.attainmentRatePct === null ? "有效天数不足，不予统计" : said.join("，")}${against}。`;
}

/** 今年以来（截至6月14日）; where the rules have changed within the year 3月1日以来. */
export const sinceWords = ({ from, asOf }: Pick<WeekYear, "from" | "asOf">) =>
  `${from.endsWith("-01-01") ? "今年以来" : `${shortDate(from)}以来`}（截至${shortDate(asOf)}）`;

/** PM2.5约束性目标36，累计38.2，超2.2，剩余200天均值须≤33.1 */
function aimWords(aim: YearStanding): string {
  const isMean = aim.indicator === "pm25-mean";
  const what = isMean
    ? `PM2.5${KIND_WORDS[aim.kind]}目标≤${plain(aim.target)}，累计${figure(aim.toDate, 1)}`
    : `优良率${KIND_WORDS[aim.kind]}目标≥${plain(aim.target)}%，累计${figure(aim.toDate, 1, "%")}`;
  const rest = targetRest(aim);
  return `${what}，${distanceWords(aim)}${rest === "" ? "" : `，${rest}`}`;
}

/** What remains of the year for a target. */
export function targetRest({ indicator, rest, remainingDays }: YearStanding): string {
  if (rest === null || remainingDays === 0) return "";
  if (indicator === "pm25-mean")
    return rest <= 0 ? "已不可能完成" : `剩余${remainingDays}天均值须≤${rest.toFixed(1)}`;
  return rest < 0 ? `已多超标${-rest}天` : `剩余${remainingDays}天最多再超标${rest}天`;
}

export const aimText = ({ indicator, target }: Pick<YearStanding, "indicator" | "target">) =>
  indicator === "pm25-mean" ? `≤${plain(target)}` : `≥${plain(target)}%`;

export const aimName = ({ indicator, kind }: Pick<YearStanding, "indicator" | "kind">) =>
  `${indicator === "pm25-mean" ? "PM2.5" : "优良率"}${KIND_WORDS[kind]}目标`;

/** How far the year to date is from a target: 高于目标2.2, 低于目标0.4个百分点. */
export function distanceWords(aim: YearStanding): string {
  const over = overOf(aim);
  if (over === null) return "无法比较";
  if (over.isZero()) return "与目标持平";
  const unit = aim.indicator === "pm25-mean" ? "" : "个百分点";
  return `${over.isPositive() ? "高于" : "低于"}目标${over.abs().toFixed(1)}${unit}`;
}

/** The same in a table's cell: 高2.2, 低0.4. */
export function shortDistance(aim: YearStanding): string {
  const over = overOf(aim);
  if (over === null) return "无法比较";
  return over.isZero() ? "持平" : `${over.isPositive() ? "高" : "低"}${over.abs().toFixed(1)}`;
}

const overOf = ({ target, toDate }: YearStanding) =>
  toDate === null ? null : new Decimal(toDate).minus(target).toDecimalPlaces(1, Decimal.ROUND_HALF_EVEN);

/** Who has the lowest and the highest mean of a part, ties together; nothing where fewer than two differ. */
export function endsWords({ rows }: FrozenPart): string {
  const ranked = rows.filter(({ rank, pm25 }) => rank !== null && pm25 !== null);
  const [best, worst] = [ranked[0], ranked.at(-1)];
  if (best === undefined || worst === undefined) return "没有可以排名的地区。";
  const who = (pm25: number | null) => {
    const names = ranked.filter((row) => row.pm25 === pm25).map(({ county }) => county);
    return `${names.join("、")}（${pm25}微克/立方米）`;
  };
  if (best.pm25 === worst.pm25) return `PM2.5均值各地相同：${who(best.pm25)}。`;
  return `PM2.5均值最低的是${who(best.pm25)}，最高的是${who(worst.pm25)}。`;
}

/** What was given out, acknowledged and due in the week. */
export function issueWords({ assigned, acknowledged, onTime }: WeekIssues): string {
  if (assigned + acknowledged.of + onTime.of === 0) return "没有交办、应签收或到期的问题";
  const late = onTime.of - onTime.met;
  return [
    `交办${assigned}件`,
    acknowledged.of === 0 ? "没有应签收的" : `应签收${acknowledged.of}件、按时签收${acknowledged.met}件`,
    onTime.of === 0
      ? "没有到期的"
      : `到期${onTime.of}件、${late === 0 ? "均按期整改" : `逾期未整改${late}件`}`,
  ].join("，");
}

/** PM2.5 3天、O₃ 2天; 无 where every day was 优. */
export function primaryDays({ primary, validDays }: Pick<FrozenRow, "primary" | "validDays">): string {
  const named = POLLUTANTS.filter((p) => primary[p] > 0).sort((a, b) => primary[b] - primary[a]);
  if (named.length === 0) return validDays === 0 ? "—" : "无";
  return named.map((p) => `${pollutantLabel(p)}（${primary[p]}天）`).join("、");
}

export const rankWords = ({ rank, tied }: Pick<FrozenRow, "rank" | "tied">) =>
  rank === null ? "—" : `${rank}${tied ? "（并列）" : ""}`;

/** Why a county has no figures. */
export const scantWords = ({ validDays }: FrozenRow, days: number) =>
  `有效天数不足（${validDays}/${days}天）`;

/** By which rules, of which days, on which data: the small print below a part's table. */
export function partNote(part: FrozenPart): string {
  const { rows, days, isWhole, from, to } = part;
  const by = isWhole ? "" : `${longDate(dayOf(from))}至${longDate(dayOf(to))}单独统计，`;
  const rules =
    isWhole && part.ruleSet === "cn-2012"
      ? []
      : [`${by}按${part.rules}评价${part.isRecomputed ? "，上年同期按同一标准重新计算" : ""}`];
  const scant = rows.filter(({ validDays }) => validDays < days);
  return [
    "按PM2.5均值公布值排列，并列者按行政区划次序",
    `${isWhole ? "环比为上一周，" : ""}同比为上年相同日期`,
    scant.length === 0
      ? `各地有效${days}天`
      : `有效天数：${scant.map((row) => `${row.county}${row.validDays}/${days}天`).join("、")}${scant.length < rows.length ? "，其余全部有效" : ""}，不足的不予统计，不参与排名`,
    ...rows.flatMap(({ county, since }) =>
      since === undefined
        ? []
        : [`${county}${shortDate(since.day)}由${since.of.join("、")}合并，与以前的比较仅供参考`],
    ),
    ...rules,
    part.dataWords,
  ].join("；");
}

const dayOf = (date: string) => Temporal.PlainDate.from(date);

/** 全市 or a county's own place of the year's rows. */
export const yearOfPlace = ({ year }: WeekFacts, own: string | null): PlaceYear | undefined =>
  year?.places.find(({ regionId, isCity }) => (own === null ? isCity : regionId === own));
