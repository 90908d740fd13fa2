import { z } from "zod";
import { scopeOf } from "../../chat/access.ts";
import type { Context } from "../../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../../chat/refusal.ts";
import { NOT_DECOMPOSED, plain, shortDate } from "../../chat/wording.ts";
import { togetherDataState } from "../../domain/air/data-state.ts";
import { type Period, parsePeriod } from "../../domain/period.ts";
import type { PaceRow, PaceSpec } from "../../output/charts/pace-bullets.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";
import { type Air, airOf, ruledParts } from "../period-air.ts";
import { KIND_WORDS, type TargetStanding, targetLine, targetStandings } from "../targets.ts";
import { airChartFrame, chartPaper } from "./chart-paper.ts";

const INDICATORS = {
  "pm25-mean": { metric: "PM2.5均值", unit: "µg/m³" },
  "attainment-rate": { metric: "优良天数比率", unit: "%" },
} as const;
export type PaceIndicator = keyof typeof INDICATORS;

/** 达标进度图: the city and each county that somebody may see: the year to date, its targets, what the rest may be. */
export const paceChart = chartPaper({
  name: "chart.pace",
  params: z.object({ indicator: z.enum(["pm25-mean", "attainment-rate"]), region: z.string().optional() }),
  async spec({ params: { indicator, region }, person }, context): Promise<PaceSpec | Refusal> {
    const { office, today } = context;
    const airs = await yearOfEach(region, person, context);
    if (isRefusal(airs)) return airs;
    const rows: PaceRow[] = [];
    for (const { air, name } of airs)
      rows.push(
        air === null
          ? { name, toDate: null, targets: [], without: "没有监测数据" }
          : await rowOf(air, indicator, context),
      );
    const known = airs.flatMap(({ air }) => air ?? []);
    const [first] = known;
    return {
      kind: "pace",
      title: `${office.pack.year}年${INDICATORS[indicator].metric}达标进度`,
      subtitle: first === undefined ? "" : `截至${shortDate(first.now.asOf)}`,
      ...airChartFrame(togetherDataState(known.map(({ data }) => data)), today),
      notes: ["剩余天数按均有有效数据计；约束性目标决定进度判断"],
      ...INDICATORS[indicator],
      rows,
    };
  },
});

async function rowOf(
  air: Air,
  indicator: PaceIndicator,
  { store, office }: Context<Reader>,
): Promise<PaceRow> {
  const standings = (await targetStandings(store, office, air)).filter((s) => s.indicator === indicator);
  const { now, region } = air;
  const toDate = indicator === "pm25-mean" ? now.pollutants["PM2.5"].oneDecimal : now.attainmentRatePct;
  return {
    name: region.short,
    toDate,
    targets: standings.map((standing) => {
      const { value, tone } = targetLine(standing);
      return {
        kind: standing.kind,
        value: standing.target,
        label: labelOf(standing),
        said: value,
        tone,
      };
    }),
    ...(standings.length === 0 ? { without: `年度目标${NOT_DECOMPOSED}` } : {}),
  };
}

const labelOf = ({ indicator, kind, target }: TargetStanding) =>
  `${KIND_WORDS[kind]}${indicator === "pm25-mean" ? "≤" : "≥"}${plain(target)}`;

/** The plan's year of the city and the counties, or of one, as far as somebody's rights go. */
async function yearOfEach(
  only: string | undefined,
  person: Person,
  { store, office, today }: Context<Reader>,
): Promise<{ name: string; air: Air | null }[] | Refusal> {
  const year = parsePeriod(String(office.pack.year), today) as Period;
  const parts = ruledParts(year, today);
  if (isRefusal(parts)) return parts;
  const [ruled] = parts;
  const scope = scopeOf(person, office, today);
  const mine = office
    .regionsOf({ to: year.to }, today)
    .filter(({ id }) => (scope === null || scope.includes(id)) && (only === undefined || only === id));
  if (only !== undefined && mine.length === 0)
    return refuse("forbidden", "这个县（市、区）不在您的权限范围内。", ["达标进度"]);
  const found = [];
  for (const region of only === undefined ? [office.city, ...mine] : mine) {
    const air = await airOf(store, region, ruled, today);
    if (isRefusal(air) && air.code !== "no-data") return air;
    found.push({ name: region.short, air: isRefusal(air) ? null : air });
  }
  return found;
}
