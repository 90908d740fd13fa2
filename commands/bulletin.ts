import { z } from "zod";
import { chartCard } from "../src/air/charts/chart-card.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";
import { bulletinChart } from "../src/papers/week/bulletin.ts";

const toRanking = says("排名");

export { bulletinChart } from "../src/papers/week/bulletin.ts";

/** 战报：a week on one screen: the city, the counties, primary pollutants, what is open and what lags. */
export default command({
  name: "bulletin",
  words: ["战报", "战报图", "周战报", "一周战报"],
  help: {
    does: "看一周空气质量的一屏图：全市、各县（市、区）、首要污染物、问题和滞后",
    example: "战报 上周",
  },
  who: anyone,
  audience: "anyone",
  args: z.object({ period: arg.period("上周") }),

  async answer({ args: { period }, person }, context) {
    const span = { from: period.from.toString(), to: period.to.toString() };
    return chartCard(bulletinChart, span, person, context, [
      toRanking("排名", `${span.from}..${span.to}`, "PM2.5"),
    ]);
  },
});
