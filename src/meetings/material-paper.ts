import type { Block, Card } from "../chat/card.ts";
import { figure, longDate, shortDate } from "../chat/wording.ts";
import { POLLUTANTS, pollutantLabel } from "../domain/air/day.ts";
import { chartPicture } from "../output/charts/chart-picture.ts";
import { chartSize } from "../output/charts/chart-size.ts";
import type { ChartSpec } from "../output/charts/kinds.ts";
import { paceBullets } from "../output/charts/pace-bullets.ts";
import { rankingBars } from "../output/charts/ranking-bars.ts";
import { labelCell, type PaperBlock, type PaperModel } from "../output/paper-model.ts";
import type { PaperStamp } from "../papers/official-paper.ts";
import { CITY } from "../papers/week/week-words.ts";
import type { MaterialFacts } from "./material.ts";

const AIR = ["地区", "有效天数", ...POLLUTANTS.map(pollutantLabel), "优良率（%）"];
const LAG = ["措施", "指标", "地区", "要求", "完成", "预警"];
const OVERDUE = ["编号", "地区", "问题", "期限"];
const RECORDS = ["事项", "次数", "地区", "最近一次"];
const LAST = ["序号", "议定事项", "责任单位", "期限", "办理情况"];

const airHead = ({ pace }: MaterialFacts) => [
  ...AIR,
  ...pace.map(({ unit }) => (unit === "%" ? "今年优良率（%）" : "今年PM2.5")),
];
/** Each place over the period, and its year to date, which pace tells of the city first. */
const airRows = ({ air, pace }: MaterialFacts) =>
  air.map(({ place, valid, values, rate }) => [
    ...[place, String(valid), ...values, rate],
    ...pace.map(({ rows }) =>
      figure((place === CITY ? rows[0] : rows.find((row) => row.name === place))?.toDate, 1),
    ),
  ]);

type Drawn = { name: string; spec: ChartSpec; size: { width: number; height: number } };

/** The charts of a material, by the names under which they stand in it: of pace the places that have targets. */
function chartsOf({ ranking, pace }: MaterialFacts): Drawn[] {
  const aimed = pace.flatMap((spec) => {
    const rows = spec.rows.filter(({ targets }) => targets.length > 0);
    return rows.length === 0 ? [] : [{ ...spec, rows }];
  });
  return [
    ...aimed.map((spec) => ({ spec, size: chartSize(paceBullets, spec) })),
    ...(ranking === null ? [] : [{ spec: ranking, size: chartSize(rankingBars, ranking) }]),
  ].map((one, i) => ({ name: `chart-${i + 1}`, ...one }));
}

export const materialCharts = async (facts: MaterialFacts): Promise<ReadonlyMap<string, Uint8Array>> =>
  new Map(
    await Promise.all(
      chartsOf(facts).map(async ({ name, spec }) => [name, await chartPicture(spec)] as const),
    ),
  );

export function materialCard(facts: MaterialFacts): Card {
  const { called, label, missing, lagging, records = [], issues, last } = facts;
  const table = (titles: readonly string[], rows: readonly (readonly string[])[]): Block[] =>
    rows.length === 0 ? [] : [{ kind: "table", columns: titles.map((title) => ({ title })), rows }];
  return {
    title: `${called}材料`,
    blocks: [
      ...(missing.length > 0
        ? [{ kind: "text" as const, tone: "notice" as const, text: `缺：${missing.join("；")}。` }]
        : []),
      { kind: "text", text: `${label}各地空气质量：` },
      ...table(airHead(facts), airRows(facts)),
      {
        kind: "text",
        text: `滞后任务${lagging.length}项，在办问题${issues.open}件，其中超期${issues.overdue}件。`,
      },
      ...(records.length === 0
        ? []
        : [{ kind: "text" as const, text: `${label}经常性工作：` }, ...table(RECORDS, records)]),
      ...(last === null || last.rows.length === 0
        ? []
        : [{ kind: "text" as const, text: `${last.called}议定事项办理情况：` }, ...table(LAST, last.rows)]),
    ],
    facts,
  };
}

/** 会议材料: how the air stands by place and pollutant, the pace, what lags, the issues, what became of the last decisions. */
export function materialModel(
  facts: MaterialFacts,
  { stamp, inserted }: { stamp: PaperStamp; inserted: (name: string) => Uint8Array },
): PaperModel {
  const { name, called, label, asOf, missing, lagging, records, issues, last } = facts;
  const charts = chartsOf(facts).map(({ name, spec, size }): PaperBlock => {
    const most = Math.min(PAGE_HIGH, (READ_WIDE * size.height) / size.width);
    return {
      kind: "picture",
      picture: { bytes: inserted(name), type: "png", ...size, caption: spec.title, most },
    };
  });
  return {
    name: `${called}材料`,
    creator: stamp.body,
    marks: stamp.marks,
    margins: "letter",
    blocks: [
      { kind: "title", lines: [`${name}材料`], below: `（${label}）` },
      { kind: "heading", text: "空气质量情况" },
      ...(missing.length > 0
        ? [{ kind: "text" as const, text: `以下数据不足，不作评价：${missing.join("；")}。` }]
        : []),
      ...tableOf(
        airHead(facts),
        airRows(facts),
        airHead(facts).map((_, at) => (at === 0 ? 5 : 3)),
        "各地没有有效数据。",
      ),
      { kind: "note", text: "CO单位为毫克/立方米，其余为微克/立方米；—为有效天数不足" },
      { kind: "heading", text: "目标进度和排名" },
      ...(charts.length > 0 ? charts : [{ kind: "text" as const, text: "没有可比的目标和数据。" }]),
      { kind: "heading", text: "滞后任务" },
      ...tableOf(LAG, lagging, [10, 46, 18, 40, 24, 14], "没有滞后任务。"),
      ...(records === undefined
        ? []
        : [
            { kind: "heading" as const, text: "经常性工作" },
            ...tableOf(RECORDS, records, [24, 14, 36, 78], `${label}没有记录的工作。`),
          ]),
      { kind: "heading", text: "问题整改" },
      {
        kind: "text",
        text: `在办问题${issues.open}件，${issues.overdue === 0 ? "没有超期的" : `其中超期${issues.overdue}件`}${issues.overdue > issues.rows.length ? `，列出${issues.rows.length}件` : ""}。`,
      },
      ...(issues.rows.length === 0 ? [] : tableOf(OVERDUE, issues.rows, [36, 22, 68, 26], "")),
      { kind: "heading", text: "上次会议议定事项" },
      ...(last === null
        ? [{ kind: "text" as const, text: "上次没有会议。" }]
        : tableOf(LAST, last.rows, [12, 58, 28, 26, 28], `${last.called}没有议定事项。`)),
      { kind: "note", text: `进度、滞后和问题截至${shortDate(asOf)}` },
      { kind: "signature", body: stamp.body, date: longDate(stamp.date) },
    ],
  };
}

const tableOf = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  none: string,
): PaperBlock[] =>
  rows.length === 0
    ? [{ kind: "text", text: none }]
    : [
        {
          kind: "table",
          head: true,
          small: 0.85,
          widths,
          rows: [head.map((text) => labelCell(text)), ...rows],
        },
      ];

/** How wide a chart is, so that its words can be read, and how high it may be to stand on a page with its caption; millimetres. */
const READ_WIDE = 95;
const PAGE_HIGH = 205;
