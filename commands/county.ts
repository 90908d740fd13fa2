import { z } from "zod";
import { withMetric } from "../src/air/metric-line.ts";
import { airsOf, asOf, partedFacts, pm25Ranking, regionFor, ruledParts } from "../src/air/period-air.ts";
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

/** 县区：how one county stands: air, targets and pace, rank, lagging tasks, open issues. */
export default command({
  name: "county",
  words: ["县区"],
  hints: [...HINTS, "排名"],
  impliedBy: ["county", "metric"],
  help: { does: "看一个县（市、区）的情况", example: "{county} {month}" },
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({
    county: arg.county(),
    period: arg.period("本年"),
    metric: arg.maybe.choice("指标", METRIC_WORDS, { says: METRIC_SAYINGS }),
    rules: rulesArg(),
  }),

  async answer({ args: { county, period, metric, rules } }, { store, office, now, today }) {
    const region = regionFor(county, period, today);
    if (isRefusal(region)) return region;
    const parts = ruledParts(period, today, rules);
    if (isRefusal(parts)) return parts;
    const airs = await airsOf(store, region, parts, today);
    if (isRefusal(airs)) return airs;
    const [air, ...earlier] = airs;
    if (period.from.equals(period.to)) return dayCard(air);

    const family = office.lineage(region.id);
    const lag = await lagOf(store, office, today, { regionIds: [office.heirOn(region.id, today).id] });
    const issues = await store.issues.openIn(family, today.toString(), now.epochMilliseconds);
    const ranking = await pm25Ranking(
      store,
      office.regionsOf({ to: asOf(air.period, today) }, today),
      air.period,
      today,
      [air],
    );
    const targets = await targetStandings(store, office, air);
    const running = await runningGuarantees(office.heirOn(region.id, today), { store, office, today });
    const card = statusCard({
      period,
      air,
      earlier,
      office,
      targets,
      rank: {
        place: ranking.ranked.find((r) => r.key.id === region.id)?.rank ?? null,
        of: ranking.ranked.length,
      },
      lag,
      running: running.map(guaranteeItem),
      issues,
      facts: {
        county: region.short,
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
