import type { Card } from "../chat/card.ts";
import { figure, longDate } from "../chat/wording.ts";
import type { PrintedFigure } from "../domain/papers/figures.ts";
import { labelCell, type PaperBlock, type PaperModel, stampedHead } from "../output/paper-model.ts";
import type { PaperStamp } from "../papers/official-paper.ts";
import { type SummaryFacts, summaryTitle } from "./summary.ts";
import { DRILL_WORDS, drillMark, toneOf } from "./words.ts";

const UNITS = { county: "县区", department: "部门", enterprise: "企业" } as const;

const lasted = (hours: number): string => {
  const days = Math.floor(hours / 24);
  return `${days > 0 ? `${days}天` : ""}${hours % 24 > 0 || days === 0 ? `${hours % 24}小时` : ""}`;
};

type Table = { title: string; columns: readonly string[]; rows: readonly (readonly string[])[] };

/** The tables that card and document have: each roll-call, and each county at the last level. */
function tables({ rollCalls, counties, acknowledgeHours, drill }: SummaryFacts): Table[] {
  const mark = drillMark({ drill });
  return [
    {
      title: `${mark}各级别签收和执行`,
      columns: [
        "级别",
        "对象",
        "应签收",
        `${acknowledgeHours}小时内签收`,
        "签收率",
        "平均用时",
        "已执行",
        "执行率",
      ],
      rows: rollCalls
        .filter(({ asked }) => asked > 0)
        .map((one) => [
          one.level,
          UNITS[one.of],
          String(one.asked),
          String(one.inTime),
          figure(one.inTimePct, 1, "%"),
          one.meanMinutes === null ? "—" : `${one.meanMinutes}分钟`,
          String(one.executed),
          figure(one.executedPct, 1, "%"),
        ]),
    },
    {
      title: `${mark}各县（市、区）执行情况`,
      columns: ["县区", "应执行企业", "签收", "已执行", "佐证（份）", "按次上报"],
      rows: counties.map((one) => [
        one.county,
        ...[one.firms, one.acknowledged, one.executed, one.evidence].map(String),
        `${one.reported}/${one.asked}`,
      ]),
    },
  ];
}

function sentences(facts: SummaryFacts): string[] {
  const { drill, name, documentNo, area, started, ended, endedWhy, hours, levels, exempt, checks } = facts;
  const mark = drillMark({ drill });
  const changes =
    levels.length > 1
      ? `期间级别调整${levels.length - 1}次：${levels.map(({ level, at }) => `${at}${level}`).join("，")}。`
      : "";
  const checked = `抽查企业${checks.drawn}家，落实${checks.carriedOut}家，未落实${checks.notCarriedOut}家，未查${checks.drawn - checks.carriedOut - checks.notCarriedOut}家。`;
  return [
    `${mark}${name.replace(mark, "")}（${documentNo}）自${started}启动，${ended}结束（${endedWhy}），历时${lasted(hours)}，范围${area}。${changes}`,
    `${mark}${checked}${exempt > 0 ? `按豁免清单豁免${exempt}家。` : ""}`,
  ];
}

export function summaryFigures(facts: SummaryFacts): PrintedFigure[] {
  return [
    { of: facts.name, figure: "历时（小时）", value: String(facts.hours) },
    { of: facts.name, figure: "抽查未落实", value: String(facts.checks.notCarriedOut) },
    ...tables(facts).flatMap(({ title, columns, rows }, i) =>
      rows.flatMap((row) => {
        const of = `${title}${row.slice(0, i === 0 ? 2 : 1).join("")}`;
        return row.map((value, at) => ({ of, figure: columns[at] ?? "", value }));
      }),
    ),
  ];
}

export const summaryCard = (facts: SummaryFacts): Card => ({
  title: summaryTitle(facts),
  tone: toneOf(facts),
  blocks: [
    ...sentences(facts).map((text) => ({ kind: "text" as const, text })),
    ...tables(facts).map(({ columns, rows }) => ({
      kind: "table" as const,
      columns: columns.map((title) => ({ title })),
      rows,
    })),
  ],
  facts,
});

/** Word. A rehearsal says so above the title, in each paragraph and table, and at the head of every page. */
export function summaryModel(
  facts: SummaryFacts,
  { marks, redHead, number, body, date }: PaperStamp,
): PaperModel {
  return {
    name: summaryTitle(facts),
    creator: body,
    marks: [...marks, ...(facts.drill ? [DRILL_WORDS] : [])],
    margins: "form",
    ...stampedHead({ redHead, number }),
    blocks: [
      { kind: "title", lines: [facts.name, "总结评估"] },
      { kind: "heading", text: "基本情况" },
      ...sentences(facts).map((text): PaperBlock => ({ kind: "text", text })),
      ...tables(facts).flatMap(({ title, columns, rows }): PaperBlock[] => [
        { kind: "heading", text: title },
        {
          kind: "table",
          head: true,
          height: 7,
          small: 0.9,
          widths: columns.map((_column, i) => (i === 0 ? 14 : 12)),
          rows: [columns.map((column) => labelCell(column)), ...rows],
        },
      ]),
      { kind: "signature", body, date: longDate(date) },
    ],
  };
}
