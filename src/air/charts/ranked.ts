import { z } from "zod";
import type { Card } from "../../chat/card.ts";
import type { Context } from "../../chat/command.ts";
import { isRefusal, type Refusal } from "../../chat/refusal.ts";
import { shortDate } from "../../chat/wording.ts";
import { togetherDataState } from "../../domain/air/data-state.ts";
import type { RuleSetId } from "../../domain/air/rules.ts";
import { periodOf } from "../../domain/period.ts";
import type { RankingSpec } from "../../output/charts/ranking-bars.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";
import { asOf, ruledParts } from "../period-air.ts";
import { changeOf, countyRanking, METRICS, type Metric } from "../ranking.ts";
import { airChartFrame, chartPaper } from "./chart-paper.ts";

/** 排名图: the counties of a period as bars, as 排名 ranks them. */
export const rankingChart = chartPaper({
  name: "chart.ranking",
  params: z.object({
    from: z.string(),
    to: z.string(),
    metric: z.enum(Object.keys(METRICS) as [Metric, ...Metric[]]),
    rules: z.enum(["cn-2012", "cn-2026-transition", "cn-2031"] satisfies RuleSetId[]).optional(),
  }),
  async spec({ params: { from, to, metric, rules } }, context): Promise<RankingSpec | Refusal> {
    const { store, office, today } = context;
    const parts = ruledParts(
      periodOf(Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)),
      today,
      rules,
    );
    if (isRefusal(parts)) return parts;
    const [ruled, ...before] = parts;
    const { period, ruleSet } = ruled;
    const end = asOf(period, today);
    const result = await countyRanking(store, office.regionsOf({ to: end }, today), ruled, today, metric);
    if (isRefusal(result)) return result;
    const { ranking, airs } = result;
    const { title, unit, decimals } = METRICS[metric];
    const running = Temporal.PlainDate.compare(end, period.to) < 0;
    return {
      kind: "ranking",
      title: `各县（市、区）${title}排名`,
      subtitle: `${period.label}${running ? `，截至${shortDate(end)}` : ""}`,
      ...airChartFrame(togetherDataState([...airs.values()].map(({ data }) => data)), today),
      notes: [
        "位次按公布值排列，并列者按行政区划次序",
        ...(ruleSet.id === "cn-2012" && rules === undefined ? [] : [`按${ruleSet.name}评价`]),
        ...(before.length === 0 ? [] : [`只排${period.label}，此前按另一标准评价`]),
      ],
      metric: title,
      unit,
      decimals,
      values: metric === "improvement" ? "change" : "level",
      rows: ranking.ranked.map(({ rank, tied, key, value }) => {
        const air = airs.get(key.id);
        const change = air === undefined ? null : changeOf(air, metric);
        const said =
          metric === "improvement"
            ? {}
            : metric === "attainment"
              ? { changePoints: change }
              : { changePct: change };
        return { rank, tied, name: key.short, value, ...said };
      }),
      unranked: ranking.unranked.map(({ key, reason }) => ({ name: key.short, reason })),
    };
  },
});

/** The picture of a ranking as it goes with its card: the file, and among the facts what it draws. */
export async function rankingPicture(
  params: z.output<(typeof rankingChart)["params"]>,
  title: string,
  person: Person,
  context: Context<Reader>,
): Promise<Required<Pick<Card, "files" | "facts">> | Refusal> {
  const chart = await rankingChart.data({ params, person }, context);
  if (isRefusal(chart)) return chart;
  return { files: [rankingChart.file(params, { name: `${title}.png`, picture: true })], facts: { chart } };
}
