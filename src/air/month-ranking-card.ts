import type { Block, Card } from "../chat/card.ts";
import { figure } from "../chat/wording.ts";
import { changeWords } from "../domain/air/change.ts";
import { RULE_SETS } from "../domain/air/rules.ts";
import type { MonthList, MonthRanking, MonthRow } from "./month-ranking.ts";
import { METRICS } from "./ranking.ts";
import type { SheetTable } from "./sheet-table.ts";

/** The newspaper's table: places with the month's PM2.5, the cumulated rate of good days, dustfall and rank; the city first. */
export function newspaperTable(ranking: MonthRanking): SheetTable {
  const end = "end" as const;
  const dust = ranking.dustfallLimit !== null;
  const row = (one: MonthRow, name: string) => [
    name,
    figure(one.pm25UgM3, 1),
    figure(one.attainmentRatePct, 1),
    ...(dust ? [figure(one.dustfall, 1)] : []),
    one === ranking.city ? "" : one.rank === null ? "—" : `${one.rank}${one.tied ? "（并列）" : ""}`,
  ];
  return {
    title: NEWSPAPER,
    columns: [
      { title: "地区" },
      { title: "PM2.5（µg/m³）", align: end },
      { title: "优良天数比例*（%）", align: end },
      ...(dust ? [{ title: "降尘（t/km²·30d）", align: end }] : []),
      { title: "位次", align: end },
    ],
    rows: [row(ranking.city, ranking.cityName), ...ranking.rows.map((one) => row(one, one.county))],
  };
}

/** Below the newspaper's table: what each column is, by which stations, who isn't ranked and why. */
export function footnotes(ranking: MonthRanking): string[] {
  const { cityName, cumulated, nationalStations, lists, rows, ruleSet, dustfallLimit } = ranking;
  const by = lists[0]?.metric === "composite" ? "环境空气质量综合指数" : "PM2.5均值";
  const without = rows.filter(({ rank }) => rank === null);
  const noRate = rows
    .filter(({ attainmentRatePct }) => attainmentRatePct === null)
    .map(({ county }) => county);
  const limit = dustfallLimit ?? Number.POSITIVE_INFINITY;
  const overDust = rows
    .filter(({ dustfall }) => dustfall !== null && dustfall > limit)
    .map(({ county }) => county);
  const noDust = rows.filter(({ dustfall }) => dustfall === null).map(({ county }) => county);
  return [
    `*优良天数比例为${cumulated}累计`,
    `位次按本期${by}由低到高排列，并列者按行政区划次序`,
    `${cityName}以${nationalStations > 0 ? `${nationalStations}个` : ""}国控站点数据评价，县（市、区）以省控站点数据评价`,
    ...(without.length > 0
      ? [
          `不参与排名：${without.map(({ county, reason }) => `${county}（${reason ?? "数据有效性不足"}）`).join("；")}`,
        ]
      : []),
    ...(noRate.length > 0 ? [`${noRate.join("、")}累计有效天数不足，优良天数比例不予统计`] : []),
    ...(dustfallLimit !== null && noDust.length > 0 ? [`${noDust.join("、")}无有效降尘数据`] : []),
    ...(dustfallLimit === null
      ? []
      : [
          `降尘控制值为${dustfallLimit}t/km²·30d${overDust.length === 0 ? "" : `，${overDust.join("、")}超过，从严控制夜间施工`}`,
        ]),
    ...(ruleSet === "cn-2012" ? [] : [`按${RULE_SETS[ruleSet].name}评价`]),
    "审核后数据",
  ];
}

/** The two lists behind it: by index and by improvement. */
export function listTables({ lists }: MonthRanking): SheetTable[] {
  return lists.map((list) => {
    const { title, unit, decimals } = METRICS[list.metric];
    const isChange = list.metric === "improvement";
    return {
      title: `按${title}`,
      columns: [
        { title: "位次" },
        { title: "地区" },
        { title: `${title}${unit && !isChange ? `（${unit}）` : ""}`, align: "end" },
        ...(isChange ? [] : [{ title: "同比", align: "end" as const }]),
      ],
      rows: list.rows.map(({ rank, tied, county, value, yearOnYearPct }) => [
        `${rank}${tied ? "（并列）" : ""}`,
        county,
        ...(isChange ? [changeWords(value)] : [figure(value, decimals), changeWords(yearOnYearPct)]),
      ]),
    };
  });
}

/** Each figure as printed; a place's ranks come last, since they change with somebody else's figure. */
export function monthFigures(ranking: MonthRanking): { of: string; figure: string; value: string }[] {
  const tables = [newspaperTable(ranking), ...listTables(ranking)];
  const all = tables.flatMap(({ title, columns, rows }) => {
    const name = columns.findIndex((column) => column.title === "地区");
    return rows.flatMap((cells) =>
      cells.flatMap((value, at) =>
        at === name || value === ""
          ? []
          : [{ of: cells[name] ?? "", figure: `${title} ${columns[at]?.title}`, value }],
      ),
    );
  });
  const isRank = ({ figure: name }: { figure: string }) => name.endsWith("位次");
  return [...all.filter((one) => !isRank(one)), ...all.filter(isRank)];
}

/** What it says, drawn from its facts alone. */
export function monthBlocks(ranking: MonthRanking): Block[] {
  const table = newspaperTable(ranking);
  return [
    { kind: "text", text: leadWords(ranking) },
    { kind: "table", columns: table.columns, rows: table.rows },
    { kind: "note", text: footnotes(ranking).join("；") },
    ...listTables(ranking).flatMap(({ title, columns, rows }, at): Block[] => [
      { kind: "text", text: `${title}排列` },
      { kind: "table", columns, rows },
      ...unrankedBlock(ranking.lists[at] as MonthList),
    ]),
  ];
}

/** 前三位 and 后三位, ties with them. */
export function leadWords({ label, lists: [first] }: MonthRanking): string {
  const rows = first?.rows ?? [];
  const top = rows.filter(({ rank }) => rank <= ENDS).map(({ county }) => county);
  const boundary = rows.at(-ENDS)?.rank ?? 0;
  const last = rows.filter(({ rank }) => rank >= boundary && rank > ENDS).map(({ county }) => county);
  return `${label}位次靠前的是${top.join("、")}${last.length === 0 ? "" : `，靠后的是${last.join("、")}`}。`;
}
const ENDS = 3;

function unrankedBlock({ unranked }: MonthList): Block[] {
  if (unranked.length === 0) return [];
  const text = `不参与排名：${unranked.map(({ county, reason }) => `${county}（${reason}）`).join("；")}`;
  return [{ kind: "text", text, tone: "muted" }];
}

const NEWSPAPER = "见报表";

/** The ranking as a card. */
export const monthCard = (ranking: MonthRanking): Pick<Card, "title" | "tone" | "blocks"> => ({
  title: `${ranking.label}各县（市、区）空气质量排名`,
  tone: "muted",
  blocks: monthBlocks(ranking),
});
