import { figure, longDate, shortDate } from "../../chat/wording.ts";
import { rungOf } from "../../domain/papers/lag-rungs.ts";
import type { Office } from "../../office/office.ts";
import { labelCell, type PaperBlock, type PaperModel } from "../../output/paper-model.ts";
import { workbook } from "../../output/workbook.ts";
import { letterModel } from "../letter.ts";
import type { DrawnFor, PaperReader } from "../official-paper.ts";
import { WHOLE_CITY } from "../reader-look.ts";
import { namesOfUnit } from "../units.ts";
import { type LagLine, type LagWarning, lagLinesOf } from "./warning.ts";
import { brokenWords, levelCounts, ownPromiseWords, rungWords } from "./words.ts";

type On = Pick<DrawnFor, "stamp" | "office" | "reader">;

/** A warning as its unit files it, with its own tasks; for the city with all of them and whose they are. */
export function lagModel(warning: LagWarning, { stamp, office, reader = WHOLE_CITY }: On): PaperModel {
  const today = Temporal.PlainDate.from(warning.on);
  const lines = lagLinesOf(warning.lines, reader, today, office);
  const unit = isCity(reader) ? null : namesOfUnit(reader, { office, today });
  const promised = unit === null ? null : ownPromiseWords(warning, reader, today, office);
  const told = unit === null ? brokenWords(warning, today) : promised && `${promised.text}。`;
  const texts = [
    `截至${longDate(Temporal.PlainDate.from(warning.asOf))}，有${lines.length}项任务未达到序时进度或未报：${levelCounts(lines)}。`,
    ...(unit === null ? [] : [`预警级别：${rungWords(lines, warning)}。`]),
    ...(told === null ? [] : [told]),
    ...(unit === null || promised?.isBroken === false ? [] : ["请分析滞后原因，并答复赶上进度的日期。"]),
  ];
  return letterModel(
    {
      title: [`关于${unit?.name ?? "全市"}`, "重点任务滞后的预警"],
      to: unit?.authority ?? "各县（市、区），各有关部门",
      blocks: [
        ...texts.map((text): PaperBlock => ({ kind: "text", text })),
        linesTable(lines, warning, unit === null ? office : null),
        { kind: "note", text: `注：${notesOf(warning).join("；")}。` },
      ],
    },
    stamp,
  );
}

/** The same as a list to be worked on. */
export function lagWorkbook(
  warning: LagWarning,
  { stamp, office, reader = WHOLE_CITY }: On,
): Promise<Uint8Array> {
  const today = Temporal.PlainDate.from(warning.on);
  const lines = lagLinesOf(warning.lines, reader, today, office);
  const whose = isCity(reader) ? "全市" : namesOfUnit(reader, { office, today }).name;
  const figures = { decimals: 2 } as const;
  return workbook(
    [
      {
        name: "滞后任务",
        title: `${whose}滞后任务（${longDate(today)}）`,
        columns: [
          ...["级别", "任务", "指标", "责任单位", "单位"].map((title) => ({ title })),
          ...["完成", "目标", "应达"].map((title) => ({ title, kind: figures })),
          { title: "落后", kind: { decimals: 1, percent: true } },
          { title: "期限", kind: "date" },
          { title: "预警" },
          { title: "连续期数", kind: { decimals: 0 } },
        ],
        rows: lines.map((line) => [
          ...[levelWord(line), line.measure, line.indicator, unitsOf(line, office), line.unit],
          ...[line.actual ?? "未报", line.target, line.expected ?? "—"],
          ...[line.behindPct === null ? "—" : line.behindPct.toFixed(1), line.deadline],
          ...[rungOf(line.inARow, warning.rungs), line.inARow],
        ]),
        notes: notesOf(warning),
        frozen: 3,
      },
    ],
    stamp.marks,
  );
}

const isCity = ({ regionId, departmentId }: PaperReader) => regionId === null && departmentId === null;
const levelWord = ({ level }: LagLine) => (level === "灰" ? "未报" : (level ?? ""));

/** Whose a task is: its county, or the departments that lead it. */
const unitsOf = ({ county, lead }: LagLine, office: Office): string =>
  county ?? lead.map((id) => office.department(id).short).join("、");

function linesTable(lines: readonly LagLine[], { rungs }: LagWarning, office: Office | null): PaperBlock {
  const heads = ["级别", "任务", "指标", "完成/目标", "应达", "落后", "期限", "预警"];
  return {
    kind: "table",
    head: true,
    small: 0.86,
    widths: [5, 5, 12, 10, 6, 6.5, 8.5, 9, ...(office === null ? [] : [9])],
    rows: [
      [...heads, ...(office === null ? [] : ["责任单位"])].map((text) => labelCell(text)),
      ...lines.map((line) => [
        levelWord(line),
        line.measure,
        // Whose it is stands in a column of its own where all of them are listed.
        line.indicator,
        `${line.actualWords}/${line.targetWords}`,
        line.expectedWords,
        figure(line.behindPct, 1, "%"),
        shortDate(line.deadline),
        `${rungOf(line.inARow, rungs)}${line.inARow > 1 ? `\n（${line.inARow}期）` : ""}`,
        ...(office === null ? [] : [unitsOf(line, office)]),
      ]),
    ],
  };
}

const notesOf = ({ asOf, note }: LagWarning): string[] => [
  `按${longDate(Temporal.PlainDate.from(asOf))}序时进度；任务为计划中的编号；预警按连续的期数`,
  ...(note === null ? [] : [note]),
];
