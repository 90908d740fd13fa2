import { dataStateWords } from "../air/data-state-words.ts";
import { airOf, type Ruled, ruledParts, yearOnYear } from "../air/period-air.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import { figure, plain, shortDate } from "../chat/wording.ts";
import { dayAqi } from "../domain/air/aqi.ts";
import { changeWords } from "../domain/air/change.ts";
import { togetherDataState } from "../domain/air/data-state.ts";
import type { IsoDate } from "../domain/air/day.ts";
import type { PrintedFigure } from "../domain/papers/figures.ts";
import type { GuaranteeTarget } from "../domain/plan/pack-guarantees.ts";
import { type Guarantee, targetsFor } from "../domain/seasons/guarantee.ts";
import type { Reader } from "../store/store.ts";
import { guaranteePeriod } from "./guarantees.ts";

/** What a closing report is about; what was decided of the event is frozen with it. */
export type GuaranteeAbout = {
  key: string;
  label: string;
  from: IsoDate;
  to: IsoDate;
  targets: readonly GuaranteeTarget[];
  measures: string | null;
};

/** The days of one rule set, with each place's figures as printed. */
type ReportPart = { label: string; ruleSet: string; rows: readonly (readonly string[])[] };
export type GuaranteeReport = {
  name: string;
  period: string;
  measures: string | null;
  dataState: string;
  parts: readonly ReportPart[];
  /** The city's days of AQI above 100. */
  badDays: readonly (readonly string[])[];
};

export const REPORT_COLUMNS = [
  "地区",
  "有效天",
  "PM2.5",
  "同比",
  "PM2.5目标",
  "优良率",
  "优良率目标",
  "超标天",
];
export const BAD_DAY_COLUMNS = ["日期", "AQI", "等级", "PM2.5"];

export const aboutGuarantee = (one: Guarantee): GuaranteeAbout => ({
  ...{ key: `${one.key}/${one.from}`, label: one.name, from: one.from, to: one.to },
  ...{ targets: one.targets, measures: one.measures },
});

/** How an event or a season went, by place, against its targets; of two rule sets part by part. */
export async function guaranteeReport(
  about: GuaranteeAbout,
  context: Context<Reader>,
): Promise<GuaranteeReport | Refusal> {
  const { store, office } = context;
  const period = guaranteePeriod(about);
  const on = period.to.add({ days: 1 });
  const ruled = ruledParts(period, on);
  if (isRefusal(ruled)) return ruled;
  const regions = [office.city, ...office.regionsOf({ to: period.to }, on)];
  const states = [];
  const parts: ReportPart[] = [];
  const badDays: string[][] = [];
  for (const part of ruled.toReversed()) {
    const rows: string[][] = [];
    for (const region of regions) {
      const air = await airOf(store, region, part, on);
      const place = region.kind === "city" ? "全市" : region.short;
      if (isRefusal(air)) {
        if (region.kind === "city") return air;
        rows.push([place, "0", "—", "—", "—", "—", "—", "—"]);
        continue;
      }
      states.push(air.data);
      if (region.kind === "city")
        for (const day of air.days) {
          const { aqi, level, exceeds } = dayAqi(part.ruleSet, day);
          if (exceeds)
            badDays.push([shortDate(day.date), figure(aqi), level?.class ?? "—", figure(day["PM2.5"])]);
        }
      const own = targetsFor(
        { ...about, ...NOT_ASKED },
        region.kind === "city" ? null : office.lineage(region.id),
      );
      rows.push([place, ...figuresOf(air, own, ruled.length === 1)]);
    }
    parts.push({ label: partLabel(part), ruleSet: part.ruleSet.name, rows });
  }
  return {
    ...{ name: about.label, period: period.label, measures: about.measures },
    dataState: dataStateWords(togetherDataState(states)),
    ...{ parts, badDays },
  };
}

const NOT_ASKED = { packId: null, name: "" };
const partLabel = ({ period }: Ruled): string => period.label;

/** A place's figures; a target is of the whole, so that a part of it isn't judged. */
function figuresOf(
  air: Exclude<Awaited<ReturnType<typeof airOf>>, Refusal>,
  targets: readonly GuaranteeTarget[],
  isWhole: boolean,
): string[] {
  const { now } = air;
  const change = yearOnYear(air);
  const { value, oneDecimal } = now.pollutants["PM2.5"];
  const aim = (metric: GuaranteeTarget["metric"]) => targets.find((one) => one.metric === metric)?.value;
  const judge = (target: string | undefined, sign: "≤" | "≥", unit: string, reached: number | null) => {
    if (target === undefined) return "—";
    const isMet = reached !== null && (sign === "≤" ? reached <= Number(target) : reached >= Number(target));
    const result = reached === null || !isWhole ? "" : isMet ? "，完成" : "，未完成";
    return `${sign}${plain(target)}${unit}${result}`;
  };
  const pm25 = aim("pm25-mean");
  return [
    String(now.days.valid),
    figure(value, 0),
    changeWords(change["PM2.5"]),
    judge(pm25, "≤", "", pm25?.includes(".") ? oneDecimal : value),
    figure(now.attainmentRatePct, 1, "%"),
    judge(aim("attainment-rate"), "≥", "%", now.attainmentRatePct),
    String(now.days.valid - now.days.good),
  ];
}

/** 全市PM2.5均值38微克/立方米，同比下降5.0%，优良率90.9%…: what the report begins with. */
export function reportSentences({ name, period, parts, badDays }: GuaranteeReport): string[] {
  return [
    ...parts.map(({ label, ruleSet, rows }) => {
      const [, valid, pm25, change, pm25Aim, rate, rateAim, bad] = rows[0] ?? [];
      const aims = [`PM2.5${pm25Aim}`, `优良率${rateAim}`].filter((text) => !text.endsWith("—"));
      const by = parts.length === 1 ? "" : `（按${ruleSet}）`;
      return `${parts.length === 1 ? `${name}（${period}）` : label}${by}全市有效${valid}天，PM2.5均值${pm25}微克/立方米，同比${change}，优良率${rate}，超标${bad}天${aims.length === 0 ? "" : `；目标：${aims.join("，")}`}。`;
    }),
    badDays.length === 0 ? "全市没有超标天。" : `全市超标${badDays.length}天。`,
  ];
}

export const reportFigures = ({ parts }: GuaranteeReport): PrintedFigure[] =>
  parts.flatMap(({ label, rows }) =>
    rows.flatMap(([of = "", ...values]) =>
      values.map((value, i) => ({ of, figure: `${label}${REPORT_COLUMNS[i + 1]}`, value })),
    ),
  );
