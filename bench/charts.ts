import type { RankingSpec } from "../src/output/charts/ranking-bars.ts";
import { cost } from "./process-cost.ts";
import { type Finding, median, roundsOf, type Size, sideBySide, sized, takingTurns } from "./side-by-side.ts";

const AIM = 1.3;

/** Thirteen counties, a change to each. */
export const rankingOfThirteen: RankingSpec = {
  kind: "ranking",
  title: "各县（市、区）PM2.5均值排名",
  subtitle: "2020年5月",
  notes: ["位次按公布值排列，并列者按行政区划次序"],
  source: "自动监测日均值",
  dataStatus: "审核后数据",
  date: "2020年6月15日",
  marks: ["演示数据，非真实监测结果"],
  metric: "PM2.5均值",
  unit: "µg/m³",
  decimals: 0,
  values: "level",
  rows: Array.from({ length: 13 }, (_, at) => ({
    rank: at + 1,
    tied: false,
    name: `第${at + 1}示范区`,
    value: 25 + at,
    changePct: at - 6.5,
  })),
  unranked: [],
};

/** A ranking's picture beside the same drawn by bare ECharts: the first of a process, in CPU, and one after another. */
export async function charts(size: Size): Promise<Finding[]> {
  const first = await takingTurns(
    async () => cost(["bench/draw-once.ts", "ours"]),
    async () => cost(["bench/draw-once.ts", "bare"]),
    sized(size, { warmUp: 1, rounds: 7 }, { warmUp: 0, rounds: 1 }),
  );
  const { drawChart } = await import("../src/output/charts/draw-chart.ts");
  const { bareRanking } = await import("./bare-chart.ts");
  return [
    {
      name: "first ranking picture, CPU of its process / bare ECharts",
      unit: "ms",
      aim: AIM,
      ours: median(first.ours.map(({ cpuMs }) => cpuMs)),
      reference: median(first.reference.map(({ cpuMs }) => cpuMs)),
    },
    await sideBySide(
      { name: "a ranking picture / bare ECharts", aim: AIM },
      () => drawChart(rankingOfThirteen),
      () => bareRanking(rankingOfThirteen, 760),
      roundsOf(size, 5, 30),
    ),
  ];
}
