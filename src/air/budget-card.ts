import type { Block, Card, Tone } from "../chat/card.ts";
import { figure, NOT_DECOMPOSED, shortDate } from "../chat/wording.ts";
import type { BudgetLevel } from "../domain/air/nested-budget.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { HeldTo, LevelBudget, LevelStanding, RegionBudget } from "./budget.ts";
import { budgetFacts } from "./budget-facts.ts";
import { dataStateWords } from "./data-state-words.ts";
import { KIND_WORDS, targetWords } from "./targets.ts";

/** 今天 is in the month and quarter that it is held to. */
const LEVEL_WORDS: Readonly<Record<BudgetLevel, string>> = { month: "本月", quarter: "本季度", year: "全年" };

/** What remains for a region's month, quarter and year, level by level, and what today is held to by them. */
export function budgetBlocks(budget: RegionBudget): Block[] {
  const { aims, levels, heldTo, ozone, region, conflicts } = budget;
  const undivided = `${region.short}：${NOT_DECOMPOSED}，没有录入县级目标`;
  const progress = levels.flatMap((level) => progressOf(level));
  return [
    ...(aims.length === 0 ? [{ kind: "text" as const, text: undivided, tone: "muted" as const }] : []),
    ...heldTo.filter(({ mean, badDays, lost }) => mean || badDays || lost.length > 0).map(heldBlock),
    ...conflicts.map(({ words }) => ({ kind: "text" as const, text: `${words}。`, tone: "notice" as const })),
    {
      kind: "table",
      columns: [
        { title: "时段" },
        { title: "剩余天", align: "end" },
        { title: "PM2.5至今", align: "end" },
        { title: "控制值", align: "end" },
        { title: "剩余须≤", align: "end" },
        { title: "超标天", align: "end" },
        { title: "还可超标", align: "end" },
      ],
      rows: levels.flatMap((level) => rowsOf(level, aims)),
    },
    ...(progress.length === 0 ? [] : [{ kind: "facts" as const, items: progress }]),
    ...(ozone === null ? [] : [{ kind: "text" as const, text: ozoneWords(ozone) }]),
  ];
}

const ozoneWords = ({ lastYear, cap, soFar, left }: NonNullable<RegionBudget["ozone"]>) =>
  `臭氧超标天数：今年已${soFar}天，全年控制在${cap}天以内（上年${lastYear}天），${left < 0 ? `已突破${-left}天` : `还可${left}天`}。`;

/** 6月, 二季度, 全年: all lie in the plan's year. */
const levelLabel = ({ level, period }: Pick<LevelBudget, "level" | "period">): string =>
  level === "year" ? "全年" : period.label.replace(/^\d+年/, "");

const isDerived = (levels: readonly LevelBudget[]) =>
  levels.some(({ aims, withoutControl }) => withoutControl.length > 0 || aims.some(({ derived }) => derived));

/** 6月PM2.5按录入的目标: what was entered goes before what is derived. */
function enteredWords(level: LevelBudget): string {
  const entered = level.level === "year" ? [] : level.aims.filter(({ derived }) => !derived);
  const names = [...new Set(entered.map((aim) => (isMean(aim) ? "PM2.5" : "优良率")))];
  return names.length === 0 ? "" : `${levelLabel(level)}${names.join("、")}按录入的目标`;
}

/** What the figures rest on and how they were made. */
export function budgetNote({ levels, aims, data, heldTo }: RegionBudget): Block {
  const [asOf] = levels
    .filter(({ left, now }) => left > 0 && now.days.calendar > 0)
    .map(({ now }) => now.asOf);
  const without = levels.filter(({ withoutControl }) => withoutControl.length > 0);
  const valid = levels.map((level) => `${levelLabel(level)}${level.now.days.valid}天`).join("、");
  const words = [
    asOf === undefined ? "" : `截至${shortDate(asOf)}，有效${valid}`,
    aims.length === 0 ? "" : "剩余均值向下取一位小数，未来各天按有效计",
    isDerived(levels)
      ? "月、季为测算控制值（按上年各月水平由年度目标测算，按天加权等于年度目标），优良率各时段同年度目标"
      : "",
    ...levels.map(enteredWords),
    without.length > 0 ? "上年数据不足，测算不出月、季控制值" : "",
    heldTo.length > 0 ? "今天的控制值取月、季、年中最低的" : "",
    dataStateWords(data),
  ];
  return { kind: "note", text: words.filter(Boolean).join("；") };
}

/** The counties that have targets on one line each, and those that have none by name. */
export function budgetOverview(budgets: readonly RegionBudget[]): Block[] {
  const divided = budgets.filter(({ aims }) => aims.length > 0);
  const undivided = budgets.filter(({ aims }) => aims.length === 0).map(({ region }) => region.short);
  const levels = divided[0]?.levels ?? [];
  const row = ({ region, levels: own, heldTo: [held] }: RegionBudget) => {
    const of = (level: BudgetLevel) =>
      own.find((one) => one.level === level)?.standings.filter(({ kind }) => kind === "constraint") ?? [];
    const means = levels.map(({ level }) => of(level).find(isMean));
    return [
      region.short,
      ...means.map((mean) => (mean === undefined ? "—" : restWords(mean))),
      daysWords(of(levels.at(-1)?.level ?? "year").find((s) => !isMean(s))),
      held?.mean ? held.mean.allowed.toFixed(1) : "—",
    ];
  };
  const last = levels.at(-1);
  return [
    ...(last === undefined
      ? []
      : [
          {
            kind: "table" as const,
            columns: [
              { title: "地区" },
              ...levels.map((one) => ({ title: `${levelLabel(one)}剩余须≤`, align: "end" as const })),
              { title: `${levelLabel(last)}还可超标`, align: "end" as const },
              { title: "今天须≤", align: "end" as const },
            ],
            rows: divided.map(row),
          },
        ]),
    ...(undivided.length === 0
      ? []
      : [
          {
            kind: "text" as const,
            text: `${NOT_DECOMPOSED}：${undivided.join("、")}`,
            tone: "muted" as const,
          },
        ]),
  ];
}

const isMean = ({ indicator }: Pick<LevelStanding, "indicator">) => indicator === "pm25-mean";

function rowsOf(level: LevelBudget, aims: RegionBudget["aims"]): string[][] {
  const { now, left, standings, withoutControl } = level;
  const toDate = figure(now.pollutants["PM2.5"].oneDecimal, 1);
  const [days, bad, label] = [left === 0 ? "已结束" : `${left}天`, `${now.days.bad}天`, levelLabel(level)];
  if (aims.length === 0) return [[label, days, toDate, NOT_DECOMPOSED, "—", bad, "—"]];
  return KINDS.filter((kind) => aims.some((aim) => aim.kind === kind)).map((kind) => {
    const mean = standings.find((s) => s.kind === kind && isMean(s));
    const noControl = withoutControl.some((aim) => aim.kind === kind && isMean(aim));
    return [
      `${label}${KIND_WORDS[kind]}`,
      ...[days, toDate],
      mean ? mean.target.toFixed(1) : noControl ? "测算不出" : "—",
      mean ? restWords(mean) : "—",
      bad,
      daysWords(standings.find((s) => s.kind === kind && !isMean(s))),
    ];
  });
}
const KINDS = ["constraint", "stretch"] as const;

/** How each target stands in words, as on the region's own card. */
function progressOf(level: LevelBudget): { label: string; value: string; tone: Tone }[] {
  return KINDS.flatMap((kind) => {
    const own = level.standings.filter((s) => s.kind === kind);
    if (own.length === 0) return [];
    const said = own.map((s) => ({ ...targetWords(s), name: isMean(s) ? "PM2.5" : "优良率" }));
    const tone =
      (["bad", "notice", "good"] as const).find((one) => said.some((s) => s.tone === one)) ?? "muted";
    const value = said.map(({ name, words }) => `${name}${words}`).join("；");
    return [{ label: `${levelLabel(level)}${KIND_WORDS[kind]}`, value, tone }];
  });
}

function restWords({ remainingAllowableMean: rest, remainingDays, state }: LevelStanding): string {
  if (remainingDays === 0 || rest == null) return "—";
  return state === "unreachable" ? "已不可能" : rest.toFixed(1);
}

function daysWords(rate: LevelStanding | undefined): string {
  if (rate?.badDaysLeft === undefined || rate.remainingDays === 0) return "—";
  return rate.badDaysLeft < 0 ? `已突破${-rate.badDaysLeft}天` : `${rate.badDaysLeft}天`;
}

/** 今天PM2.5须控制在27.0µg/m³以内（本月要求最严） */
export const heldMeanWords = (allowed: string, level: BudgetLevel): string =>
  `今天PM2.5须控制在${allowed}µg/m³以内（${LEVEL_WORDS[level]}要求最严）`;

function heldBlock({ kind, mean, badDays, lost }: HeldTo): Block {
  const words = [
    mean && heldMeanWords(mean.allowed.toFixed(1), mean.level),
    badDays &&
      `${LEVEL_WORDS[badDays.level]}${badDays.allowed <= 0 ? "不能再超标" : `还可超标${badDays.allowed}天`}`,
    ...lost.map((one) => `${LEVEL_WORDS[one.level]}${isMean(one) ? "PM2.5" : "优良率"}目标已不可能完成`),
  ].filter(Boolean);
  const tone: Tone | undefined = lost.length > 0 ? "bad" : undefined;
  return { kind: "text", text: `${KIND_WORDS[kind]}：${words.join("；")}`, ...(tone ? { tone } : {}) };
}

/** A county's card with the city's beside it where the plan was never broken down to the county. */
export function budgetCard(
  own: RegionBudget,
  city: RegionBudget | null,
  counties: readonly RegionBudget[],
): Card {
  const { region, levels } = own;
  return {
    title: `${region.name}预算（${levels.map(({ period }) => period.label).join("、")}）`,
    tone: own.heldTo.some(({ kind, lost }) => kind === "constraint" && lost.length > 0) ? "bad" : "muted",
    blocks: [
      ...budgetBlocks(own),
      ...(city === null
        ? []
        : [
            { kind: "text" as const, text: `${nameOf(city.region)}（仅供参照）`, tone: "notice" as const },
            ...budgetBlocks(city),
          ]),
      ...budgetOverview(counties),
      budgetNote(city ?? own),
    ],
    facts: {
      ...budgetFacts(own),
      ...(city === null ? {} : { city: budgetFacts(city) }),
      ...(counties.length === 0 ? {} : { rows: counties.map(budgetFacts) }),
    },
  };
}

const nameOf = ({ kind, short }: Region) => (kind === "city" ? "全市" : short);
