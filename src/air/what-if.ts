import { Decimal } from "decimal.js";
import type { Block, Card } from "../chat/card.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { figure, NOT_DECOMPOSED, plain } from "../chat/wording.ts";
import type { ExactMean } from "../domain/air/budget.ts";
import type { PeriodStatistics } from "../domain/air/statistics.ts";
import { type AssumedOf, type DaysKnown, ifBadDays, ifMean } from "../domain/air/what-if.ts";
import type { Period } from "../domain/period.ts";
import type { LevelBudget, RegionBudget } from "./budget.ts";
import { dataStateFacts, dataStateWords } from "./data-state-words.ts";
import { type Aim, KIND_WORDS } from "./targets.ts";

/** What is assumed of which days: a PM2.5 mean in µg/m³, or a number of days above 100. */
export type Assumption = {
  period: Period;
  of: AssumedOf;
  indicator: Aim["indicator"];
  value: Decimal;
};

/** The days of the assumption as they are known so far, and last year's mean of those still to come. */
export type AssumedPart = { now: PeriodStatistics; left: number; rest: ExactMean | null };

/** By which targets it is judged: the region's own at each level, or the city's of the year for comparison alone. */
type Judged = { aim: LevelBudget["aims"][number]; isReference: boolean };

/**
 * What each level comes to if part of it turns out so: met or not by 修约值比较法, and what remains for its other days. Refuses
 * what can't come true: days that are over, more bad days than there are, a mean below what has come about.
 */
export function whatIfCard(
  assumption: Assumption,
  part: AssumedPart,
  budget: RegionBudget,
  cityAims: readonly Aim[],
): Card | Refusal {
  const impossible = whyImpossible(assumption, part);
  if (impossible !== null) return impossible;
  const outcomes = budget.levels.map((level) => {
    const judged: Judged[] =
      budget.aims.length > 0
        ? level.aims.map((aim) => ({ aim, isReference: false }))
        : level.level === "year"
          ? cityAims.map((aim) => ({ aim: { ...aim, derived: false }, isReference: true }))
          : [];
    return outcomeOf(
      assumption,
      part,
      level,
      judged.filter(({ aim }) => aim.indicator === assumption.indicator),
    );
  });
  const { region, data } = budget;
  const undivided = budget.aims.length === 0;
  return {
    title: `${region.name}：若${assumptionWords(assumption)}`,
    blocks: [
      ...(undivided
        ? [
            {
              kind: "text" as const,
              text: `${region.short}：${NOT_DECOMPOSED}，按全市年度目标对照，仅供参照`,
              tone: "muted" as const,
            },
          ]
        : []),
      ...outcomes.map(({ block }) => block),
      {
        kind: "note",
        text: noteWords(
          assumption,
          outcomes.some(({ facts }) => facts.othersLeftDays > 0),
          dataStateWords(data),
        ),
      },
    ],
    facts: {
      county: region.short,
      divided: !undivided,
      whatIf: {
        period: {
          from: assumption.period.from.toString(),
          to: assumption.period.to.toString(),
          label: assumption.period.label,
        },
        of: assumption.of,
        ...(assumption.indicator === "pm25-mean"
          ? { pm25MeanUgM3: assumption.value.toNumber() }
          : { badDays: assumption.value.toNumber() }),
        levels: outcomes.map(({ facts }) => facts),
      },
      ...dataStateFacts(data),
    },
  };
}

function outcomeOf(assumption: Assumption, part: AssumedPart, level: LevelBudget, judged: readonly Judged[]) {
  const all = knownOf(level.now, level.left);
  const own = knownOf(part.now, part.left);
  return assumption.indicator === "pm25-mean"
    ? meanOutcome(assumption, { all, own, others: othersOf(level, part) }, level, judged)
    : daysOutcome(assumption, { all, own }, level, judged);
}

function meanOutcome(
  { value, of }: Assumption,
  { all, own, others }: { all: DaysKnown; own: DaysKnown; others: ExactMean | null },
  { level, period }: LevelBudget,
  judged: readonly Judged[],
) {
  const outcome = ifMean(all, own, value, of, others);
  const targets = judged.map(({ aim, isReference }) => {
    const target = new Decimal(aim.value);
    return {
      ...{ kind: aim.kind, targetUgM3: target.toNumber(), derived: aim.derived, isReference },
      met: outcome.met(target),
      allowedForOthersUgM3: outcome.allowedForOthers(target)?.toNumber() ?? null,
    };
  });
  const comes =
    outcome.comesTo === null
      ? "其余天数没有上年同期可推算"
      : `PM2.5为${outcome.comesTo.toFixed(1)}µg/m³${outcome.othersLeft > 0 ? `（其余${outcome.othersLeft}天按上年同期）` : ""}`;
  const lines = targets.map(({ kind, targetUgM3, met, allowedForOthersUgM3: rest, isReference }) => {
    const others =
      rest === null
        ? ""
        : rest <= 0
          ? `，其余${outcome.othersLeft}天已不可能补回`
          : `，其余${outcome.othersLeft}天须≤${rest.toFixed(1)}`;
    return `${isReference ? "全市" : ""}${KIND_WORDS[kind]}${plain(targetUgM3)}：${met === null ? "" : met ? "达到" : "达不到"}${met === null ? others.slice(1) : others}`;
  });
  return {
    facts: {
      level,
      othersLeftDays: outcome.othersLeft,
      restOfPartUgM3: outcome.restOfPart?.toNumber() ?? null,
      comesToUgM3: outcome.comesTo?.toNumber() ?? null,
      othersAsLastYear: outcome.othersLeft > 0 && outcome.comesTo !== null,
      targets,
    },
    block: lineOf(period, [comes, ...lines]),
  };
}

function daysOutcome(
  { value, of }: Assumption,
  { all, own }: { all: DaysKnown; own: DaysKnown },
  { level, period }: LevelBudget,
  judged: readonly Judged[],
) {
  const outcome = ifBadDays(all, own, value.toNumber(), of);
  const targets = judged.map(({ aim, isReference }) => {
    const rate = new Decimal(aim.value);
    return {
      ...{ kind: aim.kind, targetPct: rate.toNumber(), derived: aim.derived, isReference },
      met: outcome.met(rate),
      badDaysLeftForOthers: outcome.leftForOthers(rate),
    };
  });
  const best = figure(outcome.bestRatePct.toNumber(), 1, "%");
  const comes = `超标${outcome.bad}天，优良率${outcome.othersLeft > 0 ? `最高${best}（其余${outcome.othersLeft}天全部优良）` : best}`;
  const lines = targets.map(({ kind, targetPct, met, badDaysLeftForOthers: left, isReference }) => {
    const others = outcome.othersLeft > 0 && met ? `，其余${outcome.othersLeft}天还可超标${left}天` : "";
    const words = met ? (outcome.othersLeft > 0 ? "还能达到" : "达到") : "达不到";
    return `${isReference ? "全市" : ""}${KIND_WORDS[kind]}${plain(targetPct)}%：${words}${others}`;
  });
  return {
    facts: {
      level,
      othersLeftDays: outcome.othersLeft,
      ...{ badDays: outcome.bad, validDays: outcome.days, bestRatePct: outcome.bestRatePct.toNumber() },
      targets,
    },
    block: lineOf(period, [comes, ...lines]),
  };
}

const lineOf = ({ label }: Period, words: readonly string[]): Block => ({
  kind: "text",
  text: `${label}：${words.join("；")}`,
});

function knownOf({ pollutants, days }: PeriodStatistics, left: number): DaysKnown {
  const { sum, validDays } = pollutants["PM2.5"];
  return { sum, meanDays: validDays, valid: days.valid, bad: days.bad, left };
}

/** Last year's mean of the level's dates still to come outside the part. */
function othersOf({ season }: LevelBudget, { rest }: AssumedPart): ExactMean | null {
  if (season.rest === null || rest === null) return null;
  const others = { sum: season.rest.sum - rest.sum, days: season.rest.days - rest.days };
  return others.days > 0 ? others : null;
}

function whyImpossible(
  { period, of, indicator, value }: Assumption,
  { now, left }: AssumedPart,
): Refusal | null {
  const { label } = period;
  if (left === 0)
    return refuse("bad-period", `${label}已经过完，假设要用还有天数没过的时段，例如“本月剩余”或以后的月份。`);
  if (indicator === "pm25-mean") {
    if (value.lte(0) || value.gt(MOST))
      return refuse("bad-number", `PM2.5均值应在0至${MOST}µg/m³之间，您写了${value}。`);
    const { sum, validDays } = now.pollutants["PM2.5"];
    const least = new Decimal(sum).div(validDays + left).toDecimalPlaces(1, Decimal.ROUND_CEIL);
    return of === "whole" && value.times(validDays + left).lte(sum)
      ? refuse(
          "bad-number",
          `${label}前${validDays}天已使整个时段不低于${least}µg/m³，均值不可能为${value}。`,
        )
      : null;
  }
  const [fewest, most] = of === "whole" ? [now.days.bad, now.days.bad + left] : [0, left];
  if (!value.isInteger() || value.lt(fewest) || value.gt(most))
    return refuse(
      "bad-number",
      `${label}${of === "rest" ? "剩余" : ""}的超标天数应为${fewest}至${most}的整数${fewest > 0 ? `（已超标${fewest}天）` : ""}，您写了${value}。`,
    );
  return null;
}

/** Above what any daily mean of PM2.5 may be taken for. */
const MOST = 1000;

const assumptionWords = ({ period, of, indicator, value }: Assumption): string =>
  `${period.label}${of === "rest" ? "剩余天数" : ""}${indicator === "pm25-mean" ? `PM2.5均值${plain(value.toString())}µg/m³` : `超标${value}天`}`;

function noteWords({ of, indicator }: Assumption, hasOthers: boolean, data: string): string {
  const words = [
    of === "whole" ? "假设的是整个时段（含已过的天）" : "假设的是还没过的天",
    indicator === "pm25-mean" ? "期末均值先修约到目标位数再比较" : "优良率修约到一位小数再比较",
    hasOthers ? "其余天数的允许值向下取" : "",
    data,
  ];
  return words.filter(Boolean).join("；");
}
