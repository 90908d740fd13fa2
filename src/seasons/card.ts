import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Block, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { figure, plain, shortDate } from "../chat/wording.ts";
import { dayAqi } from "../domain/air/aqi.ts";
import type { Region } from "../domain/plan/pack.ts";
import { holdsRole } from "../domain/posts.ts";
import { type Guarantee, targetsFor } from "../domain/seasons/guarantee.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { guaranteePeriod } from "./guarantees.ts";
import { type GuaranteeStanding, guaranteeStanding, reachedWords } from "./standing.ts";

const toGuarantees = says("保障");
const toSetting = says("设定保障");

export const CANCEL_GUARANTEE_FORM = z.object({ text: arg.longtext("取消的原因", { maxLength: 200 }) });
const cancel = buttonsOf("guarantee.cancel", CANCEL_GUARANTEE_FORM);

/** Days of a long season that are shown one by one. */
const DAYS_SHOWN = 14;

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** 运行中, 11天后开始, 已结束 */
export function guaranteeState(
  { from, to }: Pick<Guarantee, "from" | "to">,
  today: Temporal.PlainDate,
): string {
  const day = today.toString();
  if (to < day) return "已结束";
  return from > day ? `${today.until(from, { largestUnit: "days" }).days}天后开始` : "进行中";
}

/** PM2.5≤60、优良率≥90%: the targets of the city. */
const targetsWords = (guarantee: Guarantee): string =>
  targetsFor(guarantee, null)
    .map(({ metric, value }) =>
      metric === "pm25-mean" ? `PM2.5≤${plain(value)}` : `优良率≥${plain(value)}%`,
    )
    .join("、") || "未定";

/** One of them: days, targets, measures, how each place stands, and the days of the first of the places one by one. */
export async function guaranteeCard(
  guarantee: Guarantee,
  places: readonly [Region, ...Region[]],
  person: Person,
  around: Around,
  title = guarantee.name,
): Promise<Card> {
  const { today } = around;
  const standings: GuaranteeStanding[] = [];
  for (const place of places) {
    const standing = await guaranteeStanding(guarantee, place, around);
    if (!isRefusal(standing)) standings.push(standing);
  }
  const mayChange = holdsRole(person, "office") && guarantee.to >= today.toString();
  return {
    title,
    blocks: [
      {
        kind: "facts",
        items: [
          {
            label: "时间",
            value: `${guaranteePeriod(guarantee).label}（${guaranteeState(guarantee, today)}）`,
          },
          { label: "全市目标", value: targetsWords(guarantee) },
          { label: "措施", value: guarantee.measures ?? "按年度计划和应急预案" },
        ],
      },
      ...(standings.length === 0
        ? [{ kind: "text" as const, text: "还没有数据。" }]
        : [placesTable(standings), ...daysOf(standings[0])]),
    ],
    buttons: [
      ...(mayChange
        ? [
            toSetting("改目标、措施", `“${guarantee.name}”`),
            cancel("取消保障", { key: guarantee.key }, { style: "danger" }),
          ]
        : []),
      toGuarantees("全部保障"),
    ],
    facts: { guarantee: guaranteeFacts(guarantee), rows: standings.map(standingFacts) },
  };
}

export const guaranteeFacts = ({ key, name, from, to, targets, measures }: Guarantee) => ({
  ...{ key, name, from, to, targets, measures },
});

const standingFacts = ({ region, air, pm25, rate, badDays, aims }: GuaranteeStanding) => ({
  county: region.short,
  asOf: air.now.asOf,
  validDays: air.now.days.valid,
  ...{ pm25, attainmentRatePct: rate, badDays, targets: aims },
});

const placesTable = (standings: readonly GuaranteeStanding[]): Block => ({
  kind: "table",
  columns: ["地区", "有效天", "PM2.5", "优良率", "超标天"].map((title) => ({ title })),
  rows: standings.map((one) => [
    one.region.kind === "city" ? "全市" : one.region.short,
    String(one.air.now.days.valid),
    reachedWords(one, "pm25-mean"),
    reachedWords(one, "attainment-rate"),
    String(one.badDays),
  ]),
});

/** The days of one place, the last ones of a long season. */
function daysOf(standing: GuaranteeStanding | undefined): Block[] {
  if (standing === undefined) return [];
  const { air, region } = standing;
  const shown = air.days.slice(-DAYS_SHOWN);
  return [
    { kind: "text", text: `${region.kind === "city" ? "全市" : region.short}逐日：` },
    {
      kind: "table",
      columns: ["日期", "AQI", "等级", "PM2.5"].map((title) => ({ title })),
      rows: shown.map((day) => {
        const { aqi, level } = dayAqi(air.ruleSet, day);
        return [shortDate(day.date), figure(aqi), level?.class ?? "—", figure(day["PM2.5"])];
      }),
    },
  ];
}
