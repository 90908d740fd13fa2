import { z } from "zod";
import { rankingPicture } from "../src/air/charts/ranked.ts";
import { dataStateFacts, dataStateWords } from "../src/air/data-state-words.ts";
import { dustfallMonthCard } from "../src/air/dustfall-card.ts";
import { asOf, ruledParts } from "../src/air/period-air.ts";
import {
  changeOf,
  countyRanking,
  METRICS,
  type Metric,
  NO_COMPOSITE_WORDS,
  rankEndsWords,
} from "../src/air/ranking.ts";
import { presentPartWords, rulesArg, saidRules } from "../src/air/rule-words.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { METRIC_SAYINGS, METRIC_WORDS } from "../src/chat/metric-words.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { figure, shortDate } from "../src/chat/wording.ts";
import { changeWords } from "../src/domain/air/change.ts";
import { togetherDataState } from "../src/domain/air/data-state.ts";
import { hasComposite } from "../src/domain/air/rules.ts";

/** A ranking is of a period; AQI is of one day. */
const { AQI: _aqi, ...RANKED } = METRIC_WORDS;

const toRanking = says("排名");
const toPicture = says("图片");

export { rankingChart } from "../src/air/charts/ranked.ts";

/** 排名：the counties of a period, best first, ties sharing a rank, those without valid data listed apart. */
export default command({
  name: "ranking",
  words: ["排名", "排行"],
  hints: [
    "排第几",
    "排名第几",
    "第几",
    "排位",
    "名次",
    "位次",
    "排行榜",
    "各县区",
    "各县",
    "各地",
    "改善最大",
    "进步最大",
    "改善",
    "进步",
    "退步",
    "进步最快",
    "改善最多",
    "排一下",
    "排序",
  ],
  impliedBy: ["top", "bottom"],
  help: {
    does: "看各县（市、区）排名（综合指数、PM2.5、优良率、改善幅度、降尘）",
    example: "排名 5月 PM2.5",
  },
  who: anyone,
  audience: "anyone",
  args: z.object({
    period: arg.period("本年"),
    metric: arg.choice(
      "指标",
      { ...RANKED, 降尘: "dustfall", 改善: "improvement" },
      {
        otherwise: "综合指数",
        says: {
          ...METRIC_SAYINGS,
          改善幅度: "improvement",
          改善率: "improvement",
          改善最大: "improvement",
          进步最大: "improvement",
          进步最快: "improvement",
          改善最多: "improvement",
        },
      },
    ),
    top: arg.maybe.top(),
    bottom: arg.maybe.bottom(),
    rules: rulesArg(),
    chart: arg.maybe.choice("形式", { 图: "bars" }, { says: { 图表: "bars", 柱状图: "bars", 柱图: "bars" } }),
  }),

  async answer({ args: { period: asked, metric: wanted, top, bottom, rules, chart }, person }, context) {
    const { store, office, today } = context;
    if (wanted === "dustfall") return dustfallMonthCard(store, office, asked, today);
    const parts = ruledParts(asked, today, rules);
    if (isRefusal(parts)) return parts;
    // Of two rule sets the present one ranks: the days before it can't be added to its own.
    const [ruled, ...before] = parts;
    const { period, ruleSet } = ruled;
    const end = asOf(period, today);
    const instead = wanted === "composite" && !hasComposite(ruleSet, end.toString());
    const metric: Metric = instead ? "PM2.5" : wanted;
    const result = await countyRanking(store, office.regionsOf({ to: end }, today), ruled, today, metric);
    if (isRefusal(result)) return result;
    const { ranking, airs } = result;
    if (ranking.ranked.length === 0 && airs.size === 0)
      return refuse("no-data", `各县（市、区）在${period.label}没有监测数据。`);

    const data = togetherDataState([...airs.values()].map((air) => air.data));
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
    const judgedBy = rules === undefined ? [] : [saidRules[rules]];
    const ends = rankEndsWords(
      ranking.ranked.map(({ key, rank }) => ({ name: key.short, rank })),
      { top, bottom },
    );
    const running = Temporal.PlainDate.compare(end, period.to) < 0;
    const heading = `${period.label}各县（市、区）${title}排名`;
    const span = { from: period.from.toString(), to: period.to.toString() };
    const charted = { ...span, metric, ...(rules === undefined ? {} : { rules }) };
    const picture = chart === undefined ? null : await rankingPicture(charted, heading, person, context);
    if (isRefusal(picture)) return picture;
    return {
      title: heading,
      blocks: [
        ...(ends === null ? [] : [{ kind: "text" as const, text: ends }]),
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
          text: `${instead ? `${NO_COMPOSITE_WORDS}，改按PM2.5排名；` : ""}${before.length > 0 ? presentPartWords(asked, ruled, "排") : ""}${ruleSet.id === "cn-2012" && rules === undefined ? "" : `按${ruleSet.name}评价，同比两年用同一标准；`}${running ? `截至${shortDate(end)}；` : ""}位次按公布值排列，并列者按行政区划次序；${metric === "composite" ? "综合指数为六项分指数（各修约到两位小数）之和；" : ""}${dataStateWords(data)}`,
        },
      ],
      buttons: [
        ...Object.entries(METRICS)
          .filter(([name]) => name !== metric && name in offered && !(instead && name === "composite"))
          .map(([name, m]) =>
            toRanking(m.title, `${period.from}..${period.to}`, spoken[name as Metric], ...judgedBy),
          ),
        ...(chart === undefined
          ? [toRanking("柱状图", `${period.from}..${period.to}`, spoken[metric], ...judgedBy, "图")]
          : []),
        toPicture("图片", "排名", `${period.from}..${period.to}`, spoken[metric], ...judgedBy),
      ],
      ...(picture === null ? {} : { files: picture.files }),
      facts: {
        ...picture?.facts,
        metric,
        period: {
          from: period.from.toString(),
          to: period.to.toString(),
          label: period.label,
          complete: !running,
          asOf: end.toString(),
        },
        ruleSet: ruleSet.id,
        ...dataStateFacts(data),
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

/** How each metric is said, and which are offered as buttons. */
const spoken: Readonly<Record<Metric, string>> = {
  composite: "综合指数",
  "PM2.5": "PM2.5",
  PM10: "PM10",
  O3_8h: "臭氧",
  NO2: "二氧化氮",
  SO2: "二氧化硫",
  CO: "一氧化碳",
  attainment: "优良率",
  improvement: "改善",
};
const offered = { composite: true, "PM2.5": true, attainment: true, improvement: true };
