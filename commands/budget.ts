import { Decimal } from "decimal.js";
import { z } from "zod";
import { budgetOf, statisticsOf } from "../src/air/budget.ts";
import { budgetCard } from "../src/air/budget-card.ts";
import { regionFor } from "../src/air/period-air.ts";
import { aimsOf, yearsBefore } from "../src/air/targets.ts";
import { type Assumption, whatIfCard } from "../src/air/what-if.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { budgetPeriods } from "../src/domain/air/nested-budget.ts";
import { seasonOf } from "../src/domain/air/season.ts";
import { monthOfDay, yearOfDay } from "../src/domain/months.ts";
import type { Period } from "../src/domain/period.ts";
import type { Region } from "../src/domain/plan/pack.ts";
import type { Reader } from "../src/store/store.ts";

const toBudget = says("预算");
const toCounty = says("县区");
const toCity = says("全市");

/** 预算：以日保月、以月保季、以季保年, what the days still to come may have; and what it comes to if a part of them turns out so. */
export default command({
  name: "budget",
  words: ["预算", "达标预算", "以日保月"],
  hints: [
    "剩余均值",
    "还能超标几天",
    "控制在多少",
    "今天要控制在多少",
    "控制值",
    "测算控制值",
    "假设",
    "如果",
    "若",
  ],
  help: {
    does: "看月、季、年剩余天数允许的均值和超标天数，或假设一段时间后的结果（预算 全市 12月 超标 5天）",
    example: "预算 {county}",
  },
  mechanism: "nested-pace",
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({
    county: arg.maybe.county(),
    period: arg.maybe.period(),
    rest: arg.maybe.choice(
      "范围",
      { 剩余: "rest" },
      { says: { 剩下: "rest", 余下: "rest", 剩余天数: "rest", 剩余天: "rest", 剩下的: "rest" } },
    ),
    pm25: arg.maybe.number("PM2.5均值", {
      called: ["PM2.5", "PM2.5均值", "PM2.5浓度", "PM25", "pm2.5", "pm25"],
      units: ["微克", "微克/立方米", "µg/m³", "μg/m³", "ug/m3"],
    }),
    badDays: arg.maybe.number("超标天数", { called: ["超标", "超标天数"], units: ["天", "日"] }),
  }),

  async answer({ args: { county, period, rest, pm25, badDays } }, context) {
    const { office, today } = context;
    if (today.year !== office.pack.year && period === undefined)
      return noTargets(office.pack.year, today.year);
    const assumed = pm25 !== undefined || badDays !== undefined;
    if (pm25 !== undefined && badDays !== undefined)
      return refuse("usage", "一次只能假设一项：PM2.5均值或超标天数。", ["预算 12月 PM2.5 40"]);
    if (!assumed && rest !== undefined)
      return refuse("usage", "请写明假设的数，例如“预算 本月剩余 PM2.5 40”或“预算 本月剩余 超标 2天”。", [
        "预算 本月剩余 PM2.5 40",
      ]);
    const asked = period ?? (rest ? yearOfDay(today) : monthOfDay(today));
    if (asked.from.year !== office.pack.year || asked.to.year !== office.pack.year)
      return noTargets(office.pack.year, asked.to.year);
    const region = county === undefined ? office.city : regionFor(county, asked, today);
    if (isRefusal(region)) return region;
    if (!assumed) return remaining(region, asked, context);
    if (period === undefined && rest === undefined)
      return refuse("usage", "请写明假设的是哪一段，例如“12月”“本月剩余”。", ["预算 本月剩余 PM2.5 40"]);
    const indicator = pm25 === undefined ? "attainment-rate" : "pm25-mean";
    const value = new Decimal((pm25 ?? badDays) as string);
    return assuming(region, { period: asked, of: rest ?? "whole", indicator, value }, context);
  },
});

async function remaining(
  region: Region,
  asked: Period,
  { store, office, today }: Context<Reader>,
): Promise<Card | Refusal> {
  if (budgetPeriods(asked) === null)
    return refuse(
      "bad-period",
      `预算按整月、整季、全年计，“${asked.label}”不是，例如“预算 本月”“预算 二季度”。`,
      ["预算 本月"],
    );
  const of = (one: Region) => budgetOf(store, office, one, asked, today);
  const own = await of(region);
  if (own.levels.length === 0)
    return refuse("bad-period", `${asked.label}的评价标准有变更，前后不合并计算。请改用标准未变的月份。`);
  const isCity = region.kind === "city";
  const city = isCity || own.aims.length > 0 ? null : await of(office.city);
  const counties = isCity ? await Promise.all(office.regionsOf(asked, today).map(of)) : [];
  return {
    ...budgetCard(own, city, counties),
    buttons: isCity
      ? [toCity("全市"), toBudget("本月剩余假设", "本月剩余 PM2.5", "35")]
      : [toCounty(region.short, region.short), toBudget("全市预算")],
  };
}

async function assuming(
  region: Region,
  assumption: Assumption,
  { store, office, today }: Context<Reader>,
): Promise<Card | Refusal> {
  const { period } = assumption;
  const levels = budgetPeriods(monthOfDay(period.from)) ?? [];
  const within = levels.find((one) => Temporal.PlainDate.compare(period.to, one.period.to) <= 0);
  const level = within?.period ?? yearOfDay(period.from);
  const budget = await budgetOf(store, office, region, level, today);
  const { now } = await statisticsOf(store, region, period, today);
  const left = now.complete ? 0 : Temporal.PlainDate.from(now.asOf).until(now.to).days;
  const { rest } = seasonOf(await yearsBefore(store, region, office.pack.year), now, now.asOf);
  const card = whatIfCard(assumption, { now, left, rest }, budget, await aimsOf(store, office, office.city));
  if (isRefusal(card)) return card;
  return { ...card, buttons: [toBudget("现在的预算", region.kind === "city" ? undefined : region.short)] };
}

const noTargets = (planned: number, asked: number): Refusal =>
  refuse("no-data", `没有${asked}年的目标：计划是${planned}年的，其他年份不按它计算。`, [
    `预算 ${planned}年`,
  ]);
