import type { Block, Card, Tone } from "../chat/card.ts";
import { says } from "../chat/says.ts";
import { figure, NOT_DECOMPOSED, shortDate } from "../chat/wording.ts";
import { type DayAqi, dayAqi } from "../domain/air/aqi.ts";
import { changeWords } from "../domain/air/change.ts";
import { type AirDay, POLLUTANTS, pollutantLabel, publishedValue, unitOfItem } from "../domain/air/day.ts";
import { LEVELS } from "../domain/air/levels.ts";
import { hasComposite } from "../domain/air/rules.ts";
import { daysIn, type Period, periodOf } from "../domain/period.ts";
import type { Target } from "../domain/plan/pack.ts";
import type { Office } from "../office/office.ts";
import { type Lag, lagWords } from "../plan/lagging.ts";
import { MOST_CHART_DAYS } from "./charts/of-region.ts";
import { dataStateWords } from "./data-state-words.ts";
import { type Air, airFacts, recomputed, yearOnYear } from "./period-air.ts";
import { NO_COMPOSITE_WORDS } from "./ranking.ts";
import { type TargetStanding, targetLine } from "./targets.ts";

const toRanking = says("排名");
const toLagging = says("滞后");
const toIssues = says("问题");
const toTrend = says("趋势");
const toCalendar = says("日历");

type Status = {
  /** What was asked for; `air` is its present part where it has two rule sets, `earlier` the rest. */
  period: Period;
  air: Air;
  earlier: readonly Air[];
  office: Office;
  targets: readonly TargetStanding[];
  rank: { place: number | null; of: number } | null;
  lag: Lag;
  /** What runs these days with targets of its own, as lines. */
  running: readonly Item[];
  issues: { open: number; overdue: number };
  facts: Record<string, unknown>;
};

type Item = { label: string; value: string; tone?: Tone };

/** A region's status on one screen of a phone: figure, against target and last year, rank, what remains, what lags, what is open. */
export function statusCard({
  period,
  air,
  earlier,
  office,
  targets,
  rank,
  lag,
  running,
  issues,
  facts,
}: Status): Card {
  const { now, region } = air;
  const isYear = now.from === `${office.pack.year}-01-01` && now.to === `${office.pack.year}-12-31`;
  const items = airItems(air);
  if (rank !== null) {
    items.push({
      label: "PM2.5位次",
      value: rank.place === null ? "不参与排名" : `第${rank.place}位（共${rank.of}个）`,
    });
  }
  for (const target of targets) items.push(targetLine(target));
  items.push(...running);
  if (targets.length === 0 && isYear && region.kind !== "city") items.push(withoutTarget(office));
  items.push(
    {
      label: "滞后任务",
      value: lagWords(lag),
      ...(lag.tasks.some((t) => t.standing.level === "红") ? { tone: "bad" as const } : {}),
    },
    {
      label: "待办问题",
      value:
        issues.open === 0
          ? "无"
          : `${issues.open}件${issues.overdue > 0 ? `，其中超期${issues.overdue}件` : ""}`,
      ...(issues.overdue > 0 ? { tone: "bad" as const } : {}),
    },
  );
  const whose = region.kind === "city" ? undefined : region.short;
  return {
    title: `${region.name} ${period.label}`,
    tone: worst([...targets.map((t) => targetLine(t).tone), ...items.map((i) => i.tone)]),
    blocks: [
      ...(earlier.length === 0 ? [] : [partHeading(air)]),
      { kind: "facts", items },
      pollutantTable(air, yearOnYear(air)),
      { kind: "note", text: basis(air) },
      ...earlier.flatMap((part): Block[] => [
        partHeading(part),
        { kind: "facts", items: airItems(part) },
        pollutantTable(part, yearOnYear(part)),
        { kind: "note", text: basis(part) },
      ]),
    ],
    buttons: [
      toRanking("排名", `${period.from}..${period.to}`),
      toLagging("滞后", whose),
      toIssues("问题", whose),
      ...(daysIn(period) > MOST_CHART_DAYS
        ? []
        : [
            toTrend("趋势图", whose, `${period.from}..${period.to}`),
            toCalendar("日历图", whose, `${period.from}..${period.to}`),
          ]),
    ],
    facts,
  };
}

function airItems(air: Air): Item[] {
  const { now } = air;
  const change = yearOnYear(air);
  return [
    { label: "PM2.5均值", value: pm25Words(air, change["PM2.5"]) },
    {
      label: "优良天数比率",
      value:
        now.attainmentRatePct === null && now.attainmentReferencePct !== null
          ? `参考值${figure(now.attainmentReferencePct, 1, "%")}（有效${now.days.valid}天，不足）`
          : `${figure(now.attainmentRatePct, 1, "%")}，同比${changeWords(change.attainmentRatePoints, "个百分点")}`,
    },
    {
      label: "综合指数",
      value: hasComposite(air.ruleSet, now.asOf)
        ? `${figure(now.composite, 2)}${now.mainPollutant ? `，首要影响${pollutantLabel(now.mainPollutant)}` : ""}`
        : NO_COMPOSITE_WORDS,
    },
  ];
}

/** 2026年3月1日至4月9日（2026标准（过渡限值）） */
function partHeading({ period, now, ruleSet }: Air): Block {
  const { label } = now.complete
    ? period
    : periodOf(Temporal.PlainDate.from(now.from), Temporal.PlainDate.from(now.asOf));
  return { kind: "text", text: `${label}，按${ruleSet.name}`, tone: "notice" };
}

/** One day of a region, with its AQI. */
export function dayCard(air: Air): Card {
  const day = air.days[0] as AirDay;
  const aqi = dayAqi(air.ruleSet, day);
  return {
    title: `${air.region.name} ${air.period.label}`,
    tone: toneOf(aqi),
    blocks: [
      { kind: "text", text: headline(aqi) },
      {
        kind: "facts",
        items: [
          { label: "首要污染物", value: primaryWords(aqi) },
          ...(aqi.level ? [{ label: "建议", value: aqi.level.advice }] : []),
        ],
      },
      {
        kind: "table",
        columns: [{ title: "项目" }, { title: "浓度", align: "end" }, { title: "分指数", align: "end" }],
        rows: POLLUTANTS.map((p) => {
          const value = day[p];
          return [
            pollutantLabel(p),
            value === null
              ? "缺"
              : `${publishedValue(p, value).toFixed(p === "CO" ? 1 : 0)} ${unitOfItem(p)}`,
            figure(aqi.iaqi[p]),
          ];
        }),
      },
      { kind: "note", text: dataStateWords(air.data) },
    ],
    facts: {
      county: air.region.short,
      ...airFacts(air),
      aqi: aqi.aqi,
      ...(aqi.exceeds && !aqi.complete ? { atLeast: true } : {}),
      level: aqi.level?.name ?? null,
      primaryPollutants: aqi.primary,
      iaqi: aqi.iaqi,
    },
  };
}

/** An incomplete day is at least as bad as what there is of it; beyond ozone's table only the class is known. */
function headline({ aqi, level, complete }: DayAqi): string {
  if (level === null) return "有监测项目缺失，不计算AQI";
  if (aqi === null) return `AQI>300，${level.class}（O₃超出分指数表）`;
  return complete ? `AQI ${aqi}，${level.class}` : `AQI≥${aqi}，至少${level.class}（有监测项目缺失）`;
}

function primaryWords({ primary, level, complete }: DayAqi): string {
  if (level === null) return "不能判定（有监测项目缺失）";
  const named = primary.map(pollutantLabel).join("、") || "无";
  return complete ? named : `${named}（按已有项目）`;
}

function toneOf({ level }: DayAqi): Tone {
  if (level === null) return "muted";
  const grade = LEVELS.indexOf(level);
  return grade <= 1 ? "good" : grade === 2 ? "notice" : "bad";
}

function pm25Words(air: Air, change: number | null): string {
  const { value, reference, unit } = air.now.pollutants["PM2.5"];
  if (value === null) return reference === null ? "无有效数据" : `不予统计（参考值${reference}${unit}）`;
  return `${value}${unit}，同比${changeWords(change)}`;
}

function withoutTarget(office: Office): Item {
  const ofCity = office.pack.targets.find((t: Target) => t.metric === "pm25-mean" && t.kind === "constraint");
  const hint = ofCity ? `；全市约束性目标≤${ofCity.value}，仅供参照` : "";
  return { label: "年度目标", value: `${NOT_DECOMPOSED}${hint}`, tone: "muted" };
}

function pollutantTable(air: Air, change: ReturnType<typeof yearOnYear>): Block {
  const statNames = { mean: "均值", p95: "第95百分位数", p90: "第90百分位数" } as const;
  return {
    kind: "table",
    columns: [
      { title: "项目" },
      { title: "浓度", align: "end" },
      { title: "同比", align: "end" },
      { title: "有效天", align: "end" },
    ],
    rows: POLLUTANTS.map((p) => {
      const { value, reference, stat, validDays } = air.now.pollutants[p];
      const decimals = p === "CO" ? 1 : 0;
      const shown =
        value === null && reference !== null ? `参考${reference.toFixed(decimals)}` : figure(value, decimals);
      return [`${pollutantLabel(p)} ${statNames[stat]}`, shown, changeWords(change[p]), String(validDays)];
    }),
  };
}

function basis(air: Air): string {
  const { now, then, ruleSet } = air;
  const status = now.complete ? "" : `截至${shortDate(now.asOf)}，`;
  const missing = now.days.missing > 0 ? `，缺${now.days.missing}天` : "";
  const insufficient = now.insufficient ? `；${now.insufficient}，不予统计` : "";
  const { value, oneDecimal } = now.pollutants["PM2.5"];
  const exact = value === null || oneDecimal === null ? "" : `；PM2.5一位小数为${oneDecimal.toFixed(1)}`;
  const rules = ruleSet.id !== "cn-2012" || now.asOf > ruleSet.to ? `；按${ruleSet.name}评价` : "";
  const anew = recomputed(air) ? `，上年同期按${ruleSet.name}重新计算` : "";
  return `${status}有效${now.days.valid}天，其中优良${now.days.good}天${missing}${insufficient}${exact}；同比为上年同期${then ? `（有效${then.days.valid}天）` : "无数据"}${anew}${rules}；CO为mg/m³，其余µg/m³；${dataStateWords(air.data)}`;
}

/** The gravest of the tones; without any judgement, none: a county without targets is neither well nor badly off. */
function worst(tones: readonly (Tone | undefined)[]): Tone {
  return (["bad", "notice", "good"] as const).find((tone) => tones.includes(tone)) ?? "muted";
}
