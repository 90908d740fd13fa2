import { z } from "zod";
import { chartCard } from "../src/air/charts/chart-card.ts";
import { chartedRegion } from "../src/air/charts/of-region.ts";
import { primaryChart } from "../src/air/charts/primary-days.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";

const toCalendar = says("日历");

export { primaryChart } from "../src/air/charts/primary-days.ts";

/** 首要污染物：on how many days each pollutant was the primary one, month by month, as a picture. */
export default command({
  name: "primary",
  words: ["首要污染物", "首要污染物图", "首要污染物天数"],
  help: { does: "看各项污染物当首要污染物的天数，逐月成图", example: "首要污染物 {county} 今年" },
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({ county: arg.maybe.county(), period: arg.period("本年") }),

  async answer({ args: { county, period }, person }, context) {
    const region = chartedRegion(county, period, context);
    if (isRefusal(region)) return region;
    const span = { from: period.from.toString(), to: period.to.toString() };
    const whose = county === undefined ? undefined : region.short;
    return chartCard(primaryChart, { region: region.id, ...span }, person, context, [
      toCalendar("日历", whose, `${span.from}..${span.to}`),
    ]);
  },
});
