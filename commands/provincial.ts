import { z } from "zod";
import { regionFor } from "../src/air/period-air.ts";
import { interviewRule, type ProvincialMonth, provincialMonths } from "../src/air/provincial-ranks.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { figure } from "../src/chat/wording.ts";
import { monthPeriod, monthsOver, pastYear } from "../src/domain/months.ts";
import type { Region } from "../src/domain/plan/pack.ts";
import type { Office } from "../src/office/office.ts";

const toProvincial = says("全省排名");

/** 全省排名：where the counties stand among the province's, by a month's PM2.5, and who stays among the last. */
export default command({
  name: "provincial",
  words: ["全省排名", "省排名"],
  hints: [
    "全省第几",
    "全省排第几",
    "全省排名第几",
    "省里排第几",
    "全省位次",
    "全省名次",
    "省里第几",
    "省里排名",
    "省内排名",
    "全省后十",
    "全省后十位",
    "后十位",
  ],
  help: { does: "看各县（市、区）PM2.5在全省的位次", example: "全省排名 {month}" },
  audience: "anyone",
  mechanism: "air-assessment",
  who: anyone,
  args: z.object({ county: arg.maybe.county(), period: arg.maybe.period() }),

  async answer({ args: { county, period: asked } }, { store, office, today }) {
    const period = asked ?? pastYear(today);
    const span = monthsOver(period, today);
    const newest = span && (await store.provincialRanks.newestMonth(span.from, span.to));
    if (span === null)
      return refuse("no-data", `${period.label}还没有结束，全省排名要到月后才公布。`, ["全省排名"]);
    if (newest === null)
      return refuse(
        "no-data",
        `${period.label}没有全省排名。市办可以发送全省排名表格（月份、县区、PM2.5、名次、总数）导入。`,
        ["全省排名"],
      );
    if (county === undefined) {
      const { to } = monthPeriod(newest);
      const regions = office.regionsOf({ to }, today);
      const months = await provincialMonths(store, office, regions, { from: newest, to: newest });
      return monthCard(newest, regions, months, office);
    }
    const region = regionFor(county, period, today);
    if (isRefusal(region)) return region;
    const months = (await provincialMonths(store, office, [region], span)).get(region.id) ?? [];
    if (months.length === 0)
      return refuse(
        "no-data",
        `${region.short}在${period.label}没有全省位次：省里不排它，或者不在公布的前后名单里。`,
        ["全省排名"],
      );
    return countyCard(region, months, office);
  },
});

function monthCard(
  month: string,
  regions: readonly Region[],
  months: ReadonlyMap<string, readonly ProvincialMonth[]>,
  office: Office,
): Card {
  const placed = regions.flatMap((region) => {
    const [place] = months.get(region.id) ?? [];
    return place ? [{ region, place }] : [];
  });
  const ranked = placed
    .filter(({ place }) => place.rank !== null)
    .toSorted((a, b) => Number(a.place.rank) - Number(b.place.rank));
  const unknown = regions.filter(({ id }) => !ranked.some(({ region }) => region.id === id));
  const last = ranked.filter(({ place }) => place.amongLast);
  const bottom = interviewRule(office)?.bottom;
  return {
    title: `${monthPeriod(month).label}PM2.5全省位次`,
    blocks: [
      ...(bottom === undefined
        ? []
        : [
            {
              kind: "text" as const,
              text:
                last.length === 0
                  ? `没有县（市、区）列全省后${bottom}位。`
                  : `全省后${bottom}位：${last.map(({ region, place }) => `${region.short}${streakWords(place)}`).join("、")}。`,
              ...(last.length === 0 ? {} : { tone: "bad" as const }),
            },
          ]),
      {
        kind: "table",
        columns: [{ title: "全省位次" }, { title: "地区" }, { title: "PM2.5（µg/m³）", align: "end" }],
        rows: ranked.map(({ region, place }) => [rankWords(place), region.short, pm25Words(place)]),
      },
      ...(unknown.length === 0
        ? []
        : [
            {
              kind: "text" as const,
              text: `没有位次：${unknown.map((r) => r.short).join("、")}（省里不排，或不在公布的前后名单里，不算后列）。`,
              tone: "muted" as const,
            },
          ]),
      { kind: "note", text: "位次由省里公布；并列者同列一个位次，后列名单含边界上的并列者" },
    ],
    buttons: [toProvincial("上月", Temporal.PlainYearMonth.from(month).subtract({ months: 1 }).toString())],
    facts: {
      month,
      rows: ranked.map(({ region, place }) => ({ county: region.short, ...placeFacts(place) })),
      unknown: unknown.map((r) => r.short),
    },
  };
}

function countyCard(region: Region, months: readonly ProvincialMonth[], office: Office): Card {
  const newest = months.at(-1) as ProvincialMonth;
  const rule = interviewRule(office);
  const called = rule !== null && newest.streak >= rule.months;
  return {
    title: `${region.short}PM2.5全省位次`,
    blocks: [
      {
        kind: "text",
        text: `${monthPeriod(newest.month).label}：${rankWords(newest)}${rule && newest.amongLast ? `，列全省后${rule.bottom}位${streakWords(newest)}` : ""}。${called ? `已连续${newest.streak}个月，达到约谈条件（连续${rule.months}个月）。` : ""}`,
        ...(newest.amongLast ? { tone: "bad" as const } : {}),
      },
      {
        kind: "table",
        columns: [{ title: "月份" }, { title: "全省位次" }, { title: "PM2.5（µg/m³）", align: "end" }],
        rows: months.map((place) => [
          place.month,
          `${rankWords(place)}${rule && place.amongLast ? `（后${rule.bottom}位）` : ""}`,
          pm25Words(place),
        ]),
      },
    ],
    buttons: [toProvincial("各县（市、区）", newest.month)],
    facts: {
      county: region.short,
      month: newest.month,
      ...placeFacts(newest),
      rows: months.map((place) => ({ month: place.month, ...placeFacts(place) })),
    },
  };
}

function rankWords({ rank, total, tied }: ProvincialMonth): string {
  return rank === null ? "未公布" : `${rank}/${total}${tied > 1 ? "（并列）" : ""}`;
}

/** Whole as the province prints it, or with the decimal that it was given with. */
const pm25Words = ({ pm25 }: ProvincialMonth) => figure(pm25, Number.isInteger(pm25) ? 0 : 1);

const streakWords = ({ streak }: ProvincialMonth) => (streak > 1 ? `（连续${streak}个月）` : "");

const placeFacts = ({ rank, total, pm25, amongLast, streak }: ProvincialMonth) => ({
  rank,
  of: total,
  pm25,
  amongLast,
  monthsAmongLast: streak,
});
