import { z } from "zod";
import { withMetric } from "../src/air/metric-line.ts";
import { airsOf, partedFacts, ruledParts } from "../src/air/period-air.ts";
import { rulesArg } from "../src/air/rule-words.ts";
import { dayCard, statusCard } from "../src/air/status-card.ts";
import { targetStandings } from "../src/air/targets.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { FIGURE_HINTS as HINTS, METRIC_SAYINGS, METRIC_WORDS } from "../src/chat/metric-words.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { lagOf } from "../src/plan/lagging.ts";
import { guaranteeItem, runningGuaranteeFacts, runningGuarantees } from "../src/seasons/standing.ts";

/** 全市：how the city stands, by its national stations, against the plan's targets. */
export default command({
  name: "city",
  words: ["全市"],
  hints: HINTS,
  impliedBy: ["metric", "own", "everywhere"],
  help: { does: "看全市的情况和目标进度", example: "全市 今年" },
  who: anyone,
  audience: "anyone",
  args: z.object({
    period: arg.period("本年"),
    metric: arg.maybe.choice("指标", METRIC_WORDS, { says: METRIC_SAYINGS }),
    rules: rulesArg(),
  }),

  async answer({ args: { period, metric, rules } }, { store, office, now, today }) {
    const parts = ruledParts(period, today, rules);
    if (isRefusal(parts)) return parts;
    const airs = await airsOf(store, office.city, parts, today);
    if (isRefusal(airs)) return airs;
    const [air, ...earlier] = airs;
    if (period.from.equals(period.to)) return dayCard(air);

    const lag = await lagOf(store, office, today);
    const everywhere = office.pack.regions.map((r) => r.id);
    const issues = await store.issues.openIn(everywhere, today.toString(), now.epochMilliseconds);
    const targets = await targetStandings(store, office, air);
    const running = await runningGuarantees(office.city, { store, office, today });
    const card = statusCard({
      period,
      air,
      earlier,
      office,
      targets,
      rank: null,
      lag,
      running: running.map(guaranteeItem),
      issues,
      facts: {
        county: office.city.short,
        ...partedFacts(airs, parts.length > 1),
        targets,
        lagging: lag.tasks.length,
        openIssues: issues.open,
        overdueIssues: issues.overdue,
        guarantees: running.map(runningGuaranteeFacts),
      },
    });
    return withMetric(card, air, metric);
  },
});
