import { z } from "zod";
import { asOf, notYet } from "../src/air/period-air.ts";
import { changeOf, countyRanking, METRICS } from "../src/air/ranking.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { figure, shortDate } from "../src/chat/wording.ts";
import { changeWords } from "../src/domain/air/change.ts";

const toRanking = says("排名");
const toPicture = says("图片");

/** 排名：the counties of a period, best first, ties sharing a rank, those without valid data listed apart. */
export default command({
  name: "ranking",
  words: ["排名", "排行"],
  help: { does: "看各县（市、区）排名（综合指数、PM2.5、优良率、改善幅度）", example: "排名 5月 PM2.5" },
  who: anyone,
  args: z.object({
    period: arg.period("本年"),
    metric: arg.choice(
      "指标",
      {
        综合指数: "composite",
        综合: "composite",
        "PM2.5": "PM2.5",
        "pm2.5": "PM2.5",
        优良率: "attainment",
        优良天数: "attainment",
        达标率: "attainment",
        降尘: "dustfall",
        改善: "improvement",
        改善幅度: "improvement",
      },
      { otherwise: "综合指数" },
    ),
  }),

  async answer({ args: { period, metric } }, { store, office, today }) {
    if (metric === "dustfall")
      return refuse("no-data", "还没有降尘数据，不能排名。可改看“排名 PM2.5”或“排名 优良率”。", [
        "排名 PM2.5",
      ]);
    const end = asOf(period, today);
    if (Temporal.PlainDate.compare(period.from, end) > 0) return notYet(period, today);
    const result = await countyRanking(store, office.regionsOf({ to: end }, today), period, today, metric);
    if (isRefusal(result)) return result;
    const { ranking, airs } = result;
    if (ranking.ranked.length === 0 && airs.size === 0)
      return refuse("no-data", `各县（市、区）在${period.label}没有监测数据。`);

    const { title, unit, decimals } = METRICS[metric];
    const points = metric === "attainment" ? "个百分点" : "%";
    const change = (id: string) => {
      const air = airs.get(id);
      return air ? changeOf(air, metric) : null;
    };
    const shown = ranking.ranked.map(({ rank, key, value, tied }) => [
      `${rank}${tied ? "（并列）" : ""}`,
      key.short,
      // The improvement is the change itself: no second column for it.
      ...(metric === "improvement"
        ? [changeWords(value)]
        : [figure(value, decimals), changeWords(change(key.id), points)]),
    ]);
    const running = Temporal.PlainDate.compare(end, period.to) < 0;
    return {
      title: `${period.label}各县（市、区）${title}排名`,
      blocks: [
        {
          kind: "table",
          columns: [
            { title: "位次" },
            { title: "地区" },
            { title: `${title}${unit && metric !== "improvement" ? `（${unit}）` : ""}`, align: "end" },
            ...(metric === "improvement" ? [] : [{ title: "同比", align: "end" as const }]),
          ],
          rows: shown,
        },
        ...(ranking.unranked.length > 0
          ? [
              {
                kind: "text" as const,
                text: `不参与排名：${ranking.unranked.map(({ key, reason }) => `${key.short}（${reason}）`).join("；")}`,
                tone: "muted" as const,
              },
            ]
          : []),
        {
          kind: "note",
          text: `${running ? `截至${shortDate(end)}；` : ""}位次按公布值排列，并列者按行政区划次序；${metric === "composite" ? "综合指数为六项分指数（各修约到两位小数）之和；" : ""}未经审核，仅供参考`,
        },
      ],
      buttons: [
        ...Object.entries(METRICS)
          .filter(([name]) => name !== metric)
          .map(([name, m]) =>
            toRanking(m.title, `${period.from}..${period.to}`, spoken[name as keyof typeof METRICS]),
          ),
        toPicture("图片", "排名", `${period.from}..${period.to}`, spoken[metric]),
      ],
      facts: {
        metric,
        period: {
          from: period.from.toString(),
          to: period.to.toString(),
          label: period.label,
          complete: !running,
          asOf: end.toString(),
        },
        rows: ranking.ranked.map(({ rank, key, value }) => ({
          rank,
          county: key.short,
          value,
          yearOnYearPct: change(key.id),
          validDays: airs.get(key.id)?.now.days.valid ?? 0,
        })),
        unranked: ranking.unranked.map(({ key, reason }) => ({ county: key.short, reason })),
      },
    };
  },
});

const spoken = {
  composite: "综合指数",
  "PM2.5": "PM2.5",
  attainment: "优良率",
  improvement: "改善",
} as const;
