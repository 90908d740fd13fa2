import { Decimal } from "decimal.js";
import type { Tone } from "../chat/card.ts";
import { plain } from "../chat/wording.ts";
import { badDayPace, controlValue, type ExactMean, meanPace } from "../domain/air/budget.ts";
import { samePeriodLastYear } from "../domain/air/change.ts";
import type { PeriodStatistics } from "../domain/air/statistics.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import type { Air } from "./period-air.ts";

/** How one air target of the year stands; the interfaces document's `targets`, with the light and the words for a card. */
export type TargetStanding = {
  indicator: "pm25-mean" | "attainment-rate";
  kind: "constraint" | "stretch";
  target: number;
  unit: string;
  /** Exact to-date figure as printed beside the target: one decimal. */
  toDate: number | null;
  remainingDays: number;
  remainingAllowableMean?: number | null;
  badDaysLeft?: number;
  state: "met" | "on-pace" | "behind" | "unreachable";
  light: "绿" | "黄" | "红";
  note?: string;
};

type Aim = { indicator: TargetStanding["indicator"]; kind: TargetStanding["kind"]; value: string };

/**
 * How a region's targets of the plan's year stand. The city's come from the pack, a county's only from what the office
 * has entered: none is ever derived from the city's. Empty for periods other than the plan's year.
 */
export async function targetStandings(store: Reader, office: Office, air: Air): Promise<TargetStanding[]> {
  const { now, region } = air;
  const year = String(office.pack.year);
  if (now.from !== `${year}-01-01` || now.to !== `${year}-12-31`) return [];
  const aims = region.kind === "city" ? cityAims(office) : await countyAims(store, office, region);
  if (aims.length === 0) return [];
  const left = now.complete ? 0 : Temporal.PlainDate.from(now.asOf).until(now.to).days;
  const shape = aims.some((a) => a.indicator === "pm25-mean")
    ? await lastYearsShape(store, air, Number(year))
    : null;
  return aims.flatMap((aim) => standing(aim, now, left, shape, office) ?? []);
}

/** A target's state in a word or two for a card. */
export function targetWords({ state, light, note }: TargetStanding): { words: string; tone: Tone } {
  const words = {
    met: "已完成",
    "on-pace": "符合进度",
    behind: light === "红" ? "明显滞后" : "略有滞后",
    unreachable: "未完成或已不可能完成",
  }[state];
  const tone: Tone = state === "met" || state === "on-pace" ? "good" : light === "黄" ? "notice" : "bad";
  return { words: note ? `${words}，${note}` : words, tone };
}

function cityAims(office: Office): Aim[] {
  return office.pack.targets.flatMap((t) =>
    t.appliesTo === "city" && (t.metric === "pm25-mean" || t.metric === "attainment-rate")
      ? [{ indicator: t.metric, kind: t.kind, value: t.value }]
      : [],
  );
}

async function countyAims(store: Reader, office: Office, region: Region): Promise<Aim[]> {
  const rows = await store.plan.countyTargets([region.id]);
  // A merged region's target is the office's to set; an heir of the same area keeps the one that was entered before.
  const forerunners = office.lineage(region.id).slice(1);
  const inherited =
    rows.length === 0 && forerunners.length === 1 ? await store.plan.countyTargets(forerunners) : rows;
  return (["pm25-mean", "attainment-rate"] as const).flatMap((indicator) =>
    (["constraint", "stretch"] as const).flatMap((kind) => {
      const value = inherited.find((row) => row.indicator === indicator)?.[kind] ?? null;
      return value === null ? [] : [{ indicator, kind, value }];
    }),
  );
}

type Shape = { same: ExactMean; year: ExactMean; rest: Decimal | null };

/** Last year's means over the same dates, the year and the rest of it: the seasonal shape that a budget is judged by. */
async function lastYearsShape(store: Reader, air: Air, year: number): Promise<Shape | null> {
  const rows = await store.air.days(air.region.id, `${year - 1}-01-01`, `${year - 1}-12-31`);
  const { to: cut } = samePeriodLastYear(air.now.from, air.now.asOf);
  const mean = (days: typeof rows): ExactMean => {
    const valid = days.flatMap((day) => (day["PM2.5"] === null ? [] : [day["PM2.5"]]));
    return { sum: valid.reduce((a, b) => a + b, 0), days: valid.length };
  };
  const [same, all] = [mean(rows.filter((d) => d.date <= cut)), mean(rows)];
  if (same.days === 0 || rows.length < 300) return null;
  const rest = mean(rows.filter((d) => d.date > cut));
  return { same, year: all, rest: rest.days === 0 ? null : new Decimal(rest.sum).div(rest.days) };
}

function standing(
  aim: Aim,
  now: PeriodStatistics,
  left: number,
  shape: Shape | null,
  office: Office,
): TargetStanding | null {
  const settings = office.pack.settings.pace;
  const target = new Decimal(aim.value);
  const common = { indicator: aim.indicator, kind: aim.kind, target: target.toNumber(), remainingDays: left };
  if (aim.indicator === "pm25-mean") {
    const { sum, validDays, oneDecimal } = now.pollutants["PM2.5"];
    const pace = meanPace(
      {
        target,
        sum: new Decimal(sum),
        valid: validDays,
        left,
        ytdMean: oneDecimal === null ? null : new Decimal(oneDecimal),
        controlValue: shape && controlValue(target, shape.same, shape.year),
        lastYearSameRest: shape?.rest ?? null,
      },
      settings,
    );
    if (pace === null || (left === 0 && !now.pollutants["PM2.5"].sufficient)) return null;
    const { state, light, note } = pace;
    const remainingAllowableMean = pace.remainingAllowableMean?.toNumber() ?? null;
    return {
      ...common,
      unit: "µg/m³",
      toDate: oneDecimal,
      remainingAllowableMean,
      state,
      light,
      ...(note ? { note } : {}),
    };
  }
  const pace = badDayPace({ ratePct: target, badDays: now.days.bad, valid: now.days.valid, left }, settings);
  if (pace === null || (left === 0 && now.attainmentRatePct === null)) return null;
  const { state, light, note, badDaysLeft } = pace;
  return {
    ...common,
    unit: "%",
    toDate: now.attainmentRatePct,
    badDaysLeft,
    state,
    light,
    ...(note ? { note } : {}),
  };
}

const kindNames = { constraint: "约束性", stretch: "奋斗" } as const;

/** 约束性 ≤36：符合进度，剩余200天均值须≤33.1 */
export function targetLine(s: TargetStanding): { label: string; value: string; tone: Tone } {
  const { words, tone } = targetWords(s);
  const isMean = s.indicator === "pm25-mean";
  const label = isMean
    ? `PM2.5${kindNames[s.kind]}≤${plain(s.target)}`
    : `优良率${kindNames[s.kind]}≥${plain(s.target)}%`;
  if (s.remainingDays === 0 || s.state === "unreachable") return { label, value: words, tone };
  const rest = isMean
    ? `剩余${s.remainingDays}天均值须≤${(s.remainingAllowableMean ?? 0).toFixed(1)}`
    : `剩余${s.remainingDays}天最多再超标${s.badDaysLeft}天`;
  return { label, value: `${words}；${rest}`, tone };
}
