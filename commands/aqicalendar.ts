import { z } from "zod";
import { calendarChart } from "../src/air/charts/aqi-days.ts";
import { chartCard } from "../src/air/charts/chart-card.ts";
import { chartedRegion } from "../src/air/charts/of-region.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";

const toTrend = says("趋势");
const toPrimary = says("首要污染物");

export { calendarChart } from "../src/air/charts/aqi-days.ts";

/** 日历：the AQI class of each day of a county or the city, as a picture. */
export default command({
  name: "aqicalendar",
  words: ["日历", "空气日历", "空气质量日历", "AQI日历", "日历图"],
  help: { does: "看某地每天的AQI和级别，按月或全年的日历图", example: "日历 {county} {month}" },
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({ county: arg.maybe.county(), period: arg.period("本月") }),

  async answer({ args: { county, period }, person }, context) {
    const region = chartedRegion(county, period, context);
    if (isRefusal(region)) return region;
    const span = { from: period.from.toString(), to: period.to.toString() };
    const whose = county === undefined ? undefined : region.short;
    return chartCard(calendarChart, { region: region.id, ...span }, person, context, [
      toTrend("AQI趋势", whose, `${span.from}..${span.to}`, "AQI"),
      toPrimary("首要污染物", whose, `${span.from}..${span.to}`),
    ]);
  },
});
