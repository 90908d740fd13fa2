import { KIND_WORDS } from "../../air/targets.ts";
import { figure, plain } from "../../chat/wording.ts";
import { changeWords } from "../../domain/air/change.ts";
import type { YearAim, YearFacts } from "./year-facts.ts";

/** The year in a few sentences, as the report begins and its card shows. */
export function yearSentences(facts: YearFacts): string[] {
  const { year, places, tasks, issues } = facts;
  const [city, ...counties] = places;
  if (city === undefined) return [];
  const air =
    city.published["PM2.5"] === null || city.attainmentRatePct === null
      ? `${year}年全市${city.why ?? "数据有效性不足"}，不予统计。`
      : `${year}年全市PM2.5平均浓度${city.published["PM2.5"]}微克/立方米，同比${changeWords(city.pm25ChangePct)}；优良天数比率${figure(city.attainmentRatePct, 1, "%")}，同比${changeWords(city.attainmentChangePoints, "个百分点")}；重污染${city.heavyDays}天，臭氧超标${city.ozoneDays}天。`;
  const judged = counties.filter(({ aims }) => aims.length > 0);
  const met = judged.filter(({ aims }) =>
    aims.filter(({ kind }) => kind === "constraint").every((aim) => aim.met === true),
  );
  const ofCity = tasks.filter(({ county }) => county === null);
  const done = (result: string) => ofCity.filter((task) => task.result === result).length;
  const whole = issues[0]?.figures;
  return [
    air,
    ...(city.aims.length === 0 ? [] : [`全市目标：${city.aims.map(aimSentence).join("；")}。`]),
    judged.length === 0
      ? "各县（市、区）目标未分解。"
      : `${judged.length}个县（市、区）有分解目标，其中${met.length}个完成约束性目标。`,
    `计划任务指标${ofCity.length}项，完成${done("完成")}项，未完成${done("未完成")}项，未报${done("未报")}项。`,
    ...(whole === undefined || whole.assigned === 0
      ? []
      : [
          `全年交办问题${whole.assigned}件，按期整改率${figure(whole.onTime.pct, 1, "%")}，销号率${figure(whole.closed.pct, 1, "%")}。`,
        ]),
  ];
}

function aimSentence({ indicator, kind, value, met }: YearAim): string {
  const name = KIND_WORDS[kind];
  const what = indicator === "pm25-mean" ? `PM2.5${name}≤${plain(value)}` : `优良率${name}≥${plain(value)}%`;
  return `${what}${met === null ? "不予评价" : met ? "完成" : "未完成"}`;
}

/** Small print of all of its tables. */
export const yearNotes = ({ ruleSet, dataState, places: [first] }: YearFacts): string[] => [
  `空气质量按${ruleSet}评价，${dataState}；PM2.5单位为µg/m³${first ? `，全年${first.calendarDays}天` : ""}`,
  "有效天数不足的不予统计，不参与排名，以“—”表示；同比为上年同期",
  "任务指标按次年1月底前的报送统计；按期整改率以期限届满当日有效的时限为准",
];
