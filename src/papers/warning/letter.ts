import type { Card } from "../../chat/card.ts";
import type { Context } from "../../chat/command.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import { figure, longDate } from "../../chat/wording.ts";
import { changeWords } from "../../domain/air/change.ts";
import { monthPeriod } from "../../domain/months.ts";
import type { PrintedFigure } from "../../domain/papers/figures.ts";
import { labelCell, type PaperBlock, type PaperModel } from "../../output/paper-model.ts";
import { judgedOn } from "../../plan/tasks.ts";
import type { Reader } from "../../store/store.ts";
import { letterModel } from "../letter.ts";
import type { About, PaperStamp } from "../official-paper.ts";
import { namesOfUnit } from "../units.ts";
import { type WarningCandidate, warningKey } from "./candidates.ts";
import { groundsOf, type WarningGrounds } from "./judge.ts";
import { airSentences, groundsWords, taskWords } from "./words.ts";

/** A letter is about one candidate. */
export type WarningAbout = About & { candidate: number; month: string; on: string };

/** All that a letter prints. */
export type WarningLetter = {
  short: string;
  name: string;
  authority: string;
  isCounty: boolean;
  month: string;
  /** The day by whose end progress is judged. */
  asOf: string;
  grounds: WarningGrounds;
  /** Why the office added a unit that the figures don't propose. */
  added: string | null;
  cause: string | null;
  requests: string;
  plan: string;
  clause: string;
  clauseText: string | null;
  answerWorkingDays: number;
  /** The number of the letter of the month before. */
  before: string | null;
};

export function warningAbout(row: WarningCandidate, short: string): WarningAbout {
  const { from, to, label } = monthPeriod(row.period);
  return {
    key: warningKey(row),
    label: `${short} ${label}`,
    from: from.with({ month: 1 }).toString(),
    to: to.toString(),
    regionId: row.regionId,
    departmentId: row.departmentId,
    candidate: row.id,
    month: row.period,
    on: row.facts.on,
  };
}

/** A letter by the figures of this moment. */
export async function warningLetter(
  { candidate, month, on }: WarningAbout,
  { store, office }: Context<Reader>,
): Promise<WarningLetter | Refusal> {
  const row = (await store.candidates.byId(candidate)) as WarningCandidate | null;
  const mechanism = office.pack.mechanisms.find(({ id }) => id === "warning-letter");
  if (row === null || mechanism === undefined)
    return refuse("no-data", "这封提醒函没有候选单位，请重新发送“提醒函”。", ["提醒函"]);
  const { answerWorkingDays, requests } = office.pack.settings.warnings;
  // Units are called as on the day on which they were judged.
  const names = namesOfUnit(row, { office, today: Temporal.PlainDate.from(on) });
  const last = Temporal.PlainYearMonth.from(month).subtract({ months: 1 }).toString();
  const before = await store.officialPapers.ofKey(mechanism.id, warningKey({ ...row, period: last }));
  return {
    ...names,
    isCounty: row.regionId !== null,
    month,
    asOf: judgedOn(Temporal.PlainDate.from(on)).toString(),
    grounds: await groundsOf(row, { month, on }, { store, office }),
    added: row.reason,
    cause: row.facts.cause ?? null,
    requests: row.facts.requests ?? requests,
    plan: office.pack.title,
    clause: mechanism.clause,
    clauseText: mechanism.text ?? null,
    answerWorkingDays,
    before: before?.state === "issued" || before?.state === "corrected" ? before.number : null,
  };
}

/** Paragraphs after the outline: facts, causes and lagging tasks, requests with the days to answer. */
export function warningModel(letter: WarningLetter, stamp: PaperStamp): PaperModel {
  const { name, authority, isCounty, grounds, plan, clause, clauseText } = letter;
  const { tasks } = grounds;
  const rule = clauseText === null ? `（${clause}）` : `（${clause}）“${clauseText}”`;
  return letterModel(
    {
      title: isCounty
        ? [`关于${name}空气质量`, "改善滞后的提醒函"]
        : [`关于${name}`, "重点任务进展缓慢的提醒函"],
      to: authority,
      blocks: [
        { kind: "text", text: `根据《${plan}》${rule}的要求，现就有关情况函告如下。` },
        { kind: "heading", text: "基本情况" },
        ...factSentences(letter).map((text): PaperBlock => ({ kind: "text", text })),
        { kind: "heading", text: "主要原因和滞后任务" },
        {
          kind: "text",
          text:
            letter.cause === null
              ? tasks.length > 0
                ? "有关任务未达到序时进度："
                : "请对照以上差距分析原因。"
              : sentence(letter.cause),
        },
        ...(tasks.length === 0 ? [] : [tasksTable(tasks)]),
        { kind: "heading", text: "有关要求" },
        { kind: "text", text: sentence(letter.requests) },
        {
          kind: "text",
          text: `请于收到后${letter.answerWorkingDays}个工作日内书面反馈整改方案，写明具体措施、责任人和完成时限。`,
        },
      ],
    },
    stamp,
  );
}

function factSentences({ name, asOf, grounds, added, before }: WarningLetter): string[] {
  const { air, tasks } = grounds;
  return [
    ...(air === null ? [] : [`${name}${airSentences(air).join("；")}。`]),
    ...(air !== null && !air.byOwnTarget && air.mean !== null
      ? ["（未录入县级目标，按市办对各地的统一要求比较。）"]
      : []),
    ...(tasks.length === 0
      ? []
      : [`截至${longDate(Temporal.PlainDate.from(asOf))}有${tasks.length}项任务进度为红色。`]),
    ...(added === null ? [] : [sentence(added)]),
    ...(before === null ? [] : [`上月已发提醒函（${before}）。`]),
  ];
}

const tasksTable = (tasks: WarningGrounds["tasks"]): PaperBlock => ({
  kind: "table",
  head: true,
  widths: [16, 64, 28, 28, 20],
  rows: [
    ["措施", "任务", "完成", "目标", "落后"].map((text) => labelCell(text)),
    ...tasks.map(({ no, name, county, actual, target, behindPct }) => [
      no,
      `${name}${county === null ? "" : `（${county}）`}`,
      actual,
      target,
      behindPct === null ? "—" : `${behindPct.toFixed(1)}%`,
    ]),
  ],
});

/** The letter as its readers get it. */
export function warningCard(letter: WarningLetter, stamp: PaperStamp): Card {
  const { short, grounds, cause, requests, answerWorkingDays, month } = letter;
  return {
    title: `预警提醒函：${short}（${monthPeriod(month).label}）`,
    tone: "bad",
    blocks: [
      ...factSentences(letter).map((text) => ({ kind: "text" as const, text })),
      ...(grounds.tasks.length === 0
        ? []
        : [{ kind: "text" as const, text: grounds.tasks.map(taskWords).join("\n") }]),
      ...(cause === null ? [] : [{ kind: "text" as const, text: `原因：${cause}` }]),
      { kind: "text", text: `${sentence(requests)}请于${answerWorkingDays}个工作日内书面反馈整改方案。` },
    ],
    facts: { unit: short, month, number: stamp.number, grounds, words: groundsWords(grounds) },
  };
}

/** Each figure as printed. */
export function warningFigures({ short, grounds: { air, tasks } }: WarningLetter): PrintedFigure[] {
  const ofAir =
    air === null
      ? []
      : [
          ["PM2.5", figure(air.pm25)],
          ["PM2.5同比", changeWords(air.mean?.actual ?? null)],
          ["优良率", figure(air.ratePct, 1, "%")],
          ["优良率同比", changeWords(air.rate?.actual ?? null, "个百分点")],
          ["全市位次", figure(air.rank)],
          ["全省位次", figure(air.provincial?.rank)],
        ].map(([name = "", value = ""]) => ({ of: short, figure: name, value }));
  return [
    ...ofAir,
    ...tasks.map((task) => ({
      of: task.county ?? short,
      figure: task.name,
      value: `${task.actual}/${task.target}`,
    })),
  ];
}

const sentence = (text: string) => (/[。！？]$/.test(text) ? text : `${text}。`);
