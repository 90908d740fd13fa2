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
              text: `另有${lines.length - SHOWN}项，请在“滞后”后加部门名称分别查看。`,
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

/** 红2项、黄1项、未报3项 */
function levelCounts(lines: readonly LagLine[]): string {
  return (["红", "黄", "灰"] as const)
    .map((level) => [level, lines.filter((line) => line.level === level).length] as const)
    .filter(([, n]) => n > 0)
    .map(([level, n]) => `${level === "灰" ? "未报" : level}${n}项`)
    .join("、");
}

/** 重点提醒（连续2期）: by the task that has been warned of longest. */
function rungWords(lines: readonly LagLine[], { rungs }: LagWarning): string {
  const most = Math.max(1, ...lines.map(({ inARow }) => inARow));
  return `${rungOf(most, rungs)}${most > 1 ? `（连续${most}期）` : ""}`;
}

function ownPromiseBlocks(
  warning: LagWarning,
  reader: PaperReader,
  today: Temporal.PlainDate,
  office: Office,
): Block[] {
  const promise = promiseOf(warning, reader, office);
  if (promise === null) return [{ kind: "text", text: "请答复滞后原因和赶上的日期：先点原因，再点日期。" }];
  const by = dateSeenOn(today, promise.on);
  if (promise.broken.length === 0)
    return [{ kind: "text", text: `已承诺${by}前赶上（${promise.cause}）；要改请再点原因。` }];
  return [
    {
      kind: "text",
      text: `承诺${by}前赶上（${promise.cause}），到期仍滞后${promise.broken.length}项：${promise.broken.join("、")}。请重新答复。`,
      tone: "bad",
    },
  ];
}

function brokenBlocks({ promises }: LagWarning, today: Temporal.PlainDate): Block[] {
  const broken = promises.filter((one) => one.broken.length > 0);
  if (broken.length === 0) return [];
  return [
    {
      kind: "text",
      text: `承诺到期仍滞后：${broken.map(({ short, on, broken: tasks }) => `${short}（承诺${dateSeenOn(today, on)}，${tasks.length}项）`).join("、")}。`,
      tone: "bad",
    },
  ];
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
