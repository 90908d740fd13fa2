import { z } from "zod";
import { chartCard } from "../src/air/charts/chart-card.ts";
import { paceChart } from "../src/air/charts/pace.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";

const toPace = says("达标进度");

export { paceChart } from "../src/air/charts/pace.ts";

/** 达标进度：the year to date against its targets, and what the rest of the year may be, as a picture. */
export default command({
  name: "pace",
  words: ["达标进度", "进度图", "达标进度图", "目标进度图"],
  help: { does: "看全市和各县（市、区）距目标还差多少的进度图", example: "达标进度 PM2.5" },
  mechanism: ["nested-pace", "air-assessment"],
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({
    county: arg.maybe.county(),
    metric: arg.choice(
      "指标",
      { "PM2.5": "pm25-mean", 优良率: "attainment-rate" },
      {
        otherwise: "PM2.5",
        says: { PM25: "pm25-mean", 优良天数比率: "attainment-rate", 优良天数: "attainment-rate" },
      },
    ),
  }),

  async answer({ args: { county, metric }, person }, context) {
    const region = county && context.office.heirOf(county, context.today);
    const params = { indicator: metric, ...(region === undefined ? {} : { region: region.id }) };
    return chartCard(paceChart, params, person, context, [
      metric === "pm25-mean"
        ? toPace("优良率进度", region?.short, "优良率")
        : toPace("PM2.5进度", region?.short, "PM2.5"),
    ]);
  },
});
