// Draws the benchmark's ranking once, `ours` or `bare`: what a first picture costs a process.
import { rankingOfThirteen } from "./charts.ts";

const [which] = process.argv.slice(2);
if (which === "bare") {
  const { bareRanking } = await import("./bare-chart.ts");
  await bareRanking(rankingOfThirteen, 760);
} else {
  const { drawChart } = await import("../src/output/charts/draw-chart.ts");
  await drawChart(rankingOfThirteen);
}
// What ECharts has begun (its clock) is no part of it.
process.exit(0);
