import { z } from "zod";
import { dataStateFacts, dataStateWords } from "../src/air/data-state-words.ts";
import { type Air, airOf, asOf, regionFor, ruledParts } from "../src/air/period-air.ts";
import { changeOf, METRICS, rankedValue } from "../src/air/ranking.ts";
import { presentPartWords } from "../src/air/rule-words.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { METRIC_SAYINGS, METRIC_WORDS } from "../src/chat/metric-words.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { figure, shortDate } from "../src/chat/wording.ts";
import { changeWords } from "../src/domain/air/change.ts";
import { togetherDataState } from "../src/domain/air/data-state.ts";

const toCounty = says("县区");
const SHOWN = ["PM2.5", "PM10", "O3_8h", "NO2", "attainment", "composite"] as const;

/** 对比：two or more counties side by side, figure by figure. */
export default command({
  name: "compare",
  words: ["对比", "比较"],
  hints: [
    "比一比",
    "相比",
    "差在哪",
    "差在哪里",
    "差多少",
    "差距",
    "谁好",
    "哪个好",
    "哪个更好",
    "谁更好",
    "谁差",
    "对照",
    "比一下",
    "对比一下",
  ],
  impliedBy: ["counties"],
  help: { does: "把几个县（市、区）放在一起比较", example: "对比 {county} {other county} {month}" },
  who: anyone.withinScope("counties"),
  audience: "scope",
  args: z.object({
    counties: arg.counties({ least: 2 }),
    period: arg.period("本年"),
    metric: arg.maybe.choice("指标", METRIC_WORDS, { says: METRIC_SAYINGS }),
  }),

  async answer({ args: { counties, period: asked, metric } }, { store, today }) {
    const parts = ruledParts(asked, today);
    if (isRefusal(parts)) return parts;
    // Of two rule sets the present one compares: the days before it can't be added to its own.
    const [ruled, ...before] = parts;
    const { period, ruleSet } = ruled;
    const end = asOf(period, today);
    const airs: Air[] = [];
    for (const place of counties) {
      const region = regionFor(place, period, today);
      if (isRefusal(region)) return region;
      const air = await airOf(store, region, ruled, today);
      if (isRefusal(air)) return air;
      airs.push(air);
    }
    const data = togetherDataState(airs.map((air) => air.data));
    const shown = metric === undefined || metric === "AQI" ? SHOWN : ([metric] as const);
    const rows = shown.map((name) => {
      const { title, unit, decimals } = METRICS[name];
      const points = name === "attainment" ? "个百分点" : "%";
      return [
        `${title}${unit ? `（${unit}）` : ""}`,
        ...airs.map(
          (air) =>
            `${figure(rankedValue(air, name), decimals)}（同比${changeWords(changeOf(air, name), points)}）`,
        ),
      ];
    });
    return {
      title: `${period.label}${airs.map(({ region }) => region.short).join("、")}对比`,
      blocks: [
        {
          kind: "table",
          columns: [{ title: "指标" }, ...airs.map(({ region }) => ({ title: region.short }))],
          rows,
        },
        {
          kind: "note",
          text: `${before.length > 0 ? presentPartWords(asked, ruled, "比") : ""}${ruleSet.id === "cn-2012" ? "" : `按${ruleSet.name}评价，同比两年用同一标准；`}${Temporal.PlainDate.compare(end, period.to) < 0 ? `截至${shortDate(end)}；` : ""}有效天数：${airs.map(({ region, now }) => `${region.short}${now.days.valid}天`).join("、")}；${dataStateWords(data)}`,
        },
      ],
      buttons: airs.map(({ region }) =>
        toCounty(`看${region.short}`, region.short, `${period.from}..${period.to}`),
      ),
      facts: {
        ruleSet: ruleSet.id,
        ...dataStateFacts(data),
        rows: airs.map((air) => ({
          county: air.region.short,
          validDays: air.now.days.valid,
          ...Object.fromEntries(SHOWN.map((name) => [name, rankedValue(air, name)])),
        })),
      },
    };
  },
});
