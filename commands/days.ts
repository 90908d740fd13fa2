import { z } from "zod";
import { dataStateFacts, dataStateWords } from "../src/air/data-state-words.ts";
import { airOf, ruledParts } from "../src/air/period-air.ts";
import { dayLevelWords } from "../src/air/status-card.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { METRIC_SAYINGS, METRIC_WORDS } from "../src/chat/metric-words.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { longDate } from "../src/chat/wording.ts";
import { dayAqi } from "../src/domain/air/aqi.ts";
import { type PeriodDataState, togetherDataState } from "../src/domain/air/data-state.ts";
import { type AirDay, pollutantLabel } from "../src/domain/air/day.ts";

const toRanking = says("排名");

/** 各县：one day of every county: AQI, class, primary pollutant. */
export default command({
  name: "days",
  words: ["各县日报", "日报"],
  hints: [
    "各县区",
    "各县",
    "各地",
    "各区",
    "各县市区",
    "哪些县超标",
    "哪个县超标",
    "谁超标",
    "超标",
    "超标了",
    "各县情况",
  ],
  help: { does: "看某一天各县（市、区）的AQI、级别和首要污染物", example: "日报 昨天" },
  who: anyone,
  audience: "anyone",
  args: z.object({
    period: arg.period("昨天"),
    metric: arg.maybe.choice(
      "指标",
      { AQI: METRIC_WORDS.AQI },
      { says: { 空气质量指数: METRIC_SAYINGS.空气质量指数 ?? "AQI" } },
    ),
  }),

  async answer({ args: { period } }, { store, office, today }) {
    if (!period.from.equals(period.to))
      return refuse("bad-period", `日报一次看一天，“${period.label}”请改看排名。`, [
        `排名 ${period.from}..${period.to}`,
        "日报 昨天",
      ]);
    const parts = ruledParts(period, today);
    if (isRefusal(parts)) return parts;
    const [ruled] = parts;
    const counties = [];
    const without: string[] = [];
    const states: PeriodDataState[] = [];
    for (const region of office.regionsOf({ to: period.to }, today)) {
      const air = await airOf(store, region, ruled, today);
      if (isRefusal(air)) {
        if (air.code !== "no-data") return air;
        without.push(region.short);
        continue;
      }
      states.push(air.data);
      counties.push({ county: region.short, day: dayAqi(ruled.ruleSet, air.days[0] as AirDay) });
    }
    if (counties.length === 0)
      return refuse("no-data", `各县（市、区）在${period.label}没有监测数据。`, ["日报 昨天"]);
    const data = togetherDataState(states);
    const over = counties.filter(({ day }) => day.exceeds);
    without.push(...counties.filter(({ day }) => day.level === null).map(({ county }) => county));
    const unknown = without.length === 0 ? "" : `${without.join("、")}数据缺失，未判定。`;
    return {
      title: `${longDate(period.from)}各县（市、区）空气质量`,
      blocks: [
        {
          kind: "text",
          text: `${over.length > 0 ? `超标：${over.map(({ county }) => county).join("、")}。` : `${without.length > 0 ? "其余" : ""}没有县（市、区）超标。`}${unknown}`,
        },
        {
          kind: "table",
          columns: [
            { title: "地区" },
            { title: "AQI", align: "end" },
            { title: "级别" },
            { title: "首要污染物" },
          ],
          rows: counties.map(({ county, day }) => [
            county,
            ...dayLevelWords(day),
            day.primary.map(pollutantLabel).join("、") || "—",
          ]),
        },
        {
          kind: "note",
          text: `${ruled.ruleSet.id === "cn-2012" ? "" : `按${ruled.ruleSet.name}评价；`}${dataStateWords(data)}`,
        },
      ],
      buttons: [toRanking("排名")],
      facts: {
        date: period.from.toString(),
        ruleSet: ruled.ruleSet.id,
        ...dataStateFacts(data),
        rows: counties.map(({ county, day: { aqi, level, primary, exceeds, complete } }) => ({
          county,
          aqi,
          level: level?.name ?? null,
          primaryPollutants: primary,
          ...(exceeds && !complete ? { atLeast: true } : {}),
        })),
      },
    };
  },
});
