import { z } from "zod";
import { buttonsOf } from "../../chat/action.ts";
import type { Block, Button, Card } from "../../chat/card.ts";
import { says } from "../../chat/says.ts";
import { dateSeenOn, figure, shortDate } from "../../chat/wording.ts";
import { rungOf } from "../../domain/papers/lag-rungs.ts";
import type { Office } from "../../office/office.ts";
import type { PaperReader } from "../official-paper.ts";
import { namesOfUnit } from "../units.ts";
import { type LagLine, type LagWarning, lagLinesOf, promiseOf } from "./warning.ts";
import { brokenWords, levelCounts, ownPromiseWords, rungWords } from "./words.ts";

const toReport = says("填报");
const toTask = says("任务");
const toPromises = says("承诺");
const giveCause = buttonsOf("lag.cause", z.object({}));

/** Rows that still read well on a phone; the rest is counted and said how to reach. */
const SHOWN = 30;

/** A warning as one unit gets it, or all of it for the city. */
export function lagWarningCard(
  warning: LagWarning,
  reader: PaperReader,
  { key, office }: { key: string; office: Office },
): Card {
  const today = Temporal.PlainDate.from(warning.on);
  const lines = lagLinesOf(warning.lines, reader, today, office);
  const isCity = reader.regionId === null && reader.departmentId === null;
  const whose = isCity ? "全市" : namesOfUnit(reader, { office, today }).short;
  return {
    title: `任务滞后预警 ${whose} ${shortDate(today)}（${lines.length}项）`,
    tone: lines.some(({ level }) => level === "红") ? "bad" : "notice",
    blocks: [
      {
        kind: "text",
        text: `${levelCounts(lines)}。${isCity ? "" : `级别：${rungWords(lines, warning)}。`}`,
      },
      ...(isCity ? brokenBlocks(warning, today) : ownPromiseBlocks(warning, reader, today, office)),
      linesTable(lines.slice(0, SHOWN), warning, today),
      ...(lines.length > SHOWN
        ? [
            {
              kind: "text" as const,
              text: `另有${lines.length - SHOWN}项，全部见文件的Word、Excel。`,
            },
          ]
        : []),
      {
        kind: "note",
        text: `按${shortDate(Temporal.PlainDate.from(warning.asOf))}序时进度；灰为最近一期未报；级别按连续预警的期数`,
      },
      ...(warning.note === null ? [] : [{ kind: "note" as const, text: warning.note }]),
    ],
    buttons: isCity
      ? [toReport("填报"), toPromises("承诺情况")]
      : [...causeButtons(warning, key), toReport("填报")],
    facts: {
      asOf: warning.asOf,
      rows: lines.map((line) => ({
        ...rowFacts(line),
        inARow: line.inARow,
        rung: rungOf(line.inARow, warning.rungs),
      })),
      promises: isCity
        ? warning.promises
        : [promiseOf(warning, reader, office)].filter((one) => one !== null),
    },
  };
}

/** The first of two taps: what it is about; the second says by when. */
const causeButtons = ({ causes }: LagWarning, key: string): Button[] =>
  causes.map((cause, i) => giveCause(cause, { key, cause: i }));

function ownPromiseBlocks(
  warning: LagWarning,
  reader: PaperReader,
  today: Temporal.PlainDate,
  office: Office,
): Block[] {
  const told = ownPromiseWords(warning, reader, today, office);
  if (told === null) return [{ kind: "text", text: "请答复滞后原因和赶上的日期：先点原因，再点日期。" }];
  return told.isBroken
    ? [{ kind: "text", text: `${told.text}。请重新答复。`, tone: "bad" }]
    : [{ kind: "text", text: `${told.text}；要改请再点原因。` }];
}

function brokenBlocks(warning: LagWarning, today: Temporal.PlainDate): Block[] {
  const text = brokenWords(warning, today);
  return text === null ? [] : [{ kind: "text", text, tone: "bad" }];
}

const linesTable = (lines: readonly LagLine[], { rungs }: LagWarning, today: Temporal.PlainDate): Block => ({
  kind: "table",
  columns: [
    { title: "级别" },
    { title: "任务" },
    { title: "指标" },
    { title: "完成/目标", align: "end" },
    { title: "应达", align: "end" },
    { title: "落后", align: "end" },
    { title: "期限" },
    { title: "预警" },
  ],
  rows: lines.map((line) => [
    line.level ?? "",
    line.measure,
    `${line.indicator}${line.county === null ? "" : `（${line.county}）`}`,
    `${line.actualWords} / ${line.targetWords}`,
    line.expectedWords,
    figure(line.behindPct, 1, "%"),
    dateSeenOn(today, line.deadline),
    `${rungOf(line.inARow, rungs)}${line.inARow > 1 ? `（${line.inARow}期）` : ""}`,
  ]),
  opens: lines.map(({ measure }) => toTask("", measure).say),
});

/** The interfaces document's row of `lagging`. */
const rowFacts = ({
  measure,
  indicator,
  id,
  county,
  deadline,
  target,
  unit,
  expected,
  actual,
  behindPct,
  level,
}: LagLine) => ({
  ...{ measure, indicator, id, county, deadline, target, unit, expected, actual, behindPct, level },
});
