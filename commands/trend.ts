import { z } from "zod";
import { chartCard } from "../src/air/charts/chart-card.ts";
import { chartedRegion } from "../src/air/charts/of-region.ts";
import { type Trended, trendChart } from "../src/air/charts/trend.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { METRIC_SAYINGS, METRIC_WORDS } from "../src/chat/metric-words.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";

const toCalendar = says("日历");
const toPrimary = says("首要污染物");

/** What has a figure each day. */
const { 优良率: _rate, 综合指数: _index, ...DAILY } = METRIC_WORDS;
const SAYINGS = Object.fromEntries(
  Object.entries(METRIC_SAYINGS).filter(([, metric]) => metric !== "attainment" && metric !== "composite"),
) as Record<string, Trended>;

export { trendChart } from "../src/air/charts/trend.ts";

/** 趋势：a pollutant or the AQI of a county or the city, day by day, as a picture. */
export default command({
  name: "trend",
  words: ["趋势", "趋势图", "走势", "走势图", "变化趋势", "曲线"],
  help: { does: "看某地逐日浓度或AQI的趋势图，缺测日不连线", example: "趋势 {county} {month} PM2.5" },
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({
    county: arg.maybe.county(),
    period: arg.period("本年"),
    metric: arg.choice<Trended>("指标", DAILY, { otherwise: "PM2.5", says: SAYINGS }),
  }),

  async answer({ args: { county, period, metric }, person }, context) {
    const region = chartedRegion(county, period, context);
    if (isRefusal(region)) return region;
    const span = { from: period.from.toString(), to: period.to.toString() };
    const whose = county === undefined ? undefined : region.short;
    return chartCard(trendChart, { region: region.id, ...span, metric }, person, context, [
      toCalendar("日历", whose, `${span.from}..${span.to}`),
      toPrimary("首要污染物", whose, `${span.from}..${span.to}`),
    ]);
  },
});
