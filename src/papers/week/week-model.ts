import type { SheetTable } from "../../air/sheet-table.ts";
import { alertCountWords } from "../../alerts/causes.ts";
import { longDate, NOT_DECOMPOSED } from "../../chat/wording.ts";
import { changeWords } from "../../domain/air/change.ts";
import { chartSize } from "../../output/charts/chart-size.ts";
import { rankingBars } from "../../output/charts/ranking-bars.ts";
import { type PaperBlock, type PaperModel, stampedHead } from "../../output/paper-model.ts";
import { printWidth } from "../../output/print-width.ts";
import type { PaperStamp } from "../official-paper.ts";
import { weekRankingOf } from "./bulletin.ts";
import type { FrozenPart, FrozenRow, WeekFacts } from "./week-facts.ts";
import { weekTable, yearTable } from "./week-tables.ts";
import {
  cityWords,
  endsWords,
  issueWords,
  partNote,
  scantWords,
  sinceWords,
  yearOfPlace,
  yearWords,
} from "./week-words.ts";

type On = {
  title: string;
  label: string;
  stamp: PaperStamp;
  creator: string;
  inserted: (name: string) => Uint8Array;
};

/** The bars that stand in the document, by the name that they are inserted under. */
export const weekInserts = ({ parts }: WeekFacts) =>
  parts.flatMap((part) =>
    part.rows.some(({ rank }) => rank !== null)
      ? [
          {
            name: `ranking ${part.from}`,
            part,
            spec: weekRankingOf(part, { date: longDate(dayAfter(part)), marks: [] }),
          },
        ]
      : [],
  );

const dayAfter = ({ to }: FrozenPart) => Temporal.PlainDate.from(to).add({ days: 1 });

/** The notice as a paper: 总体情况, 各县情况, 存在问题, 下步要求. */
export function weekModel(facts: WeekFacts, { title, label, stamp, creator, inserted }: On): PaperModel {
  return {
    name: `${title}（${label}）`,
    creator,
    marks: stamp.marks,
    margins: "letter",
    ...stampedHead(stamp),
    blocks: [
      { kind: "title", lines: [title], below: `（${label}）` },
      { kind: "addressee", text: "各县（市、区），各有关单位：" },
      ...section("总体情况", overall(facts)),
      { kind: "heading", text: "各县（市、区）情况" },
      ...counties(facts, inserted),
      ...section("存在问题", problems(facts)),
      ...section("下步要求", demands(facts)),
      { kind: "signature", body: stamp.body, date: longDate(stamp.date) },
    ],
  };
}

const section = (heading: string, texts: readonly string[]): PaperBlock[] => [
  { kind: "heading", text: heading },
  ...texts.map((text): PaperBlock => ({ kind: "text", text })),
];

function overall(facts: WeekFacts): string[] {
  const city = yearOfPlace(facts, null);
  return [
    ...(facts.parts.length === 0 ? ["没有可用的评价标准，不予统计。"] : facts.parts.map(cityWords)),
    ...(facts.year === null || city === undefined ? [] : [yearWords(city, facts.year)]),
  ];
}

function counties(facts: WeekFacts, inserted: On["inserted"]): PaperBlock[] {
  return [
    ...facts.parts.flatMap((part): PaperBlock[] => [
      { kind: "text", text: `${part.isWhole ? "" : `${part.label}，`}${endsWords(part)}` },
      printedTable(weekTable(part)),
      { kind: "note", text: `注：浓度单位为µg/m³，O₃为日最大8小时滑动平均第90百分位数；${partNote(part)}。` },
    ]),
    ...(facts.year === null
      ? []
      : [
          printedTable(yearTable(facts.year), 0.78),
          {
            kind: "note" as const,
            text: `注：${sinceWords(facts.year)}累计，PM2.5单位为µg/m³，与目标比较时取一位小数，优良率差距为百分点${facts.year.hasTargets ? `；没有县级目标的为${NOT_DECOMPOSED}` : ""}。`,
          },
        ]),
    // Behind the tables, which break where a page ends: a chart doesn't.
    ...weekInserts(facts).map(
      ({ name, spec, part }): PaperBlock => ({
        kind: "picture",
        picture: {
          ...{ bytes: inserted(name), type: "png", ...chartSize(rankingBars, spec) },
          ...{ caption: `各县（市、区）PM2.5均值（${part.label}）`, most: 100 },
        },
      }),
    ),
  ];
}

function printedTable({ title, columns, rows }: SheetTable, small = 0.85): PaperBlock {
  const heads = columns.map((column) => column.title);
  const widest = (at: number) =>
    Math.max(headWidth(heads[at] ?? ""), ...rows.map((cells) => printWidth(cells[at] ?? "") + 1));
  return {
    kind: "table",
    title,
    head: true,
    height: 7,
    small,
    rows: [heads, ...rows],
    widths: columns.map((_, at) => Math.min(14, widest(at))),
    align: columns.map(({ align }) => (align === "end" ? "center" : "left")),
  };
}

/** A long title takes two lines. */
function headWidth(title: string): number {
  const width = printWidth(title);
  return (width > 5 ? width / 2 : width) + 1;
}

/** Who exceeded, who rose, who can't be judged; what is overdue, what lags. */
function problems({ parts, issues, lag, alerts }: WeekFacts): string[] {
  const rows = parts.flatMap((part) => part.rows.map((row) => ({ row, part })));
  const list = (texts: readonly string[]) => texts.join("、");
  const bad = rows.filter(({ row }) => row.validDays > row.goodDays);
  const risen = rows.filter(({ row }) => (row.yearOnYearPct ?? 0) > 0);
  const scant = rows.filter(({ row }) => row.rank === null);
  const late = issues.overdue.map(({ county, n }) => `${county}${n}件`);
  return [
    `空气质量方面：${[
      bad.length === 0
        ? "各地没有超标天"
        : `有超标天的是${list(bad.map(({ row }) => `${row.county}${row.validDays - row.goodDays}天`))}`,
      ...(risen.length === 0
        ? []
        : [
            `PM2.5同比上升的是${list(risen.map(({ row }) => `${row.county}（${changeWords(row.yearOnYearPct)}）`))}`,
          ]),
      ...(scant.length === 0
        ? []
        : [
            `不参与排名的是${list(scant.map(({ row, part }) => `${row.county}，${scantWords(row, part.days)}`))}`,
          ]),
    ].join("；")}。`,
    ...(alerts === undefined ? [] : [`实时预警方面：${alertCountWords(alerts)}。`]),
    `问题整改方面：${issueWords(issues)}${late.length === 0 ? "" : `，其中${list(late)}`}。`,
    `任务推进方面：滞后或未报任务${lag.total === 0 ? "无" : `${lag.words}`}。`,
  ];
}

/** What follows from that, to whom. */
function demands({ parts, issues, lag }: WeekFacts): string[] {
  const named = (is: (row: FrozenRow) => boolean) => [
    ...new Set(parts.flatMap(({ rows }) => rows.filter(is).map(({ county }) => county))),
  ];
  const bad = named((row) => row.validDays > row.goodDays || (row.yearOnYearPct ?? 0) > 0);
  const scant = named((row) => row.rank === null);
  return [
    ...(bad.length === 0
      ? ["各地继续落实管控措施，保持空气质量稳定。"]
      : [`${bad.join("、")}要分析超标或上升的原因，落实管控措施。`]),
    ...(scant.length === 0 ? [] : [`${scant.join("、")}要排查监测设备，保证数据有效。`]),
    ...(issues.overdue.length === 0
      ? []
      : [`${issues.overdue.map(({ county }) => county).join("、")}要抓紧整改逾期问题，按要求反馈。`]),
    ...(lag.total === 0 ? [] : ["任务滞后的牵头单位要倒排工期，未报进度的尽快补报。"]),
  ];
}
