import { KIND_WORDS } from "../../air/targets.ts";
import { figure, plain, shortDate } from "../../chat/wording.ts";
import { changeWords } from "../../domain/air/change.ts";
import type { Share } from "../../domain/issues/figures.ts";
import type { PrintedFigure } from "../../domain/papers/figures.ts";
import type { YearAim, YearFacts, YearTask } from "./year-facts.ts";

/** A table of the year's report; its first `keys` columns say of what a row is. */
export type YearTable = {
  title: string;
  keys: number;
  columns: readonly { title: string; align?: "end" }[];
  rows: readonly (readonly string[])[];
};

const end = (title: string) => ({ title, align: "end" as const });
const start = (title: string) => ({ title });

/** Everything that the year's report prints in figures; Word and Excel show the same tables. */
export function yearTables(facts: YearFacts): YearTable[] {
  return [
    aimTable(facts),
    airTable(facts),
    itemTable(facts),
    dustfallTable(facts),
    departmentTable(facts),
    taskTable("全市任务指标", false, facts.tasks),
    taskTable("各县（市、区）任务指标", true, facts.tasks),
    issueTable(facts),
  ].filter(({ rows }) => rows.length > 0);
}

/** The same, figure by figure. */
export const yearPrinted = (facts: YearFacts): PrintedFigure[] =>
  yearTables(facts).flatMap(({ title, keys, columns, rows }) =>
    rows.flatMap((row) =>
      row.slice(keys).map((value, at) => ({
        of: row.slice(0, keys).join(" "),
        figure: `${title}：${columns[at + keys]?.title ?? ""}`,
        value,
      })),
    ),
  );

const METWORDS = { true: "完成", false: "未完成" } as const;
const metWords = (met: boolean | null) => (met === null ? "不予评价" : METWORDS[`${met}`]);

const aimTable = ({ places }: YearFacts): YearTable => ({
  title: "空气质量目标完成情况",
  keys: 2,
  columns: [start("地区"), start("目标"), end("目标值"), end("全年（一位小数）"), start("结果")],
  rows: places.flatMap(({ place, aims }) =>
    aims.map((aim) => [
      place,
      `${aim.indicator === "pm25-mean" ? "PM2.5" : "优良率"}${KIND_WORDS[aim.kind]}`,
      aimWords(aim),
      aim.indicator === "pm25-mean" ? figure(aim.reached, 1) : figure(aim.reached, 1, "%"),
      metWords(aim.met),
    ]),
  ),
});

const aimWords = ({ indicator, value }: YearAim) =>
  indicator === "pm25-mean" ? `≤${plain(value)}` : `≥${plain(value)}%`;

const airTable = ({ places }: YearFacts): YearTable => ({
  title: "空气质量",
  keys: 1,
  columns: [
    start("地区"),
    end("位次"),
    end("PM2.5"),
    end("PM2.5同比"),
    end("优良率（%）"),
    end("优良率同比（个百分点）"),
    end("优良天"),
    end("超标天"),
    end("重污染天"),
    end("臭氧超标天"),
    end("综合指数"),
    end("有效天"),
  ],
  rows: places.map((one) => [
    one.place,
    one.rank ?? "—",
    figure(one.published["PM2.5"]),
    changeWords(one.pm25ChangePct),
    figure(one.attainmentRatePct, 1),
    changeWords(one.attainmentChangePoints, "个百分点").replace("个百分点", ""),
    ...[one.goodDays, one.badDays, one.heavyDays, one.ozoneDays].map(String),
    figure(one.composite, 2),
    String(one.validDays),
  ]),
});

const itemTable = ({ places }: YearFacts): YearTable => ({
  title: "六项污染物",
  keys: 1,
  columns: [
    start("地区"),
    ...["PM2.5", "PM10", "臭氧第90百分位数", "二氧化氮", "二氧化硫"].map((item) => end(`${item}（µg/m³）`)),
    end("一氧化碳第95百分位数（mg/m³）"),
  ],
  rows: places.map(({ place, published: of }) => [
    place,
    ...[of["PM2.5"], of.PM10, of.O3_8h, of.NO2, of.SO2].map((value) => figure(value)),
    figure(of.CO, 1),
  ]),
});

const dustfallTable = ({ places }: YearFacts): YearTable => ({
  title: "降尘",
  keys: 1,
  columns: [start("地区"), end("有数据的月份"), end("超出限值的月份"), end("最高月（t/km²·30d）")],
  rows: places.flatMap(({ place, dustfall }) =>
    dustfall === null
      ? []
      : [[place, String(dustfall.months), figure(dustfall.over), figure(dustfall.highest, 1)]],
  ),
});

/** Each department with the city's indicators of the measures that it leads. */
const departmentTable = ({ tasks }: YearFacts): YearTable => {
  const own = tasks.filter(({ county }) => county === null);
  const leads = [...new Set(own.flatMap((task) => task.leads))];
  const count = (of: readonly YearTask[], result: YearTask["result"]) =>
    String(of.filter((task) => task.result === result).length);
  return {
    title: "牵头部门任务完成情况",
    keys: 1,
    columns: [start("部门"), end("指标"), end("完成"), end("未完成"), end("未报")],
    rows: leads.map((lead) => {
      const led = own.filter((task) => task.leads.includes(lead));
      return [lead, String(led.length), ...(["完成", "未完成", "未报"] as const).map((r) => count(led, r))];
    }),
  };
};

function taskTable(title: string, ofCounties: boolean, tasks: readonly YearTask[]): YearTable {
  return {
    title,
    keys: ofCounties ? 3 : 2,
    columns: [
      start("任务"),
      ...(ofCounties ? [start("地区")] : []),
      start("指标"),
      end("目标"),
      end("完成值"),
      start("结果"),
      start("最近一报"),
    ],
    rows: tasks
      .filter(({ county }) => (county !== null) === ofCounties)
      .map((task) => [
        task.measure,
        ...(task.county === null ? [] : [task.county]),
        task.indicator,
        task.target,
        task.actual,
        task.result,
        task.reportedOn === null ? "—" : shortDate(task.reportedOn),
      ]),
  };
}

const share = ({ pct, met, of }: Share) => (pct === null ? "—" : `${pct.toFixed(1)}%（${met}/${of}）`);

const issueTable = ({ issues }: YearFacts): YearTable => ({
  title: "交办问题",
  keys: 1,
  columns: [
    start("地区"),
    end("交办"),
    end("签收率"),
    end("按期整改率"),
    end("销号率"),
    end("平均用时（天）"),
    end("反弹率"),
  ],
  rows: issues
    .filter(({ figures: f }) => f.assigned + f.onTime.of + f.closed.of > 0)
    .map(({ place, figures: f }) => [
      place,
      String(f.assigned),
      share(f.acknowledged),
      share(f.onTime),
      share(f.closed),
      figure(f.meanDays.days, 1),
      share(f.relapsed),
    ]),
});
