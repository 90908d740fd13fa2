import type { RankingSpec } from "../src/output/charts/ranking-bars.ts";
import { fontFor } from "../src/output/font.ts";

/** The same ranking as anybody would draw it with ECharts on a canvas: one option, one font for all of it. */
export async function bareRanking(spec: RankingSpec, height: number): Promise<Uint8Array> {
  const { createCanvas, GlobalFonts } = await import("@napi-rs/canvas");
  const echarts = await import("echarts/dist/echarts.esm.min");
  const familiesOf = await fontFor(GlobalFonts);
  echarts.setPlatformAPI({ createCanvas: () => createCanvas(1, 1) as never });
  const canvas = createCanvas(1080, 2 * height);
  const chart = echarts.init(canvas as never, null, { width: 540, height, devicePixelRatio: 2 });
  const foot = [...spec.notes, spec.source, spec.dataStatus, spec.date, ...spec.marks];
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: familiesOf(JSON.stringify(spec)) },
    title: {
      text: spec.title,
      subtext: spec.subtitle,
      textStyle: { fontSize: 24 },
      subtextStyle: { fontSize: 16 },
    },
    grid: { left: 200, right: 120, top: 110, bottom: 40 + 21 * foot.length },
    xAxis: { type: "value", show: false },
    yAxis: {
      type: "category",
      inverse: true,
      name: spec.metric,
      data: spec.rows.map(({ rank, name }) => `${rank} ${name}`),
      axisLabel: { fontSize: 16 },
    },
    series: [
      {
        type: "bar",
        data: spec.rows.map(({ value }) => value),
        label: { show: true, position: "right", fontSize: 16 },
      },
    ],
    graphic: [
      ...spec.rows.map(({ changePct }, at) => ({
        type: "text" as const,
        left: 440,
        top: 120 + at * 40,
        style: { text: `${changePct}%`, fontSize: 15 },
      })),
      ...foot.map((text, at) => ({
        type: "text" as const,
        left: 20,
        top: height - 21 * (foot.length - at),
        style: { text, fontSize: 15 },
      })),
    ],
  });
  const png = new Uint8Array(canvas.toBuffer("image/png"));
  chart.dispose();
  return png;
}
